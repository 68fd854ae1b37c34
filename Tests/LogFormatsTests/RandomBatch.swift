import SimTime
import TailnetModel

/// A small generator of test data; the same seed gives the same data.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// A tailnet and records of it, drawn from a seed, in the form in which the simulation gives them.
struct RandomBatch {
    var mix: SplitMix
    var users: [User] = []
    var nodes: [Node] = []
    var batch = FlowRecordBatch()
    /// The same records as values.
    var logs: [FlowLog] = []

    init(seed: UInt64, nodeCount: Int = 30, recordCount: Int = 40) {
        mix = SplitMix(state: seed)
        let created = Instant(seconds: 1_700_000_000)
        users = (0..<4).map { index in
            User(
                key: "u\(index)", login: "user\(index)@example.com", displayName: "User \(index)", role: .member,
                number: UInt64(index) + 77, timeZone: .utc, created: created)
        }
        nodes = (0..<nodeCount).map { node($0, created: created) }
        var logged = Instant(nanoseconds: 1_785_574_800_000_000_000)
        for _ in 0..<recordCount {
            // Now and then timestamps are whole seconds, or end in zeros.
            let step = [1, 1_000, 1_000_000, 1_000_000_000][mix.below(4)]
            logged = Instant(nanoseconds: (logged.nanoseconds / Int64(step) + Int64(mix.below(900))) * Int64(step))
            addRecord(logged: logged)
        }
    }

    private mutating func node(_ index: Int, created: Instant) -> Node {
        let ipv4 = TailnetAddress.ipv4(draw: mix.next())
        let isTagged = mix.below(3) == 0
        return Node(
            key: "n\(index)", hostName: "h\(index)", name: "h\(index).yak-bebop.ts.net", number: mix.next() >> 11,
            owner: isTagged ? nil : mix.below(users.count), tags: isTagged ? ["tag:a", "tag:b\"q"] : [],
            os: OperatingSystem.allCases[mix.below(OperatingSystem.allCases.count)], ipv4: IPAddress(ipv4: ipv4),
            ipv6: TailnetAddress.ipv6(for: ipv4, byte: UInt8(mix.below(256))),
            clientVersion: mix.below(6) == 0 ? "1.90.8" : "1.98.2", isEphemeral: false, keyExpiryDisabled: false,
            created: created, advertisedRoutes: [], approvedRoutes: [])
    }

    private mutating func addRecord(logged: Instant) {
        let reporter = mix.below(nodes.count)
        let end = logged - .nanoseconds(Int64(mix.below(3_000_000_000)))
        let start = end - .nanoseconds(Int64(mix.below(2)) * 5_000_000_000 + Int64(mix.below(1_000)))
        var peers = Set((0..<mix.below(5)).map { _ in mix.below(nodes.count) })
        peers.remove(reporter)
        let sorted = peers.sorted { nodes[$0].stableID.utf8.lexicographicallyPrecedes(nodes[$1].stableID.utf8) }
        let hasNodes = nodes[reporter].clientVersion != "1.90.8"
        var head = FlowRecordHead(
            logged: logged, start: start, end: end, node: UInt32(reporter), firstEntry: UInt32(batch.entries.count),
            firstPeer: UInt32(batch.peers.count), peerCount: UInt32(sorted.count), virtualCount: 0, subnetCount: 0,
            exitCount: 0, physicalCount: 0)
        var log = FlowLog(
            logged: logged, nodeID: nodes[reporter].stableID, start: start, end: end,
            srcNode: hasNodes ? describe(reporter, withOS: false) : nil,
            dstNodes: hasNodes ? sorted.map { describe($0, withOS: true) } : [])
        batch.peers += sorted.map { UInt32($0) }
        for kind in TrafficClass.allCases {
            let entries = drawEntries(kind, reporter: reporter, peers: sorted)
            batch.entries += entries
            log[kind] = entries.map { entry in
                FlowCounts(
                    proto: entry.proto, src: text(entry.source), dst: text(entry.target), counts: entry.counts)
            }
            switch kind {
            case .virtual: head.virtualCount = UInt32(entries.count)
            case .subnet: head.subnetCount = UInt32(entries.count)
            case .exit: head.exitCount = UInt32(entries.count)
            case .physical: head.physicalCount = UInt32(entries.count)
            }
        }
        batch.heads.append(head)
        logs.append(log)
    }

    private func describe(_ index: Int, withOS: Bool) -> FlowNode {
        let node = nodes[index]
        return FlowNode(
            nodeID: node.stableID, name: node.name, addresses: ["\(node.ipv4)", "\(node.ipv6)"],
            os: withOS ? node.os.rawValue : "", user: node.owner.map { users[$0].login } ?? "", tags: node.tags)
    }

    /// The text by way of `IPAddress`, and not by the code under test.
    private func text(_ end: FlowEndpoint) -> String {
        switch end.family {
        case 0: ""
        case 4: "\(IPAddress(ipv4: UInt32(end.low))):\(end.port)"
        default: "[\(IPAddress(ipv6High: end.high, low: end.low))]:\(end.port)"
        }
    }

    private mutating func drawEntries(_ kind: TrafficClass, reporter: Int, peers: [Int]) -> [FlowEntry] {
        var entries: [FlowEntry] = []
        for _ in 0..<mix.below(4) {
            let proto: UInt8 = [6, 17, 1, 99][mix.below(4)]
            let hasPorts = proto == 6 || proto == 17
            let port: UInt16 = hasPorts ? UInt16(1 + mix.below(65_535)) : 0
            let peer = peers.isEmpty ? reporter : peers[mix.below(peers.count)]
            let entry: FlowEntry =
                switch kind {
                case .virtual:
                    FlowEntry(proto: proto, source: own(reporter, port), target: own(peer, port), counts: counts())
                case .subnet:
                    FlowEntry(proto: proto, source: own(reporter, port), target: foreign(port), counts: counts())
                case .exit:
                    [
                        FlowEntry(proto: 0, source: own(reporter, 0), target: .absent, counts: counts()),
                        FlowEntry(proto: 0, source: .absent, target: own(peer, 0), counts: counts()),
                        FlowEntry(proto: 0, source: .absent, target: .absent, counts: counts()),
                        FlowEntry(proto: proto, source: own(reporter, port), target: foreign(port), counts: counts()),
                    ][mix.below(4)]
                case .physical:
                    FlowEntry(proto: 0, source: own(peer, 0), target: foreign(41_641), counts: counts())
                }
            let isNew = entries.allSatisfy { FlowEntry.precedes($0, entry) || FlowEntry.precedes(entry, $0) }
            if isNew { entries.append(entry) }
        }
        return entries.sorted(by: FlowEntry.precedes)
    }

    private mutating func counts() -> TrafficCounts {
        var counts = TrafficCounts(txPackets: mix.next() >> UInt64(mix.below(64)))
        if mix.below(3) > 0 { counts.txBytes = mix.next() >> UInt64(mix.below(64)) }
        if mix.below(3) > 0 { counts.rxPackets = mix.next() >> UInt64(mix.below(64)) }
        if mix.below(3) > 0 { counts.rxBytes = mix.next() >> UInt64(mix.below(64)) }
        if counts.isZero { counts.rxBytes = 1 }
        return counts
    }

    private mutating func own(_ node: Int, _ port: UInt16) -> FlowEndpoint {
        let address = mix.below(3) == 0 ? nodes[node].ipv6 : nodes[node].ipv4
        return FlowEndpoint(
            high: address.high, low: address.low, family: address.family.rawValue, port: port,
            nodePlusOne: UInt32(node) + 1)
    }

    private mutating func foreign(_ port: UInt16) -> FlowEndpoint {
        if mix.below(2) == 0 { return FlowEndpoint(high: 0, low: mix.next() >> 32, family: 4, port: port) }
        // Shifts make runs of zero groups.
        let high = mix.next() >> UInt64(16 * mix.below(4))
        let low = mix.next() << UInt64(16 * mix.below(4))
        return FlowEndpoint(high: high, low: low, family: 6, port: port)
    }
}
