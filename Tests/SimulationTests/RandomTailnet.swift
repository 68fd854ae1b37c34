import ScenarioSpec
import Simulation

/// A small tailnet put together at random from everything that a scenario may hold; a seed always gives the same one.
struct RandomTailnet {
    let seed: Int
    /// Lines added to the lists of the scenario.
    var nodes: [String] = []
    var users: [String] = []
    var traffic: [String] = []
    var incidents: [String] = []

    static let spike = "{id: spike, kind: port-22-spike, at: +25m, duration: 8m, sessions: 70}"
    static let seeds = Array(1...10)

    init(seed: Int) { self.seed = seed }

    private struct Dice {
        var state: UInt64
        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }
        mutating func pick<Item>(_ items: [Item]) -> Item { items[roll(items.count)] }
    }

    var yaml: String {
        var dice = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        let people = ["ben", "cleo", "dora", "emil"].prefix(2 + dice.roll(3))
        var users = ["{name: ana, role: owner, timeZone: UTC, hours: 07:00-19:00}"]
        var nodes: [String] = []
        for name in people {
            users.append(
                "{name: \(name), timeZone: \(dice.pick(["UTC", "Europe/Madrid", "Asia/Kolkata"])), hours: 07:00-21:00}")
            let exit = dice.roll(3) == 0 ? ", exitNode: gate" : ""
            nodes.append(
                "{name: \(name)-laptop, user: \(name), os: \(dice.pick(["macOS", "linux", "windows"]))\(exit)}")
            if dice.roll(2) == 0 { nodes.append("{name: \(name)-phone, user: \(name), os: iOS, nat: hard}") }
        }
        nodes.append("{name: web, count: \(1 + dice.roll(3)), tags: [tag:web], os: linux}")
        nodes.append("{name: db, tags: [tag:db], os: linux, tailscaleSSH: \(dice.roll(2) == 0)}")
        nodes.append("{name: pod, tags: [tag:db], os: linux, userspace: true}")
        nodes.append("{name: old, tags: [tag:web], os: linux, clientVersion: 1.\(dice.pick([20, 56])).1}")
        nodes.append("{name: gate, tags: [tag:gate], os: linux, advertisedRoutes: [0.0.0.0/0, \"::/0\"]}")
        nodes.append("{name: left, tags: [tag:router], os: linux, advertisedRoutes: [10.1.0.0/24]}")
        nodes.append("{name: right, count: 2, tags: [tag:router], os: linux, advertisedRoutes: [10.2.0.0/24]}")
        nodes.append("{name: guest, os: linux, sharedBy: zoe@example.net}")
        let patterns = [
            "{name: browse, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 50, ipv6: 25%}",
            "{name: query, profile: database, from: [tag:web], to: [tag:db], sessionsPerHour: 40}",
            "{name: login, profile: ssh, from: [ana, ben], to: [tag:db, tag:web], sessionsPerHour: 6, schedule: always}",
            "{name: peek, profile: database, from: [ben], to: [tag:db, lan:left], sessionsPerHour: 12}",
            "{name: alive, profile: ping, from: [tag:db], to: [tag:web, lan:right], sessionsPerHour: 10, schedule: always}",
            "{name: print, profile: web, from: [autogroup:member], to: [lan:left], sessionsPerHour: 20}",
            "{name: sensors, profile: database, from: [lan:left], to: [tag:db], sessionsPerHour: 15}",
            "{name: sites, profile: web, from: [lan:left], to: [lan:right], sessionsPerHour: 9, schedule: always}",
            "{name: surf, profile: web, from: [autogroup:member], to: [internet], sessionsPerHour: 30}",
            "{name: stale, profile: web, from: [tag:web], to: [gone:old-db], sessionsPerHour: 9, schedule: always}",
            "{name: share, profile: web, from: [autogroup:member], to: [guest], sessionsPerHour: 9}",
            "{name: agent, profile: metrics, from: [tag:web], to: [db], sessionsPerHour: 1, endless: true}",
            "{name: build, profile: download, ports: [443], from: [ci], to: [tag:web], sessionsPerHour: 30, schedule: always}",
            "{name: names, profile: dns, from: [\"*\"], to: [db], sessionsPerHour: 40}",
        ]
        let chosen = patterns.filter { _ in dice.roll(4) != 0 }
        return """
            # A tailnet for tests.
            mocktail: 1
            name: random
            seed: \(seed)
            clock: {start: 2026-03-03T09:00:00Z, duration: 1h}
            tailnet:
              organization: example.com
              dns: tail1234
              policy: policy.hujson
              settings: {logExitFlowsOn: \(dice.roll(2) == 0)}
            users:
            \(list(users + self.users))
            nodes:
            \(list(["{name: ana-laptop, user: ana, os: macOS}"] + nodes + self.nodes))
            fleets:
              - {name: ci, runners: 2, tags: [tag:ci], job: 6m, pause: 2m, schedule: always}
            lans:
              - {name: left, prefix: 10.1.0.0/24, hosts: 6}
              - {name: right, prefix: 10.2.0.0/24, hosts: 4}
            traffic:
            \(list(["{name: base, profile: web, from: [ana], to: [tag:web], sessionsPerHour: 60}"] + chosen + traffic))
            administration:
              events:
                - {at: +35m, do: edit-policy, by: ana, policy: later.hujson}
            \(incidents.isEmpty ? "" : "anomalies:\n" + list(incidents))
            """
    }

    private func list(_ items: [String]) -> String { items.map { "  - " + $0 }.joined(separator: "\n") }

    static let policy = """
        {
          "tagOwners": {"tag:web": ["ana@example.com"], "tag:db": ["ana@example.com"], "tag:gate": ["ana@example.com"],
            "tag:router": ["ana@example.com"], "tag:ci": ["ana@example.com"]},
          "acls": [
            {"action": "accept", "src": ["autogroup:member", "tag:ci"], "dst": ["tag:web:80,443"]},
            {"action": "accept", "src": ["tag:web", "10.1.0.0/24"], "dst": ["tag:db:5432,9100"]},
            {"action": "accept", "src": ["autogroup:member"], "dst": ["10.1.0.0/24:443", "autogroup:internet:*"]},
            {"action": "accept", "src": ["10.1.0.0/24"], "dst": ["10.2.0.0/24:443"]},
            {"action": "accept", "src": ["ana@example.com"], "dst": ["*:22"]},
          ],
          "grants": [
            {"src": ["tag:db"], "dst": ["tag:web", "10.2.0.0/24"], "ip": ["icmp:*"]},
            {"src": ["autogroup:member"], "dst": ["tag:db"], "ip": ["udp:53"]},
          ],
        }
        """

    /// What holds after the edit: the network on the left is closed.
    static let later = policy.replacing("\"10.1.0.0/24:443\", ", with: "")

    func world() throws -> World {
        try World(
            plan: Scenario.decode(
                yaml, file: "random.yaml",
                files: MemoryFiles(texts: ["policy.hujson": Self.policy, "later.hujson": Self.later])))
    }
}
