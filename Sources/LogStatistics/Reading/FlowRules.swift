import LogFormats
import SimTime
import TailnetModel

/// Checks the values of flow records against what the real client writes (its source, and captures of its records).
struct FlowRules {
    /// The client's upper-bound estimate of a record's size: a base, and so much for each entry.
    private static let sizeBase = 219
    private static let sizeOfEntry = 247
    private static let sizeLimit = 256 << 10
    /// A datagram has 32 bytes of header and tag; handshakes have 148 and 92.
    private static let emptyDatagram: UInt64 = 32
    private static let initiation: UInt64 = 148
    private static let response: UInt64 = 92

    private(set) var broken = BrokenRules()
    /// The ordinal of the record, by which nodes are marked as named and used.
    private var ordinal: UInt64 = 0
    private var lastLogged = Int64.min

    /// Checks a record; what it breaks is in `broken` afterwards.
    mutating func check(_ line: FlowLine, _ table: inout KnownNodes) {
        ordinal += 1
        broken.removeAll()
        checkTimes(line, &table)
        checkNodes(line, &table)
        if line.entries.isEmpty { broken.add(.noEntries) }
        let isNamed = line.source >= 0
        for kind in TrafficClass.allCases { checkEntries(line, kind, isNamed, &table) }
        if isNamed { checkUse(line, table) }
    }

    private mutating func checkTimes(_ line: FlowLine, _ table: inout KnownNodes) {
        if line.logged < lastLogged { broken.add(.loggedOrder) }
        lastLogged = max(lastLogged, line.logged)
        if line.logged < line.end { broken.add(.loggedEarly) }
        guard line.start < line.end else { return broken.add(.emptyWindow) }
        switch table.nodes[Int(line.node)].windows.add(line.start, line.end) {
        case .fine: break
        case .overlaps: broken.add(.windowOverlap)
        case .startsTooClose: broken.add(.windowStarts)
        }
    }

    private mutating func checkNodes(_ line: FlowLine, _ table: inout KnownNodes) {
        if !table.nodes[Int(line.node)].isStable { broken.add(.identifier) }
        var size = FlowRules.sizeBase + FlowRules.sizeOfEntry * line.entries.count
        table.nodes[Int(line.node)].named = ordinal
        if line.source >= 0 {
            let description = table.descriptions[Int(line.source)]
            size += description.length
            if !description.hasGoodAddresses { broken.add(.nodeAddress) }
        }
        var last: Int32 = -1
        for peer in line.peers {
            let description = table.descriptions[Int(peer)]
            let node = description.node
            size += description.length
            if !description.hasGoodAddresses { broken.add(.nodeAddress) }
            if !table.nodes[Int(node)].isStable { broken.add(.identifier) }
            if node == line.node { broken.add(.reporterAmongNodes) }
            if last >= 0 && !table.precedes(last, node) { broken.add(.nodeOrder) }
            last = node
            table.nodes[Int(node)].named = ordinal
        }
        if size > FlowRules.sizeLimit { broken.add(.sizeCap) }
    }

    /// Whether every node of `dstNodes` has an address in some entry.
    private mutating func checkUse(_ line: FlowLine, _ table: KnownNodes) {
        for peer in line.peers where table.nodes[Int(table.descriptions[Int(peer)].node)].used != ordinal {
            return broken.add(.uselessNode)
        }
    }

    /// The node of the record that has the endpoint's address; -1 for none.
    @inline(__always)
    private func owner(_ endpoint: FlowEndpoint, _ line: FlowLine, _ table: inout KnownNodes) -> Int32 {
        guard TailnetSpace.holds(endpoint) else { return -1 }
        let node = table.node(havingAddress: endpoint.low)
        if node >= 0 && table.nodes[Int(node)].named == ordinal {
            table.nodes[Int(node)].used = ordinal
            return node
        }
        return slowOwner(endpoint, line, &table)
    }

    /// The same where an address has changed hands.
    @inline(never)
    private func slowOwner(_ endpoint: FlowEndpoint, _ line: FlowLine, _ table: inout KnownNodes) -> Int32 {
        for index in line.peers + [line.source] where index >= 0 {
            let description = table.descriptions[Int(index)]
            let isSame =
                endpoint.family == 4
                ? description.ipv4 == UInt32(truncatingIfNeeded: endpoint.low)
                : description.ipv6Low == endpoint.low && description.ipv6High == endpoint.high
            if isSame {
                table.nodes[Int(description.node)].used = ordinal
                return description.node
            }
        }
        return -1
    }

    private mutating func checkEntries(
        _ line: FlowLine, _ kind: TrafficClass, _ isNamed: Bool, _ table: inout KnownNodes
    ) {
        let range = line.range(kind)
        for index in range {
            let entry = line.entries[index]
            if index > range.lowerBound && !FlowEntry.precedes(line.entries[index - 1], entry) {
                broken.add(.entryOrder)
            }
            let source = isNamed ? owner(entry.source, line, &table) : -1
            let target = isNamed ? owner(entry.target, line, &table) : -1
            switch kind {
            case .virtual:
                checkPresence(entry)
                checkPackets(entry)
                if isNamed && (source < 0 || target < 0) { broken.add(.unnamedNode) }
                if isNamed && source != line.node && source >= 0 { broken.add(.classOfEntry) }
            case .subnet:
                checkPresence(entry)
                checkPackets(entry)
                // Of the two ends one is the tailnet's: the reporting client, or the client of the reporting router.
                if isNamed && (source == line.node) == (target >= 0) { broken.add(.classOfEntry) }
            case .exit: checkExit(entry)
            case .physical: checkPhysical(entry, isNamed, source, line.node)
            }
        }
    }

    @inline(__always)
    private mutating func checkPresence(_ entry: FlowEntry) {
        if entry.proto == 0 { broken.add(.protocolPresence) }
        if entry.source.family == 0 || entry.target.family == 0 { broken.add(.endpointPresence) }
        checkPorts(entry)
    }

    /// TCP, UDP and SCTP have ports at both ends; all others have none.
    @inline(__always)
    private mutating func checkPorts(_ entry: FlowEntry) {
        let hasPorts = entry.proto == 6 || entry.proto == 17 || entry.proto == 132
        if entry.source.family != 0 && (entry.source.port != 0) != hasPorts { broken.add(.port) }
        if entry.target.family != 0 && (entry.target.port != 0) != hasPorts { broken.add(.port) }
    }

    /// Whole packets, IP header included.
    @inline(__always)
    private mutating func checkPackets(_ entry: FlowEntry) {
        let least: UInt64 = entry.source.family == 6 || entry.target.family == 6 ? 40 : 20
        let counts = entry.counts
        if counts.txBytes < counts.txPackets &* least || counts.rxBytes < counts.rxPackets &* least
            || (counts.txPackets == 0) != (counts.txBytes == 0) || (counts.rxPackets == 0) != (counts.rxBytes == 0)
        {
            broken.add(.packetSize)
        }
    }

    private mutating func checkExit(_ entry: FlowEntry) {
        checkPackets(entry)
        if entry.proto != 0 {
            if entry.source.family == 0 || entry.target.family == 0 { broken.add(.endpointPresence) }
            return checkPorts(entry)
        }
        for end in [entry.source, entry.target] where end.family != 0 {
            if end.port != 0 || !TailnetSpace.holds(end) { broken.add(.exitAnonymity) }
        }
    }

    @inline(__always)
    private mutating func checkPhysical(_ entry: FlowEntry, _ isNamed: Bool, _ source: Int32, _ node: Int32) {
        if entry.proto != 0 { broken.add(.protocolPresence) }
        if entry.source.family == 0 || entry.target.family == 0 { broken.add(.endpointPresence) }
        if entry.source.port != 0 { broken.add(.port) }
        if isNamed && source < 0 { broken.add(.unnamedNode) }
        if isNamed && source == node { broken.add(.classOfEntry) }
        if entry.target.port == 0 || TailnetSpace.holds(entry.target) { broken.add(.underlay) }
        if !FlowRules.areDatagrams(entry.counts.txPackets, entry.counts.txBytes)
            || !FlowRules.areDatagrams(entry.counts.rxPackets, entry.counts.rxBytes)
        {
            broken.add(.datagramSize)
        }
    }

    /// Whether so many datagrams can have so many bytes: multiples of 16 from 32 on, and handshakes.
    ///
    /// Handshakes leave 4 (initiation) or 12 (response) when divided by 16; the fewest that explain the remainder are
    /// taken for granted, since every further pair of them can be replaced by data.
    @inline(__always)
    static func areDatagrams(_ packets: UInt64, _ bytes: UInt64) -> Bool {
        guard packets > 0 else { return bytes == 0 }
        switch bytes & 15 {
        case 0: return bytes >= packets &* emptyDatagram
        case 4: return bytes >= initiation &+ (packets &- 1) &* emptyDatagram
        case 12: return bytes >= response &+ (packets &- 1) &* emptyDatagram
        case 8: return packets >= 2 && bytes >= 2 &* response &+ (packets &- 2) &* emptyDatagram
        default: return false
        }
    }
}

extension KnownNodes {
    /// Whether one node's ID stands before another's.
    @inline(__always)
    func precedes(_ left: Int32, _ right: Int32) -> Bool {
        let a = nodes[Int(left)]
        let b = nodes[Int(right)]
        return texts[a.offset..<a.offset + a.length].lexicographicallyPrecedes(texts[b.offset..<b.offset + b.length])
    }
}
