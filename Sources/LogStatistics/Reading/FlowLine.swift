import ByteText
import LogFormats
import SimTime
import TailnetModel

/// One record of the network log in numbers, taken apart in one pass.
///
/// `read` takes only the very bytes that the service would write (key order, spacing, number and timestamp forms, no
/// zero and no empty value), so that what it takes need not be written again to be known as faithful.
struct FlowLine {
    private(set) var logged: Int64 = 0
    private(set) var start: Int64 = 0
    private(set) var end: Int64 = 0
    /// Index of the reporting node in the table.
    private(set) var node: Int32 = 0
    /// Index of the description in `srcNode`; -1 where there is none.
    private(set) var source: Int32 = -1
    /// Indices of the descriptions in `dstNodes`.
    private(set) var peers: [Int32] = []
    /// The entries of the four classes, one class after the other.
    private(set) var entries: [FlowEntry] = []
    /// Where each class ends in `entries`.
    private(set) var ends = SIMD4<Int32>(repeating: 0)

    private var loggedMemory = MinuteMemory()
    private var startMemory = MinuteMemory()
    private var endMemory = MinuteMemory()

    /// The range of `entries` that belongs to a class.
    @inline(__always)
    func range(_ kind: TrafficClass) -> Range<Int> {
        let index = Int(kind.rawValue)
        return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    /// Reads a record of an object, without its newline; false where it is not byte for byte what the service writes,
    /// or has text beyond plain ASCII, which only the slower decoder understands.
    mutating func read(_ text: Span<UInt8>, _ table: inout KnownNodes) -> Bool {
        var cursor = TextCursor()
        clear()
        guard cursor.take("{\"logged\":\"", text), let logged = loggedMemory.take(&cursor, text),
            cursor.take(",\"nodeId\":\"", text), let id = cursor.takePlainText(text), !id.isEmpty,
            cursor.take(",\"start\":\"", text), let start = startMemory.take(&cursor, text),
            cursor.take(",\"end\":\"", text), let end = endMemory.take(&cursor, text)
        else { return false }
        self.logged = logged
        self.start = start
        self.end = end
        node = table.node(text.extracting(id))
        if cursor.take(",\"srcNode\":", text) {
            guard let found = FlowLine.takeNode(&cursor, text, &table) else { return false }
            guard table.descriptions[Int(found)].node == node else { return false }
            source = found
        }
        if cursor.take(",\"dstNodes\":[", text) {
            guard takePeers(&cursor, text, &table) else { return false }
        }
        guard takeEntries(&cursor, text, ",\"virtualTraffic\":[", 0),
            takeEntries(&cursor, text, ",\"subnetTraffic\":[", 1),
            takeEntries(&cursor, text, ",\"exitTraffic\":[", 2),
            takeEntries(&cursor, text, ",\"physicalTraffic\":[", 3)
        else { return false }
        return cursor.take(UInt8(ascii: "}"), text) && cursor.place == text.count
    }

    private mutating func clear() {
        source = -1
        peers.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        ends = SIMD4(repeating: 0)
    }

    private mutating func takePeers(
        _ cursor: inout TextCursor, _ text: Span<UInt8>, _ table: inout KnownNodes
    ) -> Bool {
        repeat {
            guard let found = FlowLine.takeNode(&cursor, text, &table) else { return false }
            peers.append(found)
        } while cursor.take(UInt8(ascii: ","), text)
        return cursor.take(UInt8(ascii: "]"), text)
    }

    @inline(__always)
    private mutating func takeEntries(
        _ cursor: inout TextCursor, _ text: Span<UInt8>, _ key: StaticString, _ kind: Int
    ) -> Bool {
        if cursor.take(key, text) {
            repeat {
                guard takeEntry(&cursor, text) else { return false }
            } while cursor.take(UInt8(ascii: ","), text)
            guard cursor.take(UInt8(ascii: "]"), text) else { return false }
        }
        ends[kind] = Int32(entries.count)
        return true
    }

    @inline(__always)
    private mutating func takeEntry(_ cursor: inout TextCursor, _ text: Span<UInt8>) -> Bool {
        var entry = FlowEntry(proto: 0, source: .absent, target: .absent, counts: TrafficCounts())
        guard cursor.take("{\"", text) else { return false }
        var isFirst = true
        if cursor.take("proto\":", text) {
            guard let value = cursor.takeSmall(text, atMost: 255), value > 0 else { return false }
            entry.proto = UInt8(value)
            isFirst = false
        }
        if isFirst ? cursor.take("src\":\"", text) : cursor.take(",\"src\":\"", text) {
            guard let endpoint = cursor.takeEndpoint(text) else { return false }
            entry.source = endpoint
            isFirst = false
        }
        if isFirst ? cursor.take("dst\":\"", text) : cursor.take(",\"dst\":\"", text) {
            guard let endpoint = cursor.takeEndpoint(text) else { return false }
            entry.target = endpoint
            isFirst = false
        }
        if isFirst ? cursor.take("txPkts\":", text) : cursor.take(",\"txPkts\":", text) {
            guard let value = cursor.takeCount(text) else { return false }
            entry.counts.txPackets = value
            isFirst = false
        }
        if isFirst ? cursor.take("txBytes\":", text) : cursor.take(",\"txBytes\":", text) {
            guard let value = cursor.takeCount(text) else { return false }
            entry.counts.txBytes = value
            isFirst = false
        }
        if isFirst ? cursor.take("rxPkts\":", text) : cursor.take(",\"rxPkts\":", text) {
            guard let value = cursor.takeCount(text) else { return false }
            entry.counts.rxPackets = value
            isFirst = false
        }
        if isFirst ? cursor.take("rxBytes\":", text) : cursor.take(",\"rxBytes\":", text) {
            guard let value = cursor.takeCount(text) else { return false }
            entry.counts.rxBytes = value
            isFirst = false
        }
        entries.append(entry)
        return !isFirst && cursor.take(UInt8(ascii: "}"), text)
    }

    /// Takes over a record that the decoder of `LogFormats` has read.
    mutating func load(_ log: FlowLog, _ table: inout KnownNodes) {
        clear()
        logged = (log.logged ?? log.end).nanoseconds
        start = log.start.nanoseconds
        end = log.end.nanoseconds
        let id = Array(log.nodeID.utf8)
        node = table.node(id.span)
        source = log.srcNode.map { FlowLine.describe($0, &table) } ?? -1
        peers = log.dstNodes.map { FlowLine.describe($0, &table) }
        for kind in TrafficClass.allCases {
            for item in log[kind] {
                guard let source = FlowEndpoint(text: item.src), let target = FlowEndpoint(text: item.dst) else {
                    continue
                }
                entries.append(FlowEntry(proto: item.proto, source: source, target: target, counts: item.counts))
            }
            ends[Int(kind.rawValue)] = Int32(entries.count)
        }
    }
}
