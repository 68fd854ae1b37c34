import ByteText
import SimTime
import TailnetModel

extension ByteCursor {
    /// Writes a record of the poll API or of an object, which are the same for flow records, and a newline.
    @inline(__always)
    mutating func putFlowRecord(
        _ head: FlowRecordHead, _ source: FlowSource, _ text: FlowText, _ stamps: inout FlowStamps
    ) {
        put("{\"logged\":\"")
        putTimestamp(nanoseconds: head.logged.nanoseconds, &stamps.logged)
        put("\",")
        putFlowFields(head, source, text, &stamps)
        put("}\n")
    }

    /// Writes the streamed envelope of a record, and a newline.
    @inline(__always)
    mutating func putFlowEnvelope(
        _ head: FlowRecordHead, _ source: FlowSource, _ text: FlowText, _ stamps: inout FlowStamps
    ) {
        put("{\"time\":")
        putSeconds(milliseconds: StreamTime.milliseconds(start: head.start, end: head.end))
        put(",\"event\":{")
        putFlowFields(head, source, text, &stamps)
        put("},\"fields\":{\"recorded\":\"")
        putTimestamp(nanoseconds: head.logged.nanoseconds, &stamps.logged)
        put("\"}}\n")
    }

    /// Writes all fields from `nodeId` on, without braces.
    @inline(__always)
    private mutating func putFlowFields(
        _ head: FlowRecordHead, _ source: FlowSource, _ text: FlowText, _ stamps: inout FlowStamps
    ) {
        let node = text.fragments(of: head.node)
        putFragment(text, node.offset, node.headLength)
        putTimestamp(nanoseconds: head.start.nanoseconds, &stamps.start)
        put("\",\"end\":\"")
        putTimestamp(nanoseconds: head.end.nanoseconds, &stamps.end)
        put("\"")
        putFragment(text, node.offset &+ node.headLength, node.sourceLength)
        if head.peerCount > 0 && node.sourceLength > 0 { putPeers(head, source, text) }
        var first = head.firstEntry
        if head.virtualCount > 0 {
            put(",\"virtualTraffic\":[")
            putEntries(&first, head.virtualCount, source, text)
        }
        if head.subnetCount > 0 {
            put(",\"subnetTraffic\":[")
            putEntries(&first, head.subnetCount, source, text)
        }
        if head.exitCount > 0 {
            put(",\"exitTraffic\":[")
            putEntries(&first, head.exitCount, source, text)
        }
        if head.physicalCount > 0 {
            put(",\"physicalTraffic\":[")
            putEntries(&first, head.physicalCount, source, text)
        }
    }

    /// Copies a fragment of the directory's text, whose end is padded for wide copies.
    @inline(__always)
    private mutating func putFragment(_ text: FlowText, _ offset: UInt32, _ count: UInt32) {
        unsafe putWide(text.address(of: offset, count), count: Int(count))
    }

    @inline(__always)
    private mutating func putPeers(_ head: FlowRecordHead, _ source: FlowSource, _ text: FlowText) {
        put(",\"dstNodes\":[")
        for index in head.firstPeer..<head.firstPeer + head.peerCount {
            let peer = text.fragments(of: source.peer(index))
            putFragment(text, peer.entryOffset, peer.entryLength)
        }
        closeArray()
    }

    /// Writes `count` entries from `first` on, and the bracket behind them; moves `first` behind them.
    private mutating func putEntries(_ first: inout UInt32, _ count: UInt32, _ source: FlowSource, _ text: FlowText) {
        let end = first + count
        while first < end {
            putEntry(source.entry(first), text)
            first += 1
        }
        closeArray()
    }

    /// Writes one entry and a comma.
    @inline(__always)
    private mutating func putEntry(_ entry: FlowEntry, _ text: FlowText) {
        putObject { cursor in
            if entry.proto != 0 {
                cursor.put(",\"proto\":")
                cursor.putDecimal(UInt64(entry.proto))
            }
            if entry.source.family != 0 {
                cursor.put(",\"src\":\"")
                cursor.putEndpoint(entry.source, text)
            }
            if entry.target.family != 0 {
                cursor.put(",\"dst\":\"")
                cursor.putEndpoint(entry.target, text)
            }
            cursor.putCounts(entry.counts)
        }
        put(UInt8(ascii: ","))
    }

    /// Writes the counters that are not zero, each with a comma in front.
    @inline(__always)
    mutating func putCounts(_ counts: TrafficCounts) {
        if counts.txPackets != 0 {
            put(",\"txPkts\":")
            putDecimal(counts.txPackets)
        }
        if counts.txBytes != 0 {
            put(",\"txBytes\":")
            putDecimal(counts.txBytes)
        }
        if counts.rxPackets != 0 {
            put(",\"rxPkts\":")
            putDecimal(counts.rxPackets)
        }
        if counts.rxBytes != 0 {
            put(",\"rxBytes\":")
            putDecimal(counts.rxBytes)
        }
    }

    /// Writes an address, the port and the closing quote.
    @inline(__always)
    private mutating func putEndpoint(_ endpoint: FlowEndpoint, _ text: FlowText) {
        if endpoint.nodePlusOne != 0 {
            let node = endpoint.nodePlusOne &- 1
            if endpoint.family == 4 { put(text.fragments(of: node).ipv4) } else { put(text.ipv6(of: node)) }
        } else {
            putForeignAddress(endpoint)
        }
        putDecimal(UInt64(endpoint.port))
        put("\"")
    }

    /// Writes the address of an endpoint that no node has, and the colon before the port.
    private mutating func putForeignAddress(_ endpoint: FlowEndpoint) {
        if endpoint.family == 4 {
            putIPv4(UInt32(truncatingIfNeeded: endpoint.low))
            put(":")
        } else {
            put("[")
            putIPv6(high: endpoint.high, low: endpoint.low)
            put("]:")
        }
    }
}

/// The `time` of streamed envelopes: seconds with the precision of milliseconds.
///
/// Zeros at the end of the fraction are dropped, as Go's encoder writes numbers. Every capture known has a time whose
/// third decimal is not zero, so that this one trait is unverified; as numbers both forms are equal.
enum StreamTime {
    /// The milliseconds of a flow record's envelope: the middle of its window, rounded down.
    @inline(__always)
    static func milliseconds(start: Instant, end: Instant) -> Int64 {
        let half = (end &- start).nanoseconds >> 1
        return milliseconds(start &+ .nanoseconds(half))
    }

    /// The instant in whole milliseconds, rounded down.
    @inline(__always)
    static func milliseconds(_ instant: Instant) -> Int64 {
        let (quotient, remainder) = instant.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
