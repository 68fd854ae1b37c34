import ScenarioSpec
import SimTime
import Simulation

/// The scenarios that are measured: text in memory, so that one file says all about them.
struct Shape: ScenarioFiles {
    var title: String
    var scenario: String

    func text(of path: String) throws(ScenarioFileError) -> String {
        switch path {
        case "shape.yaml": scenario
        case "policy.hujson": Shape.policy
        default: throw .missing
        }
    }

    func names(in folder: String) -> [String]? { nil }

    /// Reads the scenario and makes its world.
    func world() throws -> World { try World(plan: try Scenario.load("shape.yaml", files: self)) }

    private static let tags = ["web", "db", "dns", "monitor", "files"]

    private static var policy: String {
        let owners = tags.map { "\"tag:\($0)\": [\"ana@example.com\"]" }.joined(separator: ", ")
        return
            "{\"tagOwners\": {\(owners)}, \"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"*:*\"]}]}"
    }

    private init(_ title: String, seed: Int = 1, duration: String, nodes: String, traffic: String) {
        self.title = title
        scenario = """
            mocktail: 1
            name: bench
            seed: \(seed)
            clock: {start: 2026-03-03T10:00:00Z, duration: \(duration)}
            tailnet: {organization: example.com, dns: tail5b2d7, policy: policy.hujson}
            users:
              - {name: ana, displayName: Ana, role: owner, timeZone: UTC, hours: 07:00-19:00}
            oauthClients:
              - {name: poller, scopes: all:read, tokenEvery: 1m}
            nodes:
            \(nodes)
            traffic:
            \(traffic)
            """
    }

    /// Many peers a record: some 2,500 bytes.
    static let long = Shape(
        "long records", duration: "1h",
        nodes: """
              - {name: laptop, count: 300, user: ana, os: macOS}
              - {name: web, count: 120, tags: [tag:web], os: linux}
              - {name: db, count: 40, tags: [tag:db], os: linux}
              - {name: dns, count: 10, tags: [tag:dns], os: linux}
              - {name: monitor, count: 10, tags: [tag:monitor], os: linux}
              - {name: files, count: 20, tags: [tag:files], os: linux}
            """,
        traffic: """
              - {name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 300, ipv6: 20%}
              - {name: names, profile: dns, from: ["autogroup:member", "autogroup:tagged"], to: [tag:dns], sessionsPerHour: 300, schedule: always}
              - {name: query, profile: database, from: [tag:web], to: [tag:db], sessionsPerHour: 400, schedule: always}
              - {name: scrape, profile: metrics, from: [tag:monitor], to: ["autogroup:tagged"], sessionsPerHour: 3000, schedule: always}
              - {name: login, profile: ssh, from: [autogroup:member], to: ["autogroup:tagged"], sessionsPerHour: 2}
              - {name: talk, profile: chat, from: [autogroup:member], to: [tag:web], ports: [8065], sessionsPerHour: 30}
              - {name: fetch, profile: download, from: [autogroup:member], to: [tag:files], sessionsPerHour: 10}
            """)

    /// Two or three peers a record: 900 to 1,500 bytes.
    static let typical = Shape(
        "typical records", duration: "30m",
        nodes: """
              - {name: laptop, count: 600, user: ana, os: macOS}
              - {name: web, count: 400, tags: [tag:web], os: linux}
              - {name: db, count: 300, tags: [tag:db], os: linux}
            """,
        traffic: """
              - {name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 120}
              - {name: query, profile: database, from: [tag:web], to: [tag:db], sessionsPerHour: 60, schedule: always}
            """)

    /// One peer a record: some 700 bytes.
    static let short = Shape(
        "short records", duration: "30m",
        nodes: """
              - {name: web, count: 2000, tags: [tag:web], os: linux}
              - {name: db, count: 2000, tags: [tag:db], os: linux}
            """,
        traffic: """
              - {name: query, profile: database, from: [tag:web], to: [tag:db], sessionsPerHour: 20, schedule: always}
            """)

    /// Fifty entries and more a record.
    static let dense = Shape(
        "records of many entries", duration: "30m",
        nodes: """
              - {name: monitor, count: 20, tags: [tag:monitor], os: linux}
              - {name: dns, count: 20, tags: [tag:dns], os: linux}
            """,
        traffic: """
              - {name: resolve, profile: dns, from: [tag:monitor], to: [tag:dns], sessionsPerHour: 30000, schedule: always}
            """)

    /// Fifty entries and more a record, of connections that stay open: most of their cost is that of counting and writing.
    static let pools = Shape(
        "records of many open connections", duration: "30m",
        nodes: """
              - {name: web, count: 60, tags: [tag:web], os: linux}
              - {name: db, count: 6, tags: [tag:db], os: linux}
            """,
        traffic: (1...12).map { number in
            "      - {name: pool-\(number), profile: metrics, from: [tag:web], to: [tag:db], ports: [\(5431 + number)], "
                + "endless: true, schedule: always}"
        }.joined(separator: "\n"))

    /// A company of so many nodes: two thirds laptops, one third servers.
    static func company(nodes: Int, duration: String) -> Shape {
        Shape(
            "company of \(nodes) nodes", duration: duration,
            nodes: """
                  - {name: laptop, count: \(nodes * 2 / 3), user: ana, os: macOS}
                  - {name: web, count: \(max(1, nodes / 4)), tags: [tag:web], os: linux}
                  - {name: db, count: \(max(1, nodes - nodes * 2 / 3 - nodes / 4)), tags: [tag:db], os: linux}
                """,
            traffic: """
                  - {name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 60}
                  - {name: query, profile: database, from: [tag:web], to: [tag:db], sessionsPerHour: 120, schedule: always}
                """)
    }
}
