import Foundation
import Testing

@Suite("mocktail scenario", .enabled(if: Tool.path != nil, "the program is not built"), .timeLimit(.minutes(15)))
struct ScenarioCommandTests {
    @Test("new writes a scenario and its policy files, and says what to do next")
    func new() throws {
        try Tool.withFolder { folder in
            let made = try Tool.run(in: folder, ["scenario", "new", "mine"])
            #expect(made.code == 0)
            #expect(made.output == "mine.yaml\nmine.policy.hujson\nmine.edited.policy.hujson\n")
            #expect(made.talk.contains("mocktail scenario check mine.yaml"))
            let check = try Tool.run(in: folder, ["scenario", "check", "mine.yaml"])
            #expect(check.code == 0 && check.output == "mine.yaml: ok (25 nodes, 10 users, 2 incidents)\n")
            let policy = try Tool.run(in: folder, ["policy", "check", "mine.policy.hujson", "--tailnet", "mine.yaml"])
            #expect(policy.code == 0, "\(policy.talk)")
        }
    }

    @Test("new replaces nothing without --force, and then everything")
    func newRefuses() throws {
        try Tool.withFolder { folder in
            try "mine".write(toFile: "\(folder)/a.policy.hujson", atomically: true, encoding: .utf8)
            let refused = try Tool.run(in: folder, ["scenario", "new", "a", "--from", "quiet"])
            #expect(refused.code == 2 && refused.talkLines.count == 1, "\(refused.talk)")
            #expect(refused.talk.contains("a.policy.hujson: exists already") && refused.talk.contains("--force"))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/a.yaml"))
            let forced = try Tool.run(in: folder, ["scenario", "new", "a", "--from", "quiet", "--force"])
            #expect(forced.code == 0, "\(forced.talk)")
            #expect(try Tool.run(in: folder, ["scenario", "check", "a.yaml"]).code == 0)
        }
    }

    @Test("new writes to a folder, which it makes, and copies a file too")
    func newElsewhere() throws {
        try Tool.withFolder { folder in
            let first = try Tool.run(
                in: folder, ["scenario", "new", "a", "--from", "exit-destinations", "--out", "x/y"])
            #expect(first.output == "x/y/a.yaml\nx/y/a.policy.hujson\n", "\(first.talk)")
            let second = try Tool.run(in: folder, ["scenario", "new", "b", "--from", "x/y/a.yaml"])
            #expect(second.output == "b.yaml\nb.policy.hujson\n", "\(second.talk)")
        }
    }

    @Test("new takes a plain name only", arguments: ["../a", "A", "a b", ""])
    func newName(name: String) throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.run(in: folder, ["scenario", "new", name])
            #expect(outcome.code == 2 && outcome.talkLines.count == 1, "\(outcome.talk)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("A check of nothing is invalid input")
    func checkOfNothing() throws {
        try Tool.withFolder { folder in
            try "text".write(toFile: "\(folder)/notes.txt", atomically: true, encoding: .utf8)
            let empty = try Tool.run("scenario", "check", folder)
            #expect(empty.code == 2 && empty.talk.contains("there are no scenarios"), "\(empty.talk)")
            let missing = try Tool.run("scenario", "check", "\(folder)/missing.yaml")
            #expect(missing.code == 2 && missing.talk == "\(folder)/missing.yaml: no such file\n")
            let unknown = try Tool.run("scenario", "check", "quickstrat")
            #expect(unknown.code == 2 && unknown.talk.contains("did you mean \"quickstart\"?"))
        }
    }

    @Test("A check of a folder checks each of its scenarios, and goes on after a bad one")
    func checkOfFolder() throws {
        try Tool.withFolder { folder in
            _ = try Tool.run(in: folder, ["scenario", "new", "good", "--from", "quiet"])
            try "mocktail: 2\n".write(toFile: "\(folder)/bad.yaml", atomically: true, encoding: .utf8)
            let outcome = try Tool.run("scenario", "check", folder)
            #expect(outcome.code == 2)
            #expect(outcome.output == "\(folder)/good.yaml: ok (4 nodes, 2 users, 0 incidents)\n")
            #expect(outcome.talkLines.contains { $0.hasPrefix("\(folder)/bad.yaml:1: ") })
            let others = outcome.talkLines.filter { !$0.hasPrefix("\(folder)/bad.yaml:") }
            #expect(others.allSatisfy { $0.contains("good.yaml:") && $0.contains(": note: ") }, "\(others)")
        }
    }

    /// A scenario with one pattern, whose people sleep in its time.
    private func writeNight(_ folder: String, traffic: String) throws {
        let yaml = """
            mocktail: 1
            name: night
            clock: {start: 2026-03-02T00:00:00Z, duration: 3h}
            tailnet: {organization: example.com, policy: night.policy.hujson}
            users: [{name: ana, role: owner, timeZone: Africa/Cairo}]
            nodes:
              - {name: ana-laptop, user: ana}
              - {name: web, tags: [tag:web]}
            traffic:
              - \(traffic)
            """
        let policy = """
            {"tagOwners": {"tag:web": []}, "acls": [
              {"action": "accept", "src": ["ana@example.com"], "dst": ["tag:web:443"]}]}
            """
        try yaml.write(toFile: "\(folder)/night.yaml", atomically: true, encoding: .utf8)
        try policy.write(toFile: "\(folder)/night.policy.hujson", atomically: true, encoding: .utf8)
    }

    @Test("Where everybody sleeps, check, generate and its estimate say who wakes when, and pass")
    func sleepers() throws {
        try Tool.withFolder { folder in
            try writeNight(
                folder, traffic: "{name: browse, profile: web, from: [ana], to: [\"tag:web\"], sessionsPerHour: 9}")
            let check = try Tool.run(in: folder, ["scenario", "check", "night.yaml"])
            #expect(check.code == 0 && check.output == "night.yaml: ok (2 nodes, 1 user, 0 incidents)\n")
            #expect(check.talk.hasPrefix("night.yaml: note: nobody is awake from 2026-03-02T00:00:00Z"))
            #expect(check.talk.contains("ana: 09:00-17:30 Africa/Cairo") && check.talkLines.count == 1)
            let run = try Tool.run(in: folder, ["generate", "night.yaml", "--out", "logs"])
            #expect(run.code == 0 && run.talk.contains("note: nobody is awake"), "\(run.talk)")
            #expect(run.talk.contains("0 network and"))
            let estimate = try Tool.run(in: folder, ["generate", "night.yaml", "--estimate", "--out", "other"])
            #expect(estimate.code == 0 && estimate.output.hasPrefix("about 0 records"))
            #expect(estimate.talk.contains("other: nothing was written; leave out --estimate to write the logs"))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/other"))
        }
    }

    @Test("A pattern that the policy refuses altogether is noted with its line")
    func refusedPattern() throws {
        try Tool.withFolder { folder in
            try writeNight(
                folder,
                traffic: "{name: shells, profile: ssh, from: [web], to: [ana], sessionsPerHour: 9, schedule: always}")
            let check = try Tool.run(in: folder, ["scenario", "check", "night.yaml"])
            #expect(check.code == 0 && check.output == "night.yaml: ok (2 nodes, 1 user, 0 incidents)\n")
            #expect(check.talkLines.count == 1)
            #expect(check.talk.hasPrefix("night.yaml:10: traffic[0]: note: the policy night.policy.hujson has no rule"))
        }
    }

    @Test("Without an argument the bundled scenarios are checked")
    func checkOfAll() throws {
        let outcome = try Tool.run("scenario", "check")
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: "\n").count == 15)
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.contains(".yaml: ok (") })
    }

    @Test("show says who is there and what happens when, for people and for scripts")
    func show() throws {
        let text = try Tool.run("scenario", "show", "quickstart")
        #expect(text.code == 0)
        #expect(text.output.contains("What happens when\n  +45m    2026-03-02T07:45:00Z  join jai-laptop by jai\n"))
        let json = try Tool.run("scenario", "show", "quickstart", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((object?["users"] as? [Any])?.count == 10)
        #expect((object?["timeline"] as? [Any])?.count == 9)
        #expect(try Tool.run("scenario", "show", "nowhere.yaml").code == 2)
    }

    @Test("The schema is JSON")
    func schema() throws {
        let outcome = try Tool.run("scenario", "schema")
        #expect(outcome.code == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) is [String: Any])
    }
}
