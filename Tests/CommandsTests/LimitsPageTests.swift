import Foundation
import Testing

/// Each bound of `Docs/Limits.md`, and one past it, tried with the program.
@Suite("Limits", .timeLimit(.minutes(15)))
struct LimitsPageTests {
    /// A line of the page's table of inputs.
    struct Row: Sendable, CustomTestStringConvertible {
        var what: String
        var most: String
        var said: String

        var testDescription: String { what }
    }

    /// What tries a bound: the command with the value, and the value one past the bound.
    private struct Trial: Sendable {
        var beyond: String
        /// Files by their names, and the arguments that read them; both hold the value.
        var files: @Sendable (String) -> [String: String] = { _ in [:] }
        var arguments: @Sendable (String) -> [String]
    }

    /// The lines of the first table, without the marks of code.
    private static let rows: [Row] = {
        let page = Tool.root.appending(path: "Docs/Limits.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        let table = text.components(separatedBy: "## Inputs").last?.components(separatedBy: "[Scenarios]").first ?? ""
        return table.components(separatedBy: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| what") }.map {
            line in
            let cells = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return Row(
                what: cells[1].replacingOccurrences(of: "`", with: ""), most: cells[2],
                said: cells[3].trimmingCharacters(in: ["`"]))
        }
    }()

    private static let policy =
        #"{"tagOwners": {"tag:web": []}, "acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]}"#

    /// The end of the scenario that is tried.
    private static let rest = """
          - {name: db, tags: [tag:web]}
        traffic:
          - {name: first, profile: web, from: [web], to: [db], sessionsPerHour: 1}

        """

    /// A trial of a scenario with something in place of a part of it.
    private static func scenario(
        _ beyond: String, _ part: String, _ value: @escaping @Sendable (String) -> String
    ) -> Trial {
        let text = """
            mocktail: 1
            name: limits
            clock: {start: 2026-03-02T00:00:00Z, duration: 1h}
            tailnet: {organization: example.com, policy: p.hujson}
            users:
              - {name: ana, role: owner}
            nodes:
              - {name: web, tags: [tag:web]}
            \(rest)
            """
        return Trial(
            beyond: beyond,
            files: { ["p.hujson": policy, "s.yaml": text.replacingOccurrences(of: part, with: value($0))] },
            arguments: { _ in ["scenario", "check", "s.yaml"] })
    }

    /// A trial of an option of `replay`, which delivers nothing.
    private static func replay(_ beyond: String, _ option: @escaping @Sendable (String) -> [String]) -> Trial {
        Trial(beyond: beyond, arguments: { ["replay", "quiet", "--duration", "1m", "--to", "file:out"] + option($0) })
    }

    /// A trial of an alert.
    private static func alert(_ beyond: String, _ line: @escaping @Sendable (String) -> String) -> Trial {
        Trial(
            beyond: beyond, files: { ["alerts.ndjson": line($0) + "\n"] },
            arguments: { _ in ["score", "--truth", "truth", "--alerts", "alerts.ndjson", "--json"] })
    }

    private static func letters(_ count: String) -> String { String(repeating: "w", count: Int(count) ?? 0) }

    /// How each bound is tried; a count in the page is handed over without commas and units.
    private static let trials: [String: Trial] = [
        "scenario: duration": scenario("3661d", "duration: 1h") { "duration: \($0)" },
        "scenario: last start": scenario("2200-01-01T00:00:01Z", "2026-03-02T00:00:00Z") { $0 },
        "scenario: first start": scenario("1970-12-31T23:59:59Z", "2026-03-02T00:00:00Z") { $0 },
        "scenario: nodes of one entry": scenario("100001", "web, tags: [tag:web]}\n\(rest)") {
            "web, count: \($0), tags: [tag:web]}\n"
        },
        "scenario: all nodes": scenario("100001", "{name: web, tags: [tag:web]}") {
            "{name: web, count: \((Int($0) ?? 0) - 1), tags: [tag:web]}"
        },
        "scenario: hosts of one LAN": scenario("65001", "db, tags: [tag:web]}\ntraffic:") {
            "db, tags: [tag:web], advertisedRoutes: [10.0.0.0/8]}\n"
                + "lans:\n  - {name: lan, prefix: 10.0.0.0/8, hosts: \($0)}\ntraffic:"
        },
        "scenario: host name": scenario("64", "{name: db,") { "{name: db, hostName: \(letters($0))," },
        "scenario: login": scenario("255", "role: owner") {
            "role: owner, login: \(letters("\((Int($0) ?? 0) - 12)"))@example.com"
        },
        "scenario: display name": scenario("256", "role: owner") { "role: owner, displayName: \(letters($0))" },
        "scenario: tags of one node": scenario("1001", "[tag:web]}\n  - {name: db") { count in
            let tags = Array(repeating: "tag:web", count: Int(count) ?? 0).joined(separator: ", ")
            return "[\(tags)]}\n  - {name: db"
        },
        "scenario: traffic patterns": scenario("10001", "traffic:\n") { count in
            let more = (1..<(Int(count) ?? 1)).map {
                "  - {name: t\($0), profile: web, from: [web], to: [db], sessionsPerHour: 1}\n"
            }
            return "traffic:\n" + more.joined()
        },
        "scenario: sessions an hour of a source": scenario("100000.001", "sessionsPerHour: 1") {
            "sessionsPerHour: \($0)"
        },
        "policy file": Trial(
            beyond: "33554433",
            files: { ["p.hujson": policy + String(repeating: " ", count: (Int($0) ?? 0) - policy.utf8.count)] },
            arguments: { _ in ["policy", "check", "p.hujson"] }),
        "alert: last time": alert("2200-01-01T00:00:00Z") { #"{"time":"\#($0)","rule":"r","entities":["a"]}"# },
        "alert: first time": alert("1969-12-31T23:59:59Z") { #"{"time":"\#($0)","rule":"r","entities":["a"]}"# },
        "JSON: nested lists and objects": alert("513") { depth in
            let lists = (Int(depth) ?? 1) - 1
            return #"{"time":"2026-03-02T01:00:00Z","rule":"r","entities":["a"],"x":"#
                + String(repeating: "[", count: lists) + String(repeating: "]", count: lists) + "}"
        },
        "replay --connections": replay("1025") { ["--connections", $0] },
        "replay --rate": replay("1001M/s") { ["--rate", $0] },
        "replay --speed": replay("1000000x") { ["--speed", $0] },
        "replay --impair delay": replay("24h1s") { ["--impair", "delay=\($0)"] },
        "replay --impair loss": replay("101%") { ["--impair", "loss=\($0)"] },
    ]

    @Test("The page's rows are the ones that are tried, and none is tried that it lacks")
    func pageIsComplete() { #expect(LimitsPageTests.rows.map(\.what).sorted() == LimitsPageTests.trials.keys.sorted()) }

    @Test("The bound is taken, and one past it is refused with the page's words", arguments: rows)
    func bound(_ row: Row) throws {
        let trial = try #require(LimitsPageTests.trials[row.what])
        let words = row.most.split(separator: " ")
        let most = words[0].replacingOccurrences(of: ",", with: "")
        let within = try run(trial, most)
        #expect(within.code == 0, "\(within.talk.prefix(400))")
        #expect(!within.talk.contains(row.said))
        let beyond = try run(trial, trial.beyond)
        #expect(beyond.code == 2 || beyond.code == 64, "\(beyond.code)")
        #expect(beyond.talk.contains(row.said), "\(beyond.talk.prefix(400))")
    }

    private func run(_ trial: Trial, _ value: String) throws -> Tool.Outcome {
        try Tool.withFolder { folder in
            let arguments = trial.arguments(value)
            if arguments[0] == "score" {
                _ = try Tool.run(in: folder, ["generate", "quiet", "--duration", "1h", "--out", "truth"])
            }
            for (name, text) in trial.files(value) {
                try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            return try Tool.run(in: folder, arguments)
        }
    }
}
