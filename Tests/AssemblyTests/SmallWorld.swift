import ScenarioSpec
import Simulation

/// A tailnet of some hundred nodes for a few minutes: enough for steps of several hundred records.
enum SmallWorld {
    private struct Files: ScenarioFiles {
        func text(of path: String) throws(ScenarioFileError) -> String {
            switch path {
            case "small.yaml": SmallWorld.scenario
            case "policy.hujson": #"{"tagOwners": {"tag:web": ["ana@example.com"]}, "acls": [\#(rule)]}"#
            default: throw .missing
            }
        }

        private var rule: String { #"{"action": "accept", "src": ["*"], "dst": ["*:*"]}"# }

        func names(in folder: String) -> [String]? { nil }
    }

    private static let scenario = """
        mocktail: 1
        name: small
        seed: 5
        clock: {start: 2026-03-03T10:57:00Z, duration: 6m}
        tailnet: {organization: example.com, dns: tail1234, policy: policy.hujson}
        users:
          - {name: ana, displayName: Ana, role: owner, timeZone: UTC, hours: 07:00-19:00}
        nodes:
          - {name: laptop, count: 90, user: ana, os: macOS}
          - {name: web, count: 40, tags: [tag:web], os: linux}
        oauthClients:
          - {name: poller, scopes: all:read, tokenEvery: 1m}
        traffic:
          - {name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 200, ipv6: 25%}
          - {name: mesh, profile: database, from: [tag:web], to: [tag:web], sessionsPerHour: 200, schedule: always}
        anomalies:
          - {id: spike, kind: port-22-spike, at: +2m, duration: 2m, node: laptop-1, sessions: 60}
        """

    /// Makes the world.
    static func make() throws -> World {
        try World(plan: try Scenario.load("small.yaml", files: Files()))
    }
}
