import ArgumentParser
import ByteText
import ScenarioSpec
import TailnetPolicy

extension PolicyCommand {
    /// Prints what the service would send to each node.
    struct Compile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compile", abstract: "Print the packet filter, SSH rules and capabilities of each node.")

        @Argument(help: "Policy file (HuJSON); - for standard input.")
        var file: String

        @Option(help: "Tailnet of the policy: a scenario, a generated folder, or a JSON file of users and nodes.")
        var tailnet: String

        @Flag(help: "Print JSON, in the service's own form.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                try PolicyInput.checkStandardInput([file, tailnet])
                let topology = try PolicyInput.tailnet(tailnet).topology
                let reading = PolicyFile.parse(try PolicyInput.text(of: file))
                let answer = reading.answer(in: topology)
                guard answer.code == 200, let valid = reading.valid else {
                    // The service's words, and nothing else.
                    Console.say(answer.message ?? "the policy file is refused")
                    throw ExitCodes.invalidInput
                }
                let listing = PolicyListing(CompiledPolicy(file: valid, topology: topology))
                let nodes = listing.nodes
                if !json {
                    for node in nodes { try printData(listing.text(of: node).printableLines) }
                    return
                }
                try printData("{")
                for node in nodes { try printData(listing.member(of: node) + (node == nodes.last ? "" : ",")) }
                try printData("}")
            }
        }
    }
}
