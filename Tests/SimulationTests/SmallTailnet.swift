import Truth
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// A scenario's files in memory.
struct MemoryFiles: ScenarioFiles {
    var texts: [String: String]

    func text(of path: String) throws(ScenarioFileError) -> String {
        guard let text = texts[path] else { throw .missing }
        return text
    }

    func names(in folder: String) -> [String]? { nil }
}

/// A small tailnet whose parts tests put together: some laptops, some servers, one policy, some incidents.
struct SmallTailnet {
    var seed = 7
    var duration = "2h"
    /// Lines added to the lists of the scenario.
    var nodes: [String] = []
    var users: [String] = []
    var traffic: [String] = []
    var events: [String] = []
    var incidents: [String] = []

    static let spike = "{id: spike, kind: port-22-spike, at: +30m, duration: 10m, node: ben-laptop, sessions: 60}"
    static let calls =
        "{id: calls, kind: unauthorized-api-calls, at: +50m, duration: 5m, client: poller, requests: 12}"

    var yaml: String {
        """
        # A small tailnet for tests.
        mocktail: 1
        name: small
        seed: \(seed)
        clock: {start: 2026-03-03T09:00:00Z, duration: \(duration)}
        tailnet: {organization: example.com, dns: tail1234, policy: policy.hujson}
        users:
          - {name: ana, displayName: Ana, role: owner, timeZone: UTC, hours: 07:00-19:00}
          - {name: ben, displayName: Ben, timeZone: Europe/Madrid, hours: 07:00-19:00}
        \(list(users))
        nodes:
          - {name: ana-laptop, user: ana, os: macOS}
          - {name: ben-laptop, user: ben, os: linux}
          - {name: ben-phone, user: ben, os: iOS, role: phone}
          - {name: web, count: 2, tags: [tag:web], os: linux}
          - {name: db, tags: [tag:db], os: linux}
        \(list(nodes))
        oauthClients:
          - {name: poller, scopes: all:read, tokenEvery: 20m}
        traffic:
          - {name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 60, ipv6: 25%}
          - {name: query, profile: database, from: [tag:web], to: [tag:db], sessionsPerHour: 40, schedule: always}
          - {name: login, profile: ssh, from: [ana], to: ["autogroup:tagged"], sessionsPerHour: 6}
          - {name: peek, profile: database, from: [ben], to: [tag:db], sessionsPerHour: 8}
          - {name: alive, profile: ping, from: [tag:db], to: [tag:web], sessionsPerHour: 10, schedule: always}
        \(list(traffic))
        administration:
          consoleLoginsPerDay: 30
          failedRequestsPerDay: 40
        \(events.isEmpty ? "" : "  events:\n" + list(events, indent: 4))
        \(incidents.isEmpty ? "" : "anomalies:\n" + list(incidents))
        """
    }

    private func list(_ items: [String], indent: Int = 2) -> String {
        items.map { String(repeating: " ", count: indent) + "- " + $0 }.joined(separator: "\n")
    }

    static let policy = """
        {
          "tagOwners": {"tag:web": ["ana@example.com"], "tag:db": ["ana@example.com"]},
          "acls": [
            {"action": "accept", "src": ["autogroup:member"], "dst": ["tag:web:80,443"]},
            {"action": "accept", "src": ["tag:web"], "dst": ["tag:db:5432"]},
            {"action": "accept", "src": ["ana@example.com"], "dst": ["*:22"]},
          ],
          "grants": [{"src": ["tag:db"], "dst": ["tag:web"], "ip": ["icmp:*"]}],
        }
        """

    /// Without web access for members.
    static let strictPolicy = policy.replacing("\"dst\": [\"tag:web:80,443\"]", with: "\"dst\": [\"tag:web:80\"]")

    func plan() throws -> Plan {
        try Scenario.decode(
            yaml, file: "small.yaml",
            files: MemoryFiles(texts: ["policy.hujson": Self.policy, "strict.hujson": Self.strictPolicy]))
    }

    func world() throws -> World { try World(plan: try plan()) }
}

/// One record as a line, with what the run says about it.
struct Line: Hashable {
    var text: String
    var effect: FlowLabel.Effect?
}

/// The lines of one log.
func lines(
    _ world: World, _ log: LogKind = .network, window: TimeWindow? = nil, withIncidents: Bool = true, threads: Int = 1
) async -> [Line] {
    let generator = LogGenerator(
        world: world,
        options: GeneratorOptions(
            window: window ?? world.plan.span, logs: [log], withIncidents: withIncidents, threads: threads))
    var lines: [Line] = []
    while let chunk = await generator.next() {
        for part in chunk.parts {
            let first = lines.count
            for record in part.records {
                let range = Int(record.offset)..<Int(record.offset + record.length) - 1
                lines.append(Line(text: String(decoding: part.bytes[range], as: UTF8.self)))
            }
            for item in part.flowLabels { lines[first + item.record].effect = item.label.effect }
            for item in part.auditLabels { lines[first + item.record].effect = .added }
        }
    }
    return lines
}

/// The network log, decoded strictly.
func flows(_ world: World, withIncidents: Bool = true) async throws -> [FlowLog] {
    try await lines(world, withIncidents: withIncidents).map { line in
        try FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict)
    }
}
