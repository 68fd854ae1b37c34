import Foundation
import Testing

@Suite("mocktail policy", .enabled(if: Tool.path != nil, "the program is not built"), .timeLimit(.minutes(15)))
struct PolicyCommandTests {
    private static let quickstart = "Scenarios/quickstart.policy.hujson"

    private func write(_ text: String, _ body: (String) throws -> Void) throws {
        try Tool.withFolder { folder in
            try text.write(toFile: "\(folder)/policy.hujson", atomically: true, encoding: .utf8)
            try body("\(folder)/policy.hujson")
        }
    }

    @Test("check counts what a sound file has")
    func check() throws {
        let outcome = try Tool.run("policy", "check", PolicyCommandTests.quickstart, "--tailnet", "quickstart")
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(
            outcome.output
                == "\(PolicyCommandTests.quickstart): ok (8 rules, 1 SSH rule, 3 groups, 8 tags, 2 hosts, 3 tests)\n")
    }

    @Test("check reports all problems, each with line and column")
    func checkProblems() throws {
        let text = """
            {
              "groups": {"group:a": ["group:b"]},
              "acls": [
                {"action": "accept", "src": ["tag:nope"], "dst": ["*:0"]},
                {"action": "deny", "src": ["*"], "dst": ["*:*"]},
              ],
            }
            """
        try write(text) { file in
            let outcome = try Tool.run("policy", "check", file)
            #expect(outcome.code == 2 && outcome.output.isEmpty)
            let problems = outcome.talkLines.filter { !$0.hasPrefix("  ") }
            #expect(problems.count == 4, "\(outcome.talk)")
            #expect(problems.allSatisfy { $0.hasPrefix("\(file):") && $0.contains(": error: ") })
            #expect(outcome.talk.contains("\(file):4:34: error: src=tag not found: \"tag:nope\""), "\(outcome.talk)")
        }
    }

    @Test("check reads several files, pipes and standard input, and goes on behind a bad one")
    func checkSeveral() throws {
        try write("\u{FEFF}{\"acls\": []}") { file in
            let several = try Tool.shell(
                "\"$TOOL\" policy check /nowhere.hujson - <(echo '{\"acls\": [1]}') \(file) < \(file)")
            #expect(several.code == 2)
            #expect(several.lines.count == 3, "\(several.output)\(several.talk)")
            #expect(several.lines[0] == "<stdin>: ok (0 rules, 0 groups, 0 tags, 0 hosts, 0 tests)")
            #expect(several.talkLines.count == 2 && several.talkLines[0] == "mocktail: /nowhere.hujson: no such file")
            let twice = try Tool.shell("\"$TOOL\" policy check - - < \(file)")
            #expect(twice.code == 2 && twice.talk.contains("standard input (-) can be read only once"))
            for command in ["test - --tailnet quickstart", "compile - --tailnet quickstart", "format -"] {
                let outcome = try Tool.shell("\"$TOOL\" policy \(command) < \(file)")
                #expect(outcome.code == 0, "\(command): \(outcome.talk)")
            }
        }
    }

    @Test("check prints JSON")
    func checkJSON() throws {
        try write("{\"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"100.64.0.1\"]}]}") { file in
            let outcome = try Tool.run(
                "policy", "check", "--json", PolicyCommandTests.quickstart, file, "/nowhere.hujson")
            #expect(outcome.code == 2 && outcome.talk.isEmpty, "\(outcome.talk)")
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: [[String: Any]]]
            let files = try #require(object?["files"])
            #expect(files.map { $0["valid"] as? Bool } == [true, false, false])
            #expect((files[0]["contents"] as? [String: Int])?["sshRules"] == 1)
            #expect(files[1]["message"] as? String == "hostport must contain a colon (\":\")")
            let problem = try #require((files[1]["problems"] as? [[String: Any]])?.first)
            #expect(problem["line"] as? Int == 1 && problem["column"] as? Int == 54)
            #expect(problem["isServiceMessage"] as? Bool == true)
            #expect((problem["hint"] as? String)?.contains("100.64.0.1:443") == true)
            #expect(files[2]["error"] as? String == "/nowhere.hujson: no such file")
        }
    }

    @Test("check with a tailnet runs the tests, and names the posture that one lacks")
    func checkTests() throws {
        let text = """
            {
              "tagOwners": {"tag:db": []}, "postures": {"posture:mac": ["node:os == 'macos'"]},
              "grants": [{"src": ["ana@example.com"], "dst": ["tag:db"], "ip": ["22"], "srcPosture": ["posture:mac"]}],
              "tests": [{"src": "ana@example.com", "accept": ["tag:db:22"]}],
            }
            """
        try write(text) { file in
            #expect(try Tool.run("policy", "check", file).code == 0)
            let outcome = try Tool.run("policy", "check", file, "--tailnet", "quickstart")
            #expect(outcome.code == 2 && outcome.output.isEmpty)
            #expect(
                outcome.talk
                    == "\(file):4:51: error: test failed: tests[0]: wanted accept, but ana@example.com cannot reach "
                    + "tag:db:22: grants[0] would allow it, but requires posture:mac, and the test has no "
                    + "\"srcPostureAttrs\"\n")
            let json = try Tool.run("policy", "check", file, "--tailnet", "quickstart", "--json")
            #expect(json.code == 2 && json.output.contains("\"message\": \"test(s) failed\""))
        }
    }

    @Test("Control characters of a file or its name do not reach the terminal")
    func controlCharacters() throws {
        try Tool.withFolder { folder in
            let file = "\(folder)/a\u{1B}[31m.hujson"
            try
                #"{"acls": [{"action": "\u001b[5m", "src": ["\u009b1m@x"], "dst": ["*:*"]}], "tests": [{"src": "\u001b@y", "accept": ["*:1\u0007"]}]}"#
                .write(toFile: file, atomically: true, encoding: .utf8)
            for command in [
                ["check"], ["test", "--tailnet", "quickstart"], ["format"], ["compile", "--tailnet", "quickstart"],
            ] {
                let outcome = try Tool.run(in: folder, ["policy"] + command + [file])
                let said = outcome.talk + (command[0] == "format" ? "" : outcome.output)
                #expect(
                    said.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control },
                    "\(said)")
            }
        }
    }

    @Test("A file that is not there is one sentence", arguments: ["check", "format"])
    func missing(command: String) throws {
        let outcome = try Tool.run("policy", command, "/nowhere.hujson")
        #expect(outcome.code == 2 && outcome.talk == "mocktail: /nowhere.hujson: no such file\n", "\(outcome.talk)")
    }

    @Test("test passes, or names the tests that fail and exits with 3")
    func test() throws {
        let sound = try Tool.run("policy", "test", PolicyCommandTests.quickstart, "--tailnet", "quickstart")
        #expect(sound.code == 0 && sound.output.hasSuffix(": ok (3 tests, 0 SSH tests)\n"), "\(sound.output)")
        let text = try String(
            contentsOf: Tool.root.appending(path: PolicyCommandTests.quickstart), encoding: .utf8
        ).replacingOccurrences(of: "\"deny\": [\"tag:db:5432\"", with: "\"deny\": [\"tag:web:443\"")
        try write(text) { file in
            let failing = try Tool.run("policy", "test", file, "--tailnet", "quickstart")
            #expect(failing.code == 3, "\(failing.output)\(failing.talk)")
            #expect(failing.output.contains("wanted deny, but"))
            #expect(failing.output.contains(": 1 entry failed (") || failing.output.contains(" entries failed ("))
        }
    }

    @Test("explain names the rule, quotes it, and says how it applies")
    func explain() throws {
        let outcome = try Tool.run(
            "policy", "explain", PolicyCommandTests.quickstart, "--tailnet", "quickstart", "--from", "ana-laptop",
            "--to", "web-1:22")
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(outcome.lines[0].hasPrefix("yes: ana-laptop (100."))
        #expect(outcome.lines[0].hasSuffix(" on tcp port 22, by acls[3]"))
        #expect(outcome.lines[1].hasPrefix("  \(PolicyCommandTests.quickstart):36: {\"action\": \"accept\""))
        #expect(outcome.lines.contains("  source:      group:operations -> ana@example.com -> ana-laptop"))
        #expect(outcome.lines.contains("  destination: autogroup:tagged -> tag:web -> web-1"))
    }

    @Test("explain says no, with the rules that come nearest")
    func explainNo() throws {
        let outcome = try Tool.run(
            "policy", "explain", PolicyCommandTests.quickstart, "--tailnet", "quickstart", "--from", "dan-laptop",
            "--to", "db-1:5432")
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("no: dan-laptop"))
        #expect(outcome.output.contains("  rules for dan-laptop: acls["))
        #expect(outcome.output.contains("  rules that lead to db-1: acls["))
    }

    @Test("explain judges each pair of nodes that two names mean")
    func explainPairs() throws {
        let outcome = try Tool.run(
            "policy", "explain", PolicyCommandTests.quickstart, "--tailnet", "quickstart", "--from", "tag:web",
            "--to", "tag:db:5432")
        #expect(outcome.code == 0)
        let answers = outcome.output.components(separatedBy: "\n\n")
        #expect(answers.count == 6 && answers.allSatisfy { $0.hasPrefix("yes: web-") }, "\(outcome.output)")
    }

    @Test(
        "explain refuses unknown names, ports and protocols",
        arguments: [
            ["--from", "ana-latop", "--to", "web-1:22"], ["--from", "anna", "--to", "web-1"],
            ["--from", "ana-laptop", "--to", "web-1:0"],
            ["--from", "ana-laptop", "--to", "web-1:22", "--proto", "tpc"],
        ])
    func explainBadInput(arguments: [String]) throws {
        let outcome = try Tool.run(
            in: Tool.root.path,
            ["policy", "explain", PolicyCommandTests.quickstart, "--tailnet", "quickstart"] + arguments)
        #expect(outcome.code == 2 && outcome.talkLines.count == 1, "\(outcome.talk)")
        #expect(outcome.output.isEmpty)
    }

    @Test("compile lists each node, for people and in the service's form")
    func compile() throws {
        let text = try Tool.run("policy", "compile", PolicyCommandTests.quickstart, "--tailnet", "quickstart")
        #expect(text.code == 0)
        #expect(text.lines.filter { $0.first?.isLetter == true }.count == 25)
        let json = try Tool.run("policy", "compile", PolicyCommandTests.quickstart, "--tailnet", "quickstart", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [String: Any]]
        #expect(object?.count == 25)
        #expect(object?.values.allSatisfy { $0.keys.contains("packet_filter_rules") } == true)
    }

    @Test("compile prints the service's message for a file that it would refuse, and nothing else")
    func compileRefused() throws {
        try write("{\"acls\": [{\"action\": \"deny\", \"src\": [\"*\"], \"dst\": [\"*:*\"]}]}") { file in
            let outcome = try Tool.run("policy", "compile", file, "--tailnet", "quickstart")
            #expect(outcome.code == 2 && outcome.output.isEmpty)
            #expect(outcome.talk == "action=\"deny\" is not supported\n", "\(outcome.talk)")
        }
    }

    @Test("format keeps comments, and --check finds another layout")
    func format() throws {
        try write("{\n// Who may what.\n\"acls\":[]}\n") { file in
            let outcome = try Tool.run("policy", "format", file)
            #expect(outcome.code == 0 && outcome.output.contains("// Who may what."))
            let check = try Tool.run("policy", "format", file, "--check")
            #expect(check.code == 3 && check.output.isEmpty && check.talkLines.count == 1)
            try outcome.output.write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try Tool.run("policy", "format", file, "--check").code == 0)
        }
        try write("{") { file in
            let broken = try Tool.run("policy", "format", file)
            #expect(broken.code == 2 && broken.talkLines.count == 1, "\(broken.talk)")
        }
    }

    @Test("A tailnet may be a JSON file of users and nodes")
    func topologyFile() throws {
        let tailnet = """
            {"users": [{"name": "ana", "email": "ana@example.com"}],
             "nodes": {"laptop": {"user": "ana", "ipv4": "100.64.0.1", "ipv6": "fd7a:115c:a1e0::1"}}}
            """
        try write("{\"acls\": [{\"action\": \"accept\", \"src\": [\"*\"], \"dst\": [\"*:*\"]}]}") { file in
            let path = file.replacingOccurrences(of: "policy.hujson", with: "tailnet.json")
            try tailnet.write(toFile: path, atomically: true, encoding: .utf8)
            let outcome = try Tool.run(
                "policy", "explain", file, "--tailnet", path, "--from", "laptop", "--to", "10.0.0.1:80")
            #expect(outcome.code == 0, "\(outcome.talk)")
            #expect(outcome.output.contains("  route:       no node has an approved route to 10.0.0.1"))
        }
    }
}
