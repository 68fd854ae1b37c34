import ByteText
import SimTime
public import TailnetModel

extension FlowLogCodec {
    /// Reads a record in a channel's form.
    ///
    /// On `stream` the bytes are an envelope, and its `fields.recorded` becomes `logged`.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer, channel: Channel, strictness: Strictness = .lenient
    ) throws(RecordError) -> FlowLog {
        if strictness == .lenient { return unsafe try read(bytes, channel).log }
        let inspected = unsafe try inspect(bytes, channel: channel)
        if let first = inspected.deviations.first {
            throw RecordError(offset: first.offset, message: first.kind.rawValue)
        }
        return inspected.record
    }

    /// Reads a record from an array of bytes.
    public static func decode(
        _ bytes: [UInt8], channel: Channel, strictness: Strictness = .lenient
    ) throws(RecordError) -> FlowLog {
        unsafe try bytes.withRecordBytes { (raw) throws(RecordError) in
            unsafe try decode(raw, channel: channel, strictness: strictness)
        }
    }

    /// Reads a record and lists all that the service would have written differently.
    public static func inspect(
        _ bytes: UnsafeRawBufferPointer, channel: Channel
    ) throws(RecordError) -> InspectedRecord<FlowLog> {
        let (log, reader) = unsafe try read(bytes, channel)
        var deviations = reader.deviations
        if channel != .stream && log.logged == nil { deviations.append(RecordDeviation(.missingKey, at: 0)) }
        if log.end < log.start { deviations.append(RecordDeviation(.windowOrder, at: 0)) }
        var canonical: [UInt8] = []
        encode(log, channel: channel, into: &canonical)
        unsafe RecordDeviation.compare(bytes, with: canonical, &deviations)
        return InspectedRecord(record: log, deviations: deviations)
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ channel: Channel
    ) throws(RecordError) -> (log: FlowLog, reader: RecordReader) {
        var reader = unsafe RecordReader(bytes)
        var log = FlowLog(nodeID: "", start: .epoch, end: .epoch)
        if channel == .stream {
            let envelope = try reader.envelope { (reader) throws(RecordError) in
                log = try reader.flowLog(isStreamed: true)
            }
            log.logged = envelope.recorded ?? log.logged
            if let time = envelope.milliseconds, time != StreamTime.milliseconds(start: log.start, end: log.end) {
                reader.note(.timeValue, at: envelope.timeOffset)
            }
        } else {
            log = try reader.flowLog(isStreamed: false)
        }
        try reader.finish()
        return (log, reader)
    }
}

private enum FlowLogKey: String, RecordKey {
    case logged, nodeId, start, end, srcNode, dstNodes, virtualTraffic, subnetTraffic, exitTraffic, physicalTraffic
}

private enum FlowNodeKey: String, RecordKey {
    case nodeId, name, addresses, os, user, tags
}

private enum FlowCountsKey: String, RecordKey {
    case proto, src, dst, txPkts, txBytes, rxPkts, rxBytes
}

extension RecordReader {
    fileprivate mutating func flowLog(isStreamed: Bool) throws(RecordError) -> FlowLog {
        var log = FlowLog(nodeID: "", start: .epoch, end: .epoch)
        try object("the flow record", required: [FlowLogKey.nodeId, .start, .end]) {
            (reader, key, token) throws(RecordError) in
            switch key {
            case .logged:
                log.logged = try reader.timestamp(key)
                if isStreamed { reader.note(.foreignKey, at: token.start) }
            case .nodeId: log.nodeID = try reader.string(key)
            case .start: log.start = try reader.timestamp(key)
            case .end: log.end = try reader.timestamp(key)
            case .srcNode:
                let begin = try reader.next()
                guard begin.kind != .null else { return reader.note(.null, at: begin.start) }
                let node = try reader.flowNode(begin)
                if node.nodeID != log.nodeID { reader.note(.reporterIdentity, at: begin.start) }
                log.srcNode = node
            case .dstNodes: log.dstNodes = try reader.flowNodes(key, reporter: log.nodeID)
            case .virtualTraffic: log.virtualTraffic = try reader.flowEntries(key, .virtual)
            case .subnetTraffic: log.subnetTraffic = try reader.flowEntries(key, .subnet)
            case .exitTraffic: log.exitTraffic = try reader.flowEntries(key, .exit)
            case .physicalTraffic: log.physicalTraffic = try reader.flowEntries(key, .physical)
            }
        }
        return log
    }

    private mutating func flowNodes(_ key: FlowLogKey, reporter: String) throws(RecordError) -> [FlowNode] {
        var nodes: [FlowNode] = []
        try array(key) { (reader, token) throws(RecordError) in
            let node = try reader.flowNode(token)
            if node.nodeID == reporter { reader.note(.reporterAmongNodes, at: token.start) }
            if let last = nodes.last?.nodeID {
                if last == node.nodeID {
                    reader.note(.duplicateNode, at: token.start)
                } else if !last.utf8.lexicographicallyPrecedes(node.nodeID.utf8) {
                    reader.note(.nodeOrder, at: token.start)
                }
            }
            nodes.append(node)
        }
        return nodes
    }

    private mutating func flowNode(_ begin: JSONToken) throws(RecordError) -> FlowNode {
        guard begin.kind == .objectStart else { throw RecordError(offset: begin.start, message: "a node is no object") }
        var node = FlowNode(nodeID: "")
        try members("a node", from: begin.start, required: [FlowNodeKey.nodeId]) {
            (reader, key, token) throws(RecordError) in
            switch key {
            case .nodeId: node.nodeID = try reader.string(key)
            case .name: node.name = try reader.optionalString(key)
            case .addresses:
                node.addresses = try reader.strings(key)
                let families = node.addresses.map { IPAddress($0)?.family }
                if ![[.ipv4], [.ipv6], [.ipv4, .ipv6], []].contains(families) {
                    reader.note(.addressList, at: token.start)
                }
            case .os: node.os = try reader.optionalString(key)
            case .user: node.user = try reader.optionalString(key)
            case .tags:
                node.tags = try reader.strings(key)
                if !node.tags.isStrictlySorted { reader.note(.tagOrder, at: token.start) }
            }
        }
        if !node.user.isEmpty && !node.tags.isEmpty { note(.userAndTags, at: begin.start) }
        return node
    }

    private mutating func flowEntries(_ key: FlowLogKey, _ kind: TrafficClass) throws(RecordError) -> [FlowCounts] {
        var entries: [FlowCounts] = []
        var last: FlowEntry?
        try array(key) { (reader, token) throws(RecordError) in
            let counts = try reader.flowCounts(token)
            entries.append(counts)
            guard let entry = reader.checked(counts, kind, at: token.start) else { return }
            if let last {
                if FlowEntry.precedes(entry, last) {
                    reader.note(.entryOrder, at: token.start)
                } else if !FlowEntry.precedes(last, entry) {
                    reader.note(.duplicateEntry, at: token.start)
                }
            }
            last = entry
        }
        return entries
    }

    private mutating func flowCounts(_ begin: JSONToken) throws(RecordError) -> FlowCounts {
        guard begin.kind == .objectStart else {
            throw RecordError(offset: begin.start, message: "an entry of a traffic array is no object")
        }
        var entry = FlowCounts(proto: 0, src: "", dst: "", counts: TrafficCounts())
        try members("an entry", from: begin.start, required: [FlowCountsKey]()) {
            (reader, key, token) throws(RecordError) in
            switch key {
            case .proto: entry.proto = try reader.protocolNumber(key)
            case .src: entry.src = try reader.optionalString(key)
            case .dst: entry.dst = try reader.optionalString(key)
            case .txPkts: entry.counts.txPackets = try reader.counter(key)
            case .txBytes: entry.counts.txBytes = try reader.counter(key)
            case .rxPkts: entry.counts.rxPackets = try reader.counter(key)
            case .rxBytes: entry.counts.rxBytes = try reader.counter(key)
            }
        }
        return entry
    }

    /// Reads a protocol: a number on the wire, a name in the service's published schema.
    private mutating func protocolNumber(_ key: FlowCountsKey) throws(RecordError) -> UInt8 {
        let token = try next()
        let raw = unsafe rawBytes(token)
        if token.kind == .string { note(.protocolName, at: token.start) }
        if token.kind == .number || token.kind == .string, let value = unsafe RecordNumber.unsigned(raw), value < 256 {
            if value == 0 { note(.emptyValue, at: token.start) }
            return UInt8(value)
        }
        if token.kind == .string, let known = FlowProtocol.numbers.first(where: { $0.name == text(token) }) {
            return known.number
        }
        throw mismatch(key, token, "protocol number from 0 to 255")
    }
}

/// Protocols by their names in the service's published schema.
private enum FlowProtocol {
    static let numbers: [(name: String, number: UInt8)] = [
        ("icmp", 1), ("igmp", 2), ("ipv4", 4), ("tcp", 6), ("egp", 8), ("igp", 9), ("udp", 17), ("dccp", 33),
        ("gre", 47), ("esp", 50), ("ah", 51), ("ipv6-icmp", 58), ("sctp", 132),
    ]
}
