import ByteText
import KeyedRandom
import SimTime
import TailnetModel

// Hosts without Tailscale, and nodes that come and go.
extension Resolver {
    /// Reads the networks behind subnet routers.
    mutating func readLANs(_ entries: [ScenarioEntry]) {
        var lanPrefixes: [(name: String, prefix: IPPrefix)] = []
        for entry in entries {
            guard let name = entry.text("name"), let prefix = entry.text("prefix").flatMap({ IPPrefix($0) }),
                let count = entry.number("hosts")
            else { continue }
            let selector = "lan:\(name)"
            if hostIndex[selector] != nil {
                problems.add("there are two networks named \"\(name)\"", at: entry.place("name"))
                continue
            }
            guard prefix.address.family == .ipv4, prefix.bits <= 30, count <= (1 << (32 - prefix.bits)) - 2 else {
                problems.add(
                    "\(prefix) is too small for \(count) IPv4 hosts; give a larger prefix or fewer hosts",
                    at: entry.place("prefix"))
                continue
            }
            let routers = nodes.indices.filter { index in
                nodes[index].approvedRoutes.contains { !$0.isDefaultRoute && $0.contains(prefix) }
            }
            if routers.isEmpty {
                problems.add(
                    "no node has an approved route to \(prefix); give one advertisedRoutes: [\(prefix)]",
                    at: entry.place("prefix"))
            }
            if let other = lanPrefixes.first(where: { $0.prefix.overlaps(prefix) }) {
                problems.add(
                    "\(prefix) overlaps the network \"\(other.name)\"; give it another prefix",
                    at: entry.place("prefix"))
                continue
            }
            guard hosts.count + count <= ScenarioLimits.hosts else {
                problems.add(
                    "with these hosts there are more than \(ScenarioLimits.hosts), the limit", at: entry.place("hosts"))
                continue
            }
            lanPrefixes.append((name, prefix))
            let size = UInt64(1) << UInt64(32 - prefix.bits)
            var taken: Set<UInt32> = []
            var indices: [Int] = []
            for number in 1...count {
                let host = "\(name)-\(number)"
                let key = numbering.root.key("scenario").key("host").key(host)
                var attempt: UInt64 = 0
                var address: UInt32 = 0
                repeat {
                    address =
                        UInt32(truncatingIfNeeded: prefix.address.low) + UInt32(1 + key.draw(attempt, below: size - 2))
                    attempt += 1
                } while !taken.insert(address).inserted
                indices.append(hosts.count)
                hosts.append(Host(key: host, address: address, place: .lan(routers: routers)))
            }
            hostIndex[selector] = indices
        }
    }

    /// The hosts that a selector means; nil where it is no selector of hosts.
    mutating func hosts(_ selector: String, at place: SourceLocation) -> [Int]? {
        if let known = hostIndex[selector] { return known }
        if selector == "internet" {
            // Of the three blocks that are reserved for documentation, so that no stranger is named.
            let blocks: [UInt32] = [0xC000_0200, 0xC633_6400, 0xCB00_7100]
            let indices = Array(hosts.count..<hosts.count + 120)
            for number in 0..<120 {
                let address = blocks[number % 3] | UInt32(2 + 2 * (number / 3))
                hosts.append(Host(key: "internet-\(number)", address: address, place: .internet))
            }
            hostIndex[selector] = indices
            return indices
        }
        if selector.hasPrefix("gone:") {
            let address = numbering.addresses(selector).ipv4
            hosts.append(
                Host(key: selector, address: UInt32(truncatingIfNeeded: address.low), place: .gone))
            hostIndex[selector] = [hosts.count - 1]
            return hostIndex[selector]
        }
        guard selector.hasPrefix("lan:") else { return nil }
        let known = hostIndex.keys.filter { $0.hasPrefix("lan:") }.sorted()
        problems.add("there is no network \"\(selector)\"\(Suggestion.text(for: selector, among: known))", at: place)
        return []
    }

    /// Makes the nodes of fleets: one for each job that a runner does in the scenario's span.
    mutating func readFleets(_ entries: [ScenarioEntry]) {
        for entry in entries {
            guard let name = entry.text("name"), let runners = entry.number("runners") else { continue }
            if nodeIndex[name] != nil {
                problems.add("there are two nodes named \"\(name)\"", at: entry.place("name"))
                continue
            }
            let tags = Set((entry.texts("tags") ?? []).map(\.text)).sorted()
            checkTags(entry)
            let job = (entry.span("job") ?? .minutes(15)).nanoseconds
            let cycle = job + (entry.span("pause") ?? .minutes(5)).nanoseconds
            let first = (span.start.nanoseconds - 4 * cycle) / cycle
            let last = span.end.nanoseconds / cycle
            let most = (last - first + 1).multipliedReportingOverflow(by: Int64(runners))
            guard !most.overflow, Int64(nodes.count) + most.partialValue <= Int64(ScenarioLimits.nodes) else {
                problems.add(
                    "with the jobs of this fleet there are more than \(ScenarioLimits.nodes) nodes, the limit; give fewer "
                        + "runners, longer jobs or a shorter scenario", at: entry.place("runners"))
                continue
            }
            let isAlways = entry.text("schedule") == "always"
            var indices: [Int] = []
            for runner in 1...runners {
                let key = numbering.root.key("fleet").key(name).key(UInt64(runner))
                for number in first...last {
                    let life = key.key(UInt64(bitPattern: number))
                    let begin = number * cycle + Int64(life.draw(0, below: UInt64(cycle - job)))
                    let length = job / 4 + Int64(life.draw(1, below: UInt64(job * 3 / 4)))
                    let hour = (begin / 3_600_000_000_000) % 24
                    let isBusy = isAlways || (8..<19).contains(hour)
                    guard begin + length > span.start.nanoseconds - 3 * cycle,
                        life.chance(2, permille: isBusy ? 850 : 120)
                    else { continue }
                    indices.append(nodes.count)
                    addJob(
                        "\(name)-\(runner)-\(String(number % 1_679_616, radix: 36))", entry, tags,
                        from: begin, to: begin + length)
                }
            }
            nodeIndex[name] = indices
            checkHostNames(of: indices, entry)
        }
    }

    private mutating func addJob(_ name: String, _ entry: ScenarioEntry, _ tags: [String], from: Int64, to: Int64) {
        let hostName = numbering.hostName(name)
        let addresses = numbering.addresses(name)
        nodeIndex[name] = [nodes.count]
        var node = Node(
            key: name, hostName: hostName, name: "\(hostName).\(tailnet.dnsSuffix)",
            number: numbering.number(.node, name), owner: nil, tags: tags,
            os: entry.choice("os", OperatingSystem.self) ?? .linux, ipv4: addresses.ipv4, ipv6: addresses.ipv6,
            clientVersion: numbering.clientVersion(name), isEphemeral: true, keyExpiryDisabled: true,
            created: Instant(nanoseconds: from), advertisedRoutes: [], approvedRoutes: [])
        node.removed = Instant(nanoseconds: to)
        node.isUserspace = entry.flag("userspace") ?? false
        nodes.append(node)
        roles.append(.server)
        connections.append(NodeConnection())
    }
}
