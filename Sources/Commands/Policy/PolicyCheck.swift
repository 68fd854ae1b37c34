import ArgumentParser
import ByteText
import Dataset
import ScenarioSpec
import TailnetPolicy

extension PolicyCommand {
    /// Reports everything that is wrong with policy files.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Report every problem of policy files, with line and column.")

        @Argument(help: ArgumentHelp("Policy files (HuJSON); - for standard input.", valueName: "file"))
        var files: [String]

        @Option(
            help: ArgumentHelp(
                "Also check what depends on the tailnet, and run the tests: a scenario, a generated folder, or a JSON "
                    + "file of users and nodes.", valueName: "tailnet"))
        var tailnet: String?

        @Flag(help: "Print the result as JSON.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                try PolicyInput.checkStandardInput(files + [tailnet].compactMap { $0 })
                let topology = try tailnet.map { try PolicyInput.tailnet($0).topology }
                let checks = files.map { PolicyCheck($0, in: topology) }
                if json {
                    try printData(
                        JSONWriter.object(.spaced, byLine: true) { json in
                            json.list("files", byLine: true) { list in for check in checks { list.element(check) } }
                        })
                } else {
                    for check in checks { try check.report() }
                }
                if checks.contains(where: { !$0.isValid }) { throw ExitCodes.invalidInput }
            }
        }
    }
}

/// What is to be said about one policy file.
private struct PolicyCheck: JSONWritable {
    private let file: String
    private var policy: PolicyFile?
    private var problems: [PolicyProblem] = []
    /// What the service would answer; nil where the file cannot be read.
    private var answer: PolicyAnswer?
    /// Why the file cannot be read.
    private var error: RunError?

    init(_ file: String, in topology: PolicyTopology?) {
        self.file = file
        let reading: PolicyReading
        do throws(RunError) { reading = PolicyFile.parse(try PolicyInput.text(of: file)) } catch {
            self.error = error
            return
        }
        policy = reading.file
        problems = reading.problems
        answer = reading.answer
        guard let topology else { return }
        problems += reading.file?.problems(in: topology) ?? []
        guard let policy, !problems.contains(where: { $0.severity == .error }) else {
            answer = reading.answer(in: topology)
            return
        }
        let failures = CompiledPolicy(file: policy, topology: topology).testFailures()
        if failures.isEmpty { return }
        answer = PolicyAnswer(code: 400, message: "test(s) failed")
        let places = PolicyTestPlaces(policy)
        problems += failures.map {
            PolicyProblem("test failed: \(places.text(of: $0))", at: $0.position, isServiceMessage: false)
        }
    }

    var isValid: Bool { answer?.code == 200 }

    /// Reports the file to people.
    func report() throws {
        if let error { Console.say("mocktail: \(error)") }
        PolicyInput.report(problems, in: file)
        guard isValid, let policy else { return }
        try printData("\(PolicyInput.name(of: file)): ok (\(policy.contents))")
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("file", file)
            json.member("valid", isValid)
            if let error { json.member("error", error.description) }
            json.member("message", answer?.message)
            if let policy {
                json.object("contents") { json in
                    for (name, count) in policy.counts { json.member(name, count) }
                }
            }
            json.objects("problems", problems) { json, problem in
                json.member("line", problem.position.line)
                json.member("column", problem.position.column)
                json.member("severity", problem.severity.rawValue)
                json.member("message", problem.message)
                json.member("isServiceMessage", problem.isServiceMessage)
                if let hint = problem.hint { json.member("hint", hint) }
            }
        }
    }
}

extension PolicyFile {
    /// How much the file holds, by what it is called in JSON.
    fileprivate var counts: [(String, Int)] {
        [
            ("rules", rules.count), ("sshRules", ssh.count), ("groups", groups.count), ("tags", tagOwners.count),
            ("hosts", hosts.count), ("tests", tests.count), ("sshTests", sshTests.count),
        ]
    }

    /// How much the file holds: `3 rules, 2 groups, ...`.
    fileprivate var contents: String {
        var parts = [counted(rules.count, "rule")]
        if !ssh.isEmpty { parts.append(counted(ssh.count, "SSH rule")) }
        parts += [counted(groups.count, "group"), counted(tagOwners.count, "tag"), counted(hosts.count, "host")]
        return (parts + [counted(tests.count + sshTests.count, "test")]).joined(separator: ", ")
    }
}
