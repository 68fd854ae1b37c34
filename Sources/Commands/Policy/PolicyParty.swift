import ScenarioSpec
import Dataset
import ArgumentParser
import TailnetModel
import TailnetPolicy

extension PolicyCommand {
    /// Says whether one thing may reach another, and why.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Say whether something may be reached, by which rule and why.",
            discussion: """
                FROM and TO are a node's name, a user's login, a tag, a group, an address or a name from "hosts"; TO goes \
                on with a colon and a port: web-1:443, tag:db:5432, [fd7a:115c:a1e0::1]:22. Where several nodes are \
                meant, each pair is judged. The exit code is 0 whether the answer is yes or no.
                """)

        @Argument(help: "A policy file.")
        var file: String

        @Option(help: "Whom the policy is for: a scenario, or a JSON file of users and nodes.")
        var tailnet: String

        @Option(help: "Who begins.")
        var from: String

        @Option(help: "What is to be reached, with its port.")
        var to: String

        @Option(help: "The protocol, by name or number.")
        var proto = "tcp"

        func run() async throws {
            try await reportingErrors {
                guard let number = IPProtocol.number(proto) else {
                    throw RunError(.input, "--proto \(proto): write tcp, udp, icmp, another name or a number up to 255")
                }
                let tailnet = try PolicyInput.tailnet(tailnet)
                let text = try PolicyInput.text(of: file)
                let policy = try PolicyInput.policy(file, in: tailnet.topology)
                let parties = PolicyParties(policy, tailnet)
                let (name, port) = try destination(number)
                let sources = try parties.parties(named: from, option: "--from \(from)")
                let targets = try parties.parties(named: name, option: "--to \(to)")
                for (word, found) in [(from, sources), (name, targets)] where found.isEmpty {
                    try printData("no: \(word) has no node here")
                    return
                }
                let explanation = PolicyExplanation(
                    file: file, text: text, policy: CompiledPolicy(file: policy, topology: tailnet.topology),
                    proto: number, port: port, protoName: proto)
                let pairs = sources.flatMap { source in targets.map { (source, $0) } }
                // A node does not ask anybody before it talks to itself.
                let others = pairs.filter { $0.0.node == nil || $0.0.node != $0.1.node }
                var isFirst = true
                for (source, target) in others.isEmpty ? pairs : others {
                    if !isFirst { try printData("") }
                    isFirst = false
                    try printData(explanation.text(from: source, to: target))
                }
            }
        }

        /// The name and the port of `--to`; protocols without ports need none.
        private func destination(_ proto: UInt8) throws(RunError) -> (name: String, port: UInt16) {
            let hasPorts = IPProtocol.hasPorts(proto)
            let complaint = RunError(
                .input, "--to \(to): write a name and a port, such as web-1:443 or [fd7a:115c:a1e0::1]:22")
            guard let colon = to.lastIndex(of: ":") else {
                if hasPorts { throw complaint }
                return (to, 0)
            }
            let digits = to[to.index(after: colon)...]
            let isBareAddress = IPAddress(to) != nil
            guard !isBareAddress, let port = digits == "*" && !hasPorts ? 0 : UInt16(digits), port > 0 || !hasPorts
            else {
                if hasPorts { throw complaint }
                return (to, 0)
            }
            return (String(to[..<colon]), port)
        }
    }
}

/// One end of a conversation: a node by one of its addresses, or an address that is no node's.
struct PolicyParty {
    var node: Int?
    /// The addresses to judge by, IPv4 first; only one where an address was named.
    var addresses: [IPAddress]
    /// How it is called.
    var name: String
}
