import ArgumentParser
import ByteText
import ScenarioSpec
import TailnetModel
import TailnetPolicy

extension PolicyCommand {
    /// Prints what the service would send to each node.
    struct Compile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compile", abstract: "Print the packet filter, SSH rules and capabilities of each node.")

        @Argument(help: "A policy file.")
        var file: String

        @Option(help: "Whom the policy is for: a scenario, or a JSON file of users and nodes.")
        var tailnet: String

        @Flag(help: "The rules as JSON, in the service's own form.")
        var json = false

        func run() async throws {
            try await reportingErrors {
                let topology = try PolicyInput.tailnet(tailnet).topology
                let reading = PolicyFile.parse(try PolicyInput.text(of: file))
                let answer = reading.answer(in: topology)
                guard answer.code == 200, let valid = reading.valid else {
                    // The service's words, and nothing else.
                    Console.say(answer.message ?? "the policy file is refused")
                    throw ExitCodes.invalidInput
                }
                let policy = CompiledPolicy(file: valid, topology: topology)
                let compiler = PacketFilterCompiler(policy)
                let order = topology.nodes.indices.sorted {
                    topology.nodes[$0].name.utf8.lexicographicallyPrecedes(topology.nodes[$1].name.utf8)
                }
                if json { try printData("{") }
                for (place, node) in order.enumerated() {
                    if json {
                        let comma = place == order.count - 1 ? "" : ","
                        try printData(Self.member(policy, compiler, node) + comma)
                    } else {
                        try printData(Self.listing(policy, compiler, node))
                    }
                }
                if json { try printData("}") }
            }
        }

        /// A node's name and rules as a member of a JSON object.
        private static func member(_ policy: CompiledPolicy, _ compiler: PacketFilterCompiler, _ node: Int) -> String {
            let ssh = policy.sshRules(for: node).map(\.json).joined(separator: ",")
            return """
                \(jsonString(policy.topology.nodes[node].name)):{"packet_filter_rules":\(compiler.json(for: node)),\
                "ssh_rules":\(ssh.isEmpty ? "null" : "[\(ssh)]"),"self_cap_map":\(policy.selfCapabilityMap(of: node))}
                """
        }

        /// A node's rules for people.
        private static func listing(_ policy: CompiledPolicy, _ compiler: PacketFilterCompiler, _ node: Int) -> String {
            let device = policy.topology.nodes[node]
            let addresses = device.addresses.map(\.description).joined(separator: ", ")
            var lines = ["\(device.name) (\(addresses))"]
            for rule in compiler.filter(for: node) ?? [] { lines += self.lines(rule) }
            for rule in policy.sshRules(for: node) {
                let users = rule.users.map { "\($0.login)=\($0.localUser.isEmpty ? "refused" : $0.localUser)" }
                lines.append(
                    "  ssh     \(rule.action.rawValue) \(rule.principals.joined(separator: ", ")) "
                        + "as \(users.joined(separator: ", "))")
            }
            if lines.count == 1 { lines.append("  nothing may reach it") }
            return lines.joined(separator: "\n")
        }

        private static func lines(_ rule: PacketFilterRule) -> [String] {
            let sources = rule.sources.joined(separator: ", ")
            var lines: [String] = []
            if !rule.destinations.isEmpty {
                let protocols = rule.protocols.map { "\($0)" }.joined(separator: ", ")
                let destinations = rule.destinations.map { "\($0.address) \(portsText($0.ports))" }
                lines.append(
                    "  packets \(sources) -> \(destinations.joined(separator: ", "))"
                        + (protocols.isEmpty ? "" : " (protocol \(protocols))"))
            }
            for grant in rule.capabilityGrants {
                let names = grant.capabilities.map(\.name).joined(separator: ", ")
                lines.append("  app     \(sources) -> \(grant.destinations.joined(separator: ", ")): \(names)")
            }
            return lines
        }

        private static func jsonString(_ text: String) -> String {
            var bytes: [UInt8] = []
            bytes.appendText(atMost: JSONStringText.bound(text)) { $0.putJSONString(text) }
            return String(decoding: bytes, as: UTF8.self)
        }

        private static func portsText(_ ports: ClosedRange<UInt16>) -> String {
            if ports == PolicyService.allPorts { return "any port" }
            return ports.count == 1 ? "port \(ports.lowerBound)" : "ports \(ports.lowerBound)-\(ports.upperBound)"
        }
    }
}
