import Folders
import ArgumentParser
import ByteText
import ScenarioSpec
import TailnetPolicy

/// Works with policy files.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, test, explain and compile policy files.",
        subcommands: [Check.self, Test.self, Explain.self, Compile.self, Format.self])

    /// Reports everything that is wrong with a policy file.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Report every problem of a policy file, with line and column.")

        @Argument(help: "A policy file.")
        var file: String

        @Option(help: "Also judge what depends on the tailnet: a scenario, or a JSON file of users and nodes.")
        var tailnet: String?

        func run() async throws {
            try await reportingErrors {
                let text = try PolicyInput.text(of: file)
                let reading = PolicyFile.parse(text)
                var problems = reading.problems
                if let tailnet {
                    problems += reading.file?.problems(in: try PolicyInput.tailnet(tailnet).topology) ?? []
                }
                PolicyInput.report(problems, in: file)
                guard let policy = reading.valid, !problems.contains(where: { $0.severity == .error }) else {
                    throw ExitCodes.invalidInput
                }
                try printData("\(file): ok (\(policy.contents))")
            }
        }
    }

    /// Runs the tests of a policy file.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test", abstract: "Run the tests and sshTests of a policy file as the service does.")

        @Argument(help: "A policy file.")
        var file: String

        @Option(help: "Whom the policy is for: a scenario, or a JSON file of users and nodes.")
        var tailnet: String

        func run() async throws {
            try await reportingErrors {
                let topology = try PolicyInput.tailnet(tailnet).topology
                let policy = CompiledPolicy(file: try PolicyInput.policy(file, in: topology), topology: topology)
                let places = PolicyTestPlaces(policy.file)
                let failures = policy.testFailures()
                for failure in failures {
                    let place = "\(file):\(failure.position.line):\(failure.position.column)"
                    try printData("\(place): \(places.text(of: failure))")
                }
                let counts =
                    "\(counted(policy.file.tests.count, "test")), "
                    + counted(policy.file.sshTests.count, "SSH test")
                guard failures.isEmpty else {
                    let failed = places.failed(failures)
                    try printData("\(file): \(counted(failed, "entry", "entries")) failed (\(counts))")
                    throw ExitCodes.missed
                }
                try printData("\(file): ok (\(counts))")
            }
        }
    }

    /// Lays out a policy file anew.
    struct Format: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "format", abstract: "Print a policy file in a tidy layout, comments kept.")

        @Argument(help: "A policy file.")
        var file: String

        @Flag(help: "Print nothing, and exit with 3 if the layout differs.")
        var check = false

        func run() async throws {
            try await reportingErrors {
                let text = try PolicyInput.text(of: file)
                let formatted: String
                do throws(JSONSyntaxError) { formatted = try PolicyFormatter.format(text) } catch {
                    throw RunError(.input, "\(file):\(error.line):\(error.column): \(error.message)")
                }
                if !check {
                    try printData(String(formatted.dropLast()))
                } else if formatted != text {
                    Talk.say("\(file): its layout differs from what `mocktail policy format` prints")
                    throw ExitCodes.missed
                }
            }
        }
    }
}

/// Finds the test that a failure belongs to.
struct PolicyTestPlaces {
    private struct Entry {
        var name: String
        var position: TextPosition
        var accept: [PolicyWord] = []
        var deny: [PolicyWord] = []
    }

    private let entries: [Entry]

    init(_ file: PolicyFile) {
        let tests = file.tests.enumerated().map { index, test in
            Entry(name: "tests[\(index)]", position: test.position, accept: test.accept, deny: test.deny)
        }
        let sshTests = file.sshTests.enumerated().map { index, test in
            Entry(name: "sshTests[\(index)]", position: test.position)
        }
        entries = (tests + sshTests).sorted { $0.position < $1.position }
    }

    /// The failure with its test and what was wanted.
    func text(of failure: PolicyTestFailure) -> String {
        guard let entry = entry(of: failure) else { return failure.message }
        let isHere = { (word: PolicyWord) in word.position == failure.position }
        if entry.accept.contains(where: isHere) { return "\(entry.name): wanted accept, but \(failure.message)" }
        if entry.deny.contains(where: isHere) { return "\(entry.name): wanted deny, but \(failure.message)" }
        return "\(entry.name): \(failure.message)"
    }

    /// How many tests failures belong to.
    func failed(_ failures: [PolicyTestFailure]) -> Int {
        Set(failures.compactMap { entry(of: $0)?.name }).count
    }

    private func entry(of failure: PolicyTestFailure) -> Entry? {
        entries.last { $0.position <= failure.position }
    }
}

extension PolicyFile {
    /// How much the file holds: `3 rules, 2 groups, ...`.
    fileprivate var contents: String {
        var parts = [counted(rules.count, "rule")]
        if !ssh.isEmpty { parts.append(counted(ssh.count, "SSH rule")) }
        parts += [counted(groups.count, "group"), counted(tagOwners.count, "tag"), counted(hosts.count, "host")]
        return (parts + [counted(tests.count + sshTests.count, "test")]).joined(separator: ", ")
    }
}

/// `1 rule`, `2 rules`.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
}
