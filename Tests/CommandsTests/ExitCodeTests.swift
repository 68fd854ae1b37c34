import Foundation
import Testing

/// What the tool says and how it ends, for good and for bad.
@Suite("Exit codes and sentences", .enabled(if: Tool.path != nil, "the tool is not built"), .timeLimit(.minutes(15)))
struct ExitCodeTests {
    private func temporaryFolder() throws -> String {
        let path = NSTemporaryDirectory() + "mocktail-cli-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test("The version is the version")
    func version() throws {
        let outcome = try Tool.run("--version")
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: ".").count == 3)
    }

    @Test(
        "A command that there is not: the nearest one, or that there is none yet",
        arguments: [
            (
                ["serve"],
                "there is no command \"serve\": mocktail has no mock API yet; mocktail --help lists what there is"
            ),
            (
                ["api", "--help"],
                "there is no command \"api\": mocktail has no mock API yet; mocktail --help lists what there is"
            ),
            (["init"], "there is no command \"init\"; did you mean mocktail scenario new?"),
            (
                ["devices"],
                "there is no command \"devices\"; did you mean mocktail generate, which writes tailnet/devices.json?"
            ),
            (["generat", "quickstart"], "there is no command \"generat\"; did you mean \"generate\"?"),
            (["scenario", "lst"], "there is no command \"scenario lst\"; did you mean \"list\"?"),
        ])
    func unknownCommand(_ arguments: [String], _ sentence: String) throws {
        let outcome = try Tool.run(in: Tool.root.path, arguments)
        #expect(outcome.code == 64 && outcome.output.isEmpty)
        #expect(outcome.talk == "mocktail: \(sentence)\n")
    }

    @Test(
        "Names and numbers that cannot be meant are refused before anything is written",
        arguments: [
            (["fixtures", "--kind", "https-off", "--out", ""], "the folder has an empty name"),
            (
                ["score", "--truth", "t", "--alerts", "a", "--html", "x", "--junit", "x"],
                "--html and --junit both name x"
            ),
            (["replay", "quickstart", "--to", "http://127.0.0.1:1/", "--connections", "1025"], "must be 1 to 1024"),
        ])
    func refusedNames(_ arguments: [String], _ words: String) throws {
        let outcome = try Tool.run(in: Tool.root.path, arguments)
        #expect(outcome.code == 64 && outcome.output.isEmpty && outcome.talk.contains(words))
    }

    @Test("A log in place of a scenario: give its folder")
    func logForScenario() throws {
        try Tool.withFolder { folder in
            let log = "\(folder)/network.ndjson"
            try "{}\n".write(toFile: log, atomically: true, encoding: .utf8)
            let outcome = try Tool.run("replay", log, "--to", "file:/dev/null")
            #expect(outcome.code == 2)
            #expect(
                outcome.talk
                    == "mocktail: \(log) is a log, not a scenario; give the folder that mocktail generated, or a scenario\n"
            )
        }
    }

    @Test("Too few open files: a sentence, not a crash")
    func openFiles() throws {
        let outcome = try Tool.shell("ulimit -n 16; \"$TOOL\" demo")
        #expect(outcome.code == 1 && outcome.talk.contains("this shell allows 16 open files"))
    }

    @Test("A full disk for the answer of a check is no fault of the scenario")
    func fullOutput() throws {
        let outcome = try Tool.shell("\"$TOOL\" scenario check quickstart > /dev/full")
        #expect(outcome.code == 1 && outcome.talk.contains("no space left on device"))
    }

    @Test("Every bundled scenario is sound")
    func scenarios() throws {
        let outcome = try Tool.run("scenario", "check")
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: "\n").count >= 3)
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.contains(": ok (") })
    }

    @Test("A scenario with eight mistakes: eight problems with lines, exit code 2, nothing written")
    func eightMistakes() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var text = try String(
            contentsOf: Tool.root.appending(path: "Scenarios/port-22-spike.yaml"), encoding: .utf8)
        text = text.replacingOccurrences(of: "port-22-spike.policy", with: "nowhere.policy")
        text += """

            surprise: 1
            users:
              - {name: zoe, displayName: Zoe, timeZone: Europe/Madird}
            """
        try text.write(toFile: "\(folder)/bad.yaml", atomically: true, encoding: .utf8)
        let duplicate = try Tool.run("generate", "\(folder)/bad.yaml", "--out", "\(folder)/out")
        #expect(duplicate.code == 2 && duplicate.talk.contains("users"))

        let bad = """
            # Eight mistakes.
            mocktail: 1
            name: bad
            seed: -4
            clock: {start: 2026-03-02T07:00:00Z, duration: 12x}
            tailnet: {organization: example.com, dns: tail3f9c1, policy: nowhere.hujson}
            users:
              - {name: ana, displayName: Ana, role: boss, timeZone: Europe/Madird}
            nodes:
              - {name: a, user: anna, os: linux}
              - {name: b, user: ana, os: plan9}
            traffic:
              - {name: t, profile: web, from: [ana], to: [tag:web], sessionsPerHour: many}
            surprise: 1
            """
        try bad.write(toFile: "\(folder)/eight.yaml", atomically: true, encoding: .utf8)
        let outcome = try Tool.run("generate", "\(folder)/eight.yaml", "--out", "\(folder)/out")
        #expect(outcome.code == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.talkLines.count >= 8, "\(outcome.talk)")
        #expect(outcome.talkLines.allSatisfy { $0.contains("eight.yaml:") })
        #expect(outcome.talk.contains("did you mean \"Europe/Madrid\"?"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
    }

    @Test(
        "Invalid input ends with 2 and one sentence",
        arguments: [
            ["generate", "no-such-scenario", "--out", "/tmp/never"],
            ["generate", "quickstart", "--from", "+99h", "--out", "/tmp/never"],
            ["generate", "quickstart", "--from", "+106751d", "--out", "/tmp/never"],
            ["generate", "quickstart", "--from", "soon", "--out", "/tmp/never"],
            ["generate", "quickstart", "--duration", "106751d", "--out", "/tmp/never"],
            ["generate", "quickstart", "--inject", "nonsense", "--out", "/tmp/never"],
            ["generate", "quickstart", "--start", "tomorrow", "--out", "/tmp/never"],
            ["replay", "quickstart", "--to", "ftp://127.0.0.1/"],
            ["replay", "quickstart", "--to", "file:"],
            ["replay", "quickstart", "--to", "http://127.0.0.1/", "--rate", "fast"],
            ["score", "--truth", "/nowhere", "--alerts", "/nowhere"],
        ])
    func invalidInput(arguments: [String]) throws {
        let line = arguments.map { "'\($0)'" }.joined(separator: " ")
        let outcome = try Tool.shell("\"$TOOL\" \(line)")
        #expect(outcome.code == 2, "\(outcome.talk)")
        #expect(outcome.talkLines.count == 1, "\(outcome.talk)")
        #expect(outcome.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/never"))
    }

    @Test(
        "A wrong command line ends with 64",
        arguments: [
            "generate quickstart", "replay quickstart", "sing", "generate quickstart --out - ",
            "generate quickstart --estimate --shard 0/3", "generate quickstart --estimate --shard 4/3",
            "replay quickstart --to file:/dev/null --shard x", "generate quickstart --estimate --shard 1/33",
            "generate quickstart --out never --compress-level 3",
            "generate quickstart --out never --compress gzip --compress-level 10",
            "generate quickstart --out never --compress zip", "generate quickstart --estimate --out - --log network",
            "help nosuch", "help scenario chek",
        ])
    func usage(line: String) throws {
        #expect(try Tool.shell("\"$TOOL\" \(line)").code == 64)
    }

    @Test("A compressed log on standard output is the plain one")
    func compressed() throws {
        let generate = "\"$TOOL\" generate port-22-spike --log network --duration 20m --out -"
        let plain = try Tool.shell("\(generate) | cksum")
        #expect(plain.code == 0)
        #expect(try Tool.shell("\(generate) --compress gzip | gzip -dc | cksum").output == plain.output)
        #expect(
            try Tool.shell("\(generate) --compress gzip --compress-level 9 | gzip -dc | cksum").output == plain.output)
    }

    @Test("A compressed folder is replayed like a plain one")
    func compressedFolder() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let commands = [
            "\"$TOOL\" generate port-22-spike --duration 20m --compress gzip --out \(folder)/packed",
            "\"$TOOL\" generate port-22-spike --duration 20m --out \(folder)/plain",
            "\"$TOOL\" replay \(folder)/packed --to file:\(folder)/out.ndjson --json --log network",
            "cmp \(folder)/out.ndjson \(folder)/plain/network.ndjson",
        ]
        #expect(try Tool.shell(commands.joined(separator: " && ")).code == 0)
    }

    @Test("The shards of a log merge into the whole")
    func shards() throws {
        let generate = "\"$TOOL\" generate port-22-spike --log network --duration 20m --out -"
        let whole = try Tool.shell("\(generate) | LC_ALL=C sort | cksum")
        #expect(whole.code == 0)
        let parts = (1...3).map { "\(generate) --shard \($0)/3" }.joined(separator: "; ")
        #expect(try Tool.shell("{ \(parts); } | LC_ALL=C sort | cksum").output == whole.output)
    }

    @Test("A reader that goes away ends a run quietly, with the code of a closed pipe")
    func closedPipe() throws {
        for options in ["", "--compress gzip"] {
            let outcome = try Tool.shell(
                "\"$TOOL\" generate quickstart --out - --log network \(options) | head -c 1 >/dev/null; "
                    + "exit ${PIPESTATUS[0]}")
            #expect(outcome.code == 141 && outcome.talk.isEmpty, "\(outcome.talk)")
        }
    }

    @Test("A folder in place of a scenario, and neither of both: the sentence says what to give")
    func wrongSources() throws {
        try Tool.withFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/logs", withIntermediateDirectories: true)
            for name in ["logs", "./logs", "\(folder)/logs/"] {
                let outcome = try Tool.run(in: folder, ["generate", name, "--out", "out"])
                #expect(outcome.code == 2)
                #expect(outcome.talk == "mocktail: \(name) is a folder, not a scenario; name a scenario file\n")
            }
            for name in ["nowhere", "./nowhere", "quickstrt", "nowhere/network.ndjson"] {
                let outcome = try Tool.run(in: folder, ["replay", name, "--to", "file:out"])
                #expect(outcome.code == 2)
                #expect(outcome.talk.hasPrefix("mocktail: there is no folder and no scenario \(name); "))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["logs"])
        }
    }

    @Test("An argument that is not UTF-8 is refused before any work")
    func invalidArguments() throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.shell("\"$TOOL\" generate quickstart --out $'a\\xffb'", in: folder)
            #expect(outcome.code == 64)
            #expect(
                outcome.talk
                    == "mocktail: a\u{FFFD}b is not text in UTF-8, so it cannot name a file or folder; rename it\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test(
        "A folder that cannot have its name is refused before any work",
        arguments: ["none/..", "none/.", String(repeating: "x", count: 256)])
    func impossibleFolders(_ name: String) throws {
        try Tool.withFolder { folder in
            for command in [["generate", "quickstart"], ["fixtures", "--kind", "https-off"]] {
                let outcome = try Tool.run(in: folder, command + ["--out", name])
                #expect([1, 2].contains(outcome.code) && outcome.talkLines.count == 1, "\(outcome.talk)")
                #expect(!outcome.talk.contains(".mocktail"))
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
            }
        }
    }

    @Test("A full disk ends a replay with 1 and says so")
    func fullDisk() throws {
        let outcome = try Tool.shell("\"$TOOL\" replay unauthorized-api-calls --to file:/dev/full --json")
        #expect(outcome.code == 1)
        #expect((outcome.output + outcome.talk).contains("no space left"))
    }

    @Test("A receiver that is not there: given up, counted, exit code 1")
    func nobodyListens() throws {
        let outcome = try Tool.shell(
            "\"$TOOL\" replay unauthorized-api-calls --log configuration --to http://127.0.0.1:1/ --give-up-after 100ms --json"
        )
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("\"acknowledged\":0"))
        #expect(outcome.output.contains("\"lost\":0"))
    }

    @Test("Files that the ingester would have to overwrite are invalid input")
    func existingFiles() throws {
        try Tool.withFolder { folder in
            for name in ["configuration.ndjson", "alerts.ndjson"] {
                try "mine".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            for (arguments, words) in [
                (["--out", "."], "./configuration.ndjson: it exists already"),
                (["--alerts", "alerts.ndjson"], "alerts.ndjson: it exists already"),
                (["--out", "alerts.ndjson"], "alerts.ndjson is not a folder"),
            ] {
                let outcome = try Tool.run(in: folder, ["ingest", "--port", "0"] + arguments)
                #expect(outcome.code == 2 && outcome.talkLines.count == 1 && outcome.talk.contains(words))
            }
            #expect(try Tool.run(in: folder, ["ingest", "--out", ""]).code == 64)
            #expect(try String(contentsOfFile: "\(folder)/alerts.ndjson", encoding: .utf8) == "mine")
        }
    }

    @Test("A folder that holds something is refused")
    func nonEmptyFolder() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "mine".write(toFile: "\(folder)/notes.txt", atomically: true, encoding: .utf8)
        let outcome = try Tool.run("generate", "unauthorized-api-calls", "--out", folder)
        #expect(outcome.code == 2)
        #expect(outcome.talk.contains("is not empty") && outcome.talk.contains("--force"))
    }
}
