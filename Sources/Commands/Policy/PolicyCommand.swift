import ScenarioSpec
import Dataset
import ArgumentParser
import ByteText
import TailnetPolicy

/// Works with policy files.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, test, explain, compile and format policy files.",
        subcommands: [Check.self, Test.self, Explain.self, Compile.self, Format.self])

    /// Reports everything that is wrong with a policy file.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Report every problem of a policy file, with its line and column.")

        @Argument(help: "Policy file (HuJSON).")
        var file: String

        @Option(help: "Also check what depends on the tailnet: a scenario, or a JSON file of users and nodes.")
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
            commandName: "test", abstract: "Run the tests and sshTests of a policy file, as the service does.")

        @Argument(help: "Policy file (HuJSON).")
        var file: String

        @Option(help: "Tailnet of the policy: a scenario, or a JSON file of users and nodes.")
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

    /// Prints a policy file in a standard layout.
    struct Format: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "format", abstract: "Print a policy file in a standard layout, with its comments.")

        @Argument(help: "Policy file (HuJSON).")
        var file: String

        @Flag(help: "Print nothing, and exit 3 if the layout differs.")
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
                    Console.say("\(file): its layout differs from that of mocktail policy format")
                    throw ExitCodes.missed
                }
            }
        }
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
