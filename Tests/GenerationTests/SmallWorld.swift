import ScenarioSpec
import SimTime
import Simulation

/// A tailnet of some hundred nodes for a few minutes: enough for steps of several hundred records.
enum SmallWorld {
    private struct Files: ScenarioFiles {
        var servers: Int

        func text(of path: String) throws(ScenarioFileError) -> String {
            switch path {
            case "small.yaml": SmallWorld.scenario(servers: servers)
            case "policy.hujson": #"{"tagOwners": {"tag:web": ["ana@example.com"]}, "acls": [\#(rule)]}"#
            default: throw .missing
            }
        }

        private var rule: String { #"{"action": "accept", "src": ["*"], "dst": ["*:*"]}"# }

        func names(in folder: String) -> [String]? { nil }
    }

    private static func scenario(servers: Int) -> String {
        """
        mocktail: 1
        name: small
        seed: 5
        clock: {start: 2026-03-03T10:57:00Z, duration: 6m}
        tailnet: {organization: example.com, dns: tail1234, policy: policy.hujson}
        users:
          - {name: ana, displayName: Ana, role: owner, timeZone: UTC, hours: 07:00-19:00}
        nodes:
          - {name: laptop, count: 90, user: ana, os: macOS}
          - {name: web, count: \(servers), tags: [tag:web], os: linux}
        oauthClients:
          - {name: poller, scopes: all:read, tokenEvery: 1m}
        traffic:
          - {name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 200, ipv6: 25%}
          - {name: mesh, profile: database, from: [tag:web], to: [tag:web], sessionsPerHour: 200, schedule: always}
        anomalies:
          - {id: spike, kind: port-22-spike, at: +2m, duration: 2m, node: laptop-1, sessions: 60}
        """
    }

    /// Makes the world.
    static func make() throws -> World { try World(plan: try plan()) }

    /// Makes the world with so many servers that a step is handed out in several pieces.
    static func makeLarge() throws -> World { try World(plan: try plan(servers: 400)) }

    /// Makes the world with flow logging off for a minute, and one node that says nothing of another one.
    static func makeTampered() throws -> World {
        let plan = try plan()
        let start = plan.span.start
        return try World(
            plan: plan,
            suppressions: [
                RecordSuppression(
                    window: TimeWindow(start: start + .minutes(3), end: start + .minutes(4)), incident: 0),
                RecordSuppression(
                    node: plan.nodes.count - 1, window: TimeWindow(start: start, end: start + .minutes(6)),
                    peer: plan.nodes.count - 2, incident: 0),
            ])
    }

    private static func plan(servers: Int = 40) throws -> Plan {
        try Scenario.load("small.yaml", files: Files(servers: servers))
    }
}
