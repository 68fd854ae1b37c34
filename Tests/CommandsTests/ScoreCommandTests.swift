import Foundation
import Testing

/// `score` as its users run it, on alerts about the bundled scenario `port-22-spike`.
@Suite("Score command", .enabled(if: Tool.path != nil, "the tool is not built"), .timeLimit(.minutes(15)))
struct ScoreCommandTests {
    /// A generated folder, made once and left to the system's cleaning of temporary files.
    private static let truth = Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mocktail-score-\(UUID().uuidString)").path
        let outcome = try Tool.run("generate", "port-22-spike", "--out", folder)
        try #require(outcome.code == 0, "\(outcome.talk)")
        return folder
    }

    private static let hit = #"{"time":"2026-03-03T10:10:20Z","rule":"my/ssh","entities":["quinn-laptop"]}"#

    /// Runs a line of bash in a folder with files of alerts, in which `$SCORE` scores by the truth.
    private func score(_ arguments: String, _ files: [String: String] = [:]) throws -> Tool.Outcome {
        let truth = try Self.truth.get()
        return try Tool.withFolder { folder in
            for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name)) }
            return try Tool.shell(
                "SCORE=\"$TOOL score --truth \(truth) --json\"; \(arguments)", in: folder)
        }
    }

    private func detected(_ outcome: Tool.Outcome) throws -> Int? {
        let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return result?["detected"] as? Int
    }

    @Test("Alerts come from files, pipes, substituted processes and standard input")
    func inputs() throws {
        let files = ["a.ndjson": Self.hit + "\n", "b.csv": "time,rule,entities\n2026-03-03T11:00:00Z,x,quinn-laptop\n"]
        for line in [
            "$SCORE --alerts a.ndjson", "$SCORE --alerts - <a.ndjson", "cat a.ndjson | $SCORE --alerts -",
            "$SCORE --alerts <(cat a.ndjson)", "$SCORE --alerts <(gzip -c a.ndjson) b.csv",
            "cat a.ndjson | $SCORE --alerts b.csv -", "mkfifo p; cat a.ndjson >p & $SCORE --alerts p",
            "$SCORE --alerts /dev/stdin <a.ndjson", "(printf '\\xEF\\xBB\\xBF'; cat a.ndjson) | $SCORE --alerts -",
        ] {
            let outcome = try score(line, files)
            #expect(outcome.code == 0, "\(line): \(outcome.talk)")
            #expect(try detected(outcome) == 1, "\(line): \(outcome.talk)")
        }
    }

    @Test("What is wrong is named with its file and line")
    func problems() throws {
        let old = #"{"time":"1700-01-01T00:00:00Z","rule":"r","entities":["x"]}"#
        let late = #"{"time":"2261-12-31T00:00:00Z","rule":"r","entities":["x"]}"#
        let outcome = try score("$SCORE --alerts a.ndjson", ["a.ndjson": "\(Self.hit)\n\(old)\n\(late)\n"])
        #expect(outcome.code == 2 && outcome.output.isEmpty)
        #expect(
            outcome.talkLines == [
                "mocktail: a.ndjson:2: 'time' must be a time in the years 1970 to 2199, not '1700-01-01T00:00:00Z'",
                "a.ndjson:3: 'time' must be a time in the years 1970 to 2199, not '2261-12-31T00:00:00Z'",
            ])
        let input = try score("echo {x | $SCORE --alerts -")
        #expect(input.code == 2 && input.talk.hasPrefix("mocktail: standard input:1: column "))
    }

    @Test("Control characters in names are escaped in messages and tables")
    func controlCharacters() throws {
        let name = "a\u{1B}[31m\nb.ndjson"
        let missing = try score("$SCORE --alerts $'a\\e[31m\\nb.ndjson'")
        #expect(missing.code == 2 && missing.talk == "mocktail: there is no file a\\u{1b}[31m\\nb.ndjson\n")
        let broken = try score("$SCORE --alerts $'a\\e[31m\\nb.ndjson'", [name: "{"])
        #expect(broken.code == 2 && broken.talk.hasPrefix("mocktail: a\\u{1b}[31m\\nb.ndjson:1: "))
        let alert = #"{"time":"2026-03-03T10:10:20Z","rule":"my\u001b[31m\nssh","entities":["x\u001b[0m-1"]}"#
        let table = try score("${SCORE% --json} --alerts a.ndjson", ["a.ndjson": alert])
        #expect(table.code == 0 && table.output.contains("my\\u{1b}[31m\\nssh") && table.talk.contains("x\\u{1b}[0m-1"))
        #expect(!(table.output + table.talk).contains("\u{1B}"))
    }

    @Test("A name of a megabyte is shortened in messages and tables")
    func longNames() throws {
        let long = String(repeating: "x", count: 1_000_000)
        let alert = "{\"time\":\"2026-03-03T10:10:20Z\",\"rule\":\"\(long)\",\"entities\":[\"\(long)\"]}"
        let table = try score("${SCORE% --json} --alerts a", ["a": alert])
        #expect(table.code == 0 && table.talk.contains("xxx…xxx") && table.output.contains("xxx…xxx"))
        #expect((table.output + table.talk).count < 10_000)
        let broken = try score(
            "$SCORE --alerts a", ["a": "{\"time\":\"\(long)\",\"rule\":\"r\",\"entities\":[\"e\"]}"])
        #expect(broken.code == 2 && broken.talk.hasPrefix("mocktail: a:1: ") && broken.talk.contains("…"))
        #expect(broken.talk.count < 400)
    }

    @Test("A folder without a manifest is scored, with a line that it could not be checked")
    func withoutManifest() throws {
        let outcome = try score(
            "cp -r \(try Self.truth.get()) copy; rm copy/manifest.json; $TOOL score --truth copy --alerts a --json",
            ["a": Self.hit])
        #expect(outcome.code == 0)
        #expect(outcome.talk.hasPrefix("copy: there is no manifest.json, so the files could not be checked\n"))
        #expect(try detected(outcome) == 1)
    }

    @Test("Files without alerts, and alerts about nobody, are said")
    func notes() throws {
        for text in ["", "[]", "time,rule,entities\n", #"{"alerts":[]}"#] {
            let outcome = try score("$SCORE --alerts a --list-path alerts", ["a": text])
            #expect(outcome.code == 0, "\(outcome.talk)")
            #expect(outcome.talk == "a: there is no alert in it\n", "\(text)")
        }
        let stranger = #"{"time":"2026-03-03T10:10:20Z","rule":"r","entities":["sh-1","notable"]}"#
        let outcome = try score("$SCORE --alerts a", ["a": "\(Self.hit)\n\(stranger)\n"])
        #expect(try detected(outcome) == 1)
        #expect(
            outcome.talk.hasPrefix(
                "alerts that name only what the tailnet does not have, such as 'sh-1': 1 of 2; they are false"))
        #expect(outcome.output.contains(#""unknownEntities":{"alerts":1,"example":"sh-1"}"#))
        #expect(outcome.output.contains(#""falseAlerts":1"#))
    }

    @Test("Times in another format and lists within objects are read where the options say so")
    func options() throws {
        let text = #"{"data":{"hits":[{"time":"03.03.2026 11:10:20 +0100","rule":"r","entities":["quinn-laptop"]}]}}"#
        let outcome = try score(
            "$SCORE --alerts a --list-path data.hits --time-format '%d.%m.%Y %H:%M:%S %z'", ["a": text])
        #expect(try detected(outcome) == 1, "\(outcome.talk)")
        let format = try score("$SCORE --alerts a --time-format %Q", ["a": text])
        #expect(format.code == 2 && format.talk.hasPrefix("mocktail: --time-format '%Q': there is no %Q here"))
        let window = try score("$SCORE --alerts a --window 1700-01-01T00:00:00Z/2261-01-01T00:00:00Z", ["a": Self.hit])
        #expect(window.code == 2 && window.talk.contains("must lie in the years 1970 to 2199"))
    }

    @Test("Unknown kinds and rules are refused with the nearest name")
    func names() throws {
        let files = ["a": Self.hit]
        let kind = try score("$SCORE --alerts a --match-targets port-22-spike --match-targets ssh-brute-forse", files)
        #expect(kind.code == 2 && kind.output.isEmpty)
        #expect(
            kind.talk
                == "mocktail: --match-targets: there is no incident kind 'ssh-brute-forse'; did you mean \"ssh-brute-force\"?\n"
        )
        let strange = try score("$SCORE --alerts a --match-targets nokind", files)
        #expect(strange.code == 2 && strange.talk.contains("mocktail incident list"))
        let rule = try score("$SCORE --alerts a --rule-map my/ssh=mocktail/port-22-spke", files)
        #expect(rule.code == 2)
        #expect(
            rule.talk
                == "mocktail: --rule-map: there is no rule 'mocktail/port-22-spke'; did you mean \"mocktail/port-22-spike\"?\n"
        )
        let file = try score("$SCORE --alerts a --rule-map map", files.merging(["map": "my/ssh=nowhere/x\n"]) { $1 })
        #expect(file.code == 2 && file.talk.contains("no rule 'nowhere/x'; Docs/Rules.md"))
        let right = try score("$SCORE --alerts a --rule-map my/ssh=mocktail/port-22-spike", files)
        #expect(right.code == 0 && right.talk.isEmpty)
        let unused = try score("$SCORE --alerts a --rule-map my/shh=mocktail/port-22-spike", files)
        #expect(unused.code == 0)
        #expect(unused.talkLines.first == "--rule-map: no alert has the rule 'my/shh'; did you mean \"my/ssh\"?")
    }

    @Test("Rules that nobody expects are said while expected ones never fired")
    func unmappedRules() throws {
        let other = Self.hit.replacingOccurrences(of: "my/ssh", with: "a/first").replacingOccurrences(
            of: "quinn-laptop", with: "olga-laptop")
        let outcome = try score("$SCORE --alerts a", ["a": "\(Self.hit)\n\(other)\n"])
        #expect(outcome.code == 0)
        #expect(
            outcome.talk == """
                no incident expects the rules 'a/first', 'my/ssh'; if that is another name of a rule that never fired, map \
                it: --rule-map 'my/ssh=mocktail/port-22-spike'

                """)
        // A published rule has its name, even if no incident here expects it, and a mapped one has got one.
        let published = Self.hit.replacingOccurrences(of: "my/ssh", with: "sentinel/mass-fan-out")
        #expect(try score("$SCORE --alerts a", ["a": published]).talk.isEmpty)
        #expect(try score("$SCORE --alerts a --rule-map my/ssh=mocktail/port-22-spike", ["a": Self.hit]).talk.isEmpty)
    }

    @Test("A file is not counted twice, and folders of fixtures have no standard input")
    func misuse() throws {
        for arguments in ["--alerts a a", "--alerts - -", "--alerts ''"] {
            #expect(try score("$SCORE \(arguments)", ["a": Self.hit]).code == 64, "\(arguments)")
        }
        #expect(try Tool.run("score", "--fixtures", ".", "--alerts", "-").code == 64)
    }
}
