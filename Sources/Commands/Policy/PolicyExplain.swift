import ArgumentParser
import ByteText
import Dataset
import ScenarioSpec
import TailnetModel
import TailnetPolicy

extension PolicyCommand {
    /// Says whether one node may connect to another, and why.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Say whether one node may connect to another, by which rule, and why.",
            discussion: """
                --from and --to take a node's name, a user's name or login, a tag, a group, an address, or a name from \
                "hosts". --to also needs a port: web-1:443, tag:db:5432, [fd7a:115c:a1e0::1]:22. If one of them means \
                several nodes, each pair is judged. With --ssh, --to needs no port. Exits 0 for yes and for no.
                """)

        @Argument(help: "Policy file (HuJSON); - for standard input.")
        var file: String

        @Option(help: "Tailnet of the policy: a scenario, a generated folder, or a JSON file of users and nodes.")
        var tailnet: String

        @Option(help: ArgumentHelp("Source of the connection.", valueName: "name"))
        var from: String

        @Option(help: ArgumentHelp("Destination of the connection, with its port.", valueName: "name:port"))
        var to: String

        @Option(help: "IP protocol, by name or number.")
        var proto = "tcp"

        @Option(
            help: ArgumentHelp(
                "Explain Tailscale SSH as this user of the destination instead of a connection.", valueName: "user"))
        var ssh: String?

        func run() async throws {
            try await reportingErrors {
                guard let number = IPProtocol.number(proto) else {
                    throw RunError(
                        .input,
                        "--proto \(proto): write a name such as tcp, udp or icmp, or a number up to 255"
                    )
                }
                try PolicyInput.checkStandardInput([file, self.tailnet])
                let tailnet = try PolicyInput.tailnet(tailnet)
                let text = try PolicyInput.text(of: file)
                let policy = try PolicyInput.policy(text, file, in: tailnet.topology)
                let names = PolicyPartyNames(policy, tailnet)
                let (name, port) = try ssh == nil ? destination(number) : (sshDestination, 0)
                let sources = try parties(from, "--from \(from)", names)
                let targets = try parties(name, "--to \(to)", names)
                for (word, found) in [(from, sources), (name, targets)] where found.isEmpty {
                    try printData("no: \(word.printable) has no node in this tailnet")
                    return
                }
                let compiled = CompiledPolicy(file: policy, topology: tailnet.topology)
                let shown = PolicyInput.name(of: file)
                let answers: [String]
                if let ssh {
                    answers = SSHExplanation(of: compiled, file: shown, text: text, user: ssh)
                        .answers(from: sources, to: targets)
                } else {
                    answers = PolicyExplanation(
                        of: compiled, file: shown, text: text, proto: number, protoName: proto, port: port
                    ).answers(from: sources, to: targets)
                }
                try printData(answers.map(\.printableLines).joined(separator: "\n\n"))
            }
        }

        /// The name of `--to` without the port of SSH, which may stand behind it.
        private var sshDestination: String {
            to.hasSuffix(":22") && IPAddress(to) == nil ? String(to.dropLast(3)) : to
        }

        private func parties(
            _ name: String, _ option: String, _ names: PolicyPartyNames
        ) throws(RunError) -> [PolicyParty] {
            if let parties = names.parties(named: name) { return parties }
            throw RunError(
                .input,
                "\(option): there is no node, user, tag, group, host or address \"\(name)\"\(names.hint(for: name))")
        }

        /// The name and the port of `--to`; protocols without ports need none.
        private func destination(_ proto: UInt8) throws(RunError) -> (name: String, port: UInt16) {
            let hasPorts = IPProtocol.hasPorts(proto)
            let complaint = RunError(
                .input,
                "--to \(to): write a name and a port, such as web-1:443 or [fd7a:115c:a1e0::1]:22")
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
