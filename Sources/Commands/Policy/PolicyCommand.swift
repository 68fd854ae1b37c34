import ArgumentParser
import ByteText
import Dataset
import ScenarioSpec
import TailnetPolicy

/// Works with policy files.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, test, explain, compile and format policy files.",
        subcommands: [Check.self, Test.self, Explain.self, Compile.self, Format.self])

    /// Runs the tests of a policy file.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test", abstract: "Run the tests and sshTests of a policy file, as the service does.")

        @Argument(help: "Policy file (HuJSON); - for standard input.")
        var file: String

        @Option(help: "Tailnet of the policy: a scenario, a generated folder, or a JSON file of users and nodes.")
        var tailnet: String

        func run() async throws {
            try await reportingErrors {
                try PolicyInput.checkStandardInput([file, tailnet])
                let topology = try PolicyInput.tailnet(tailnet).topology
                let text = try PolicyInput.text(of: file)
                let policy = CompiledPolicy(
                    file: try PolicyInput.policy(text, file, in: topology), topology: topology)
                let name = PolicyInput.name(of: file)
                let places = PolicyTestPlaces(policy.file)
                let failures = policy.testFailures()
                for failure in failures {
                    let place = "\(name):\(failure.position.line):\(failure.position.column)"
                    try printData("\(place): \(places.text(of: failure).printableLine)")
                }
                let counts =
                    "\(counted(policy.file.tests.count, "test")), "
                    + counted(policy.file.sshTests.count, "SSH test")
                guard failures.isEmpty else {
                    let failed = places.failed(failures)
                    try printData("\(name): \(counted(failed, "entry", "entries")) failed (\(counts))")
                    throw ExitCodes.missed
                }
                try printData("\(name): ok (\(counts))")
            }
        }
    }

    /// Prints a policy file in a standard layout.
    struct Format: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "format",
            abstract: "Print a policy file in the layout of the service's own formatter, with its comments.")

        @Argument(help: "Policy file (HuJSON); - for standard input.")
        var file: String

        @Flag(help: "Print nothing, and exit 3 if the layout differs.")
        var check = false

        func run() async throws {
            try await reportingErrors {
                let text = try PolicyInput.text(of: file)
                let formatted: String
                do throws(JSONSyntaxError) { formatted = try PolicyFormatter.format(text) } catch {
                    let place = "\(PolicyInput.name(of: file)):\(error.line):\(error.column)"
                    throw RunError(.input, "\(place): \(error.message)")
                }
                if !check {
                    try printData(String(formatted.dropLast()))
                } else if formatted != text {
                    Console.say("\(PolicyInput.name(of: file)): its layout differs from that of mocktail policy format")
                    throw ExitCodes.missed
                }
            }
        }
    }
}
