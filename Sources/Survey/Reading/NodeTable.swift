import ByteText
import SimTime
import TailnetModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A node as one text of a record describes it.
struct NodeDescription {
    /// Index of the node among those of the table.
    var node: Int32
    /// The next description of the same node; -1 for the last one.
    var next: Int32
    var offset: Int
    var length: Int
    var ipv4: UInt32 = 0
    var ipv6High: UInt64 = 0
    var ipv6Low: UInt64 = 0
    var hasOS = false
    var hasUser = false
    var hasTags = false
    /// Whether all addresses are ones that the service gives to nodes.
    var hasGoodAddresses = true
}

/// A node that records name.
struct KnownNode {
    var offset: Int
    var length: Int
    /// The newest of its descriptions; -1 for none.
    var description: Int32 = -1
    /// Whether the ID is one that the service makes.
    var isStable: Bool
    /// The record in which the node was last named as reporter or in `dstNodes`.
    var named: UInt64 = 0
    /// The record in which an entry last had one of the node's addresses.
    var used: UInt64 = 0
    var windows = WindowHistory()
}

/// The nodes that a log names: by ID, by the text that describes them, by address.
///
/// Records repeat the same texts: what has been read once is recognised by comparing bytes.
struct NodeTable {
    private(set) var texts: [UInt8] = []
    var nodes: [KnownNode] = []
    private(set) var descriptions: [NodeDescription] = []
    /// Slots of a hash table with open addressing: one more than a node's index, 0 for an empty one.
    private var slots = [Int32](repeating: 0, count: 1_024)
    /// Slots by IPv4 address and by the lower half of the IPv6 address.
    private var addressSlots: [(address: UInt64, node: Int32)] = Array(repeating: (0, 0), count: 4_096)
    private var addressCount = 0

    @inline(__always)
    private static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(id)
        var value = UInt64(raw.count) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset + 8 <= raw.count {
            value = (value ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0xD6E8_FEB8_6659_FD93
            value ^= value >> 32
            offset += 8
        }
        while offset < raw.count {
            value = (value ^ UInt64(raw[offset])) &* 0xD6E8_FEB8_6659_FD93
            offset += 1
        }
        return value ^ value >> 29
    }

    /// The node of that ID, which is made known where it is new.
    @inline(__always)
    mutating func node(_ id: UnsafeBufferPointer<UInt8>) -> Int32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: NodeTable.hash(id)) & mask
        while slots[slot] != 0 {
            let index = slots[slot] - 1
            if isText(nodes[Int(index)].offset, nodes[Int(index)].length, id) { return index }
            slot = (slot + 1) & mask
        }
        return insert(id)
    }

    @inline(__always)
    private func isText(_ offset: Int, _ length: Int, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard length == other.count, let start = other.baseAddress else { return false }
        return texts.withUnsafeBufferPointer { texts in
            guard let base = texts.baseAddress else { return false }
            return memcmp(base + offset, start, length) == 0
        }
    }

    @inline(never)
    private mutating func insert(_ id: UnsafeBufferPointer<UInt8>) -> Int32 {
        let parsed = StableID.parse(String(decoding: id, as: UTF8.self))
        let index = Int32(nodes.count)
        nodes.append(KnownNode(offset: texts.count, length: id.count, isStable: parsed?.kind == .node))
        texts.append(contentsOf: id)
        if nodes.count * 2 > slots.count {
            slots = [Int32](repeating: 0, count: slots.count * 2)
            for other in nodes.indices { link(other) }
        } else {
            link(Int(index))
        }
        return index
    }

    private mutating func link(_ index: Int) {
        let node = nodes[index]
        let hash = texts.withUnsafeBufferPointer { texts in
            NodeTable.hash(UnsafeBufferPointer(rebasing: texts[node.offset..<node.offset + node.length]))
        }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index + 1)
    }

    /// The description of a node whose text begins at `place` and was read before.
    @inline(__always)
    func known(_ node: Int32, at place: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Int32? {
        var index = nodes[Int(node)].description
        while index >= 0 {
            let description = descriptions[Int(index)]
            let text = UnsafeBufferPointer(start: place, count: min(description.length, end - place))
            if isText(description.offset, description.length, text) { return index }
            index = description.next
        }
        return nil
    }

    /// Takes up a description that is new.
    mutating func insert(_ description: NodeDescription, text: UnsafeBufferPointer<UInt8>) -> Int32 {
        var description = description
        let index = Int32(descriptions.count)
        description.offset = texts.count
        description.length = text.count
        description.next = nodes[Int(description.node)].description
        texts.append(contentsOf: text)
        nodes[Int(description.node)].description = index
        descriptions.append(description)
        if description.ipv4 != 0 { link(UInt64(description.ipv4), description.node) }
        if description.ipv6Low != 0 { link(description.ipv6Low, description.node) }
        return index
    }

    /// The node that was last seen to have an address: IPv4, or the lower half of IPv6; -1 for none.
    @inline(__always)
    func node(havingAddress address: UInt64) -> Int32 {
        let mask = addressSlots.count - 1
        var slot = Int(truncatingIfNeeded: (address &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while addressSlots[slot].address != 0 {
            if addressSlots[slot].address == address { return addressSlots[slot].node }
            slot = (slot + 1) & mask
        }
        return -1
    }

    private mutating func link(_ address: UInt64, _ node: Int32) {
        if addressCount * 2 >= addressSlots.count {
            let old = addressSlots
            addressSlots = Array(repeating: (0, 0), count: old.count * 2)
            addressCount = 0
            for item in old where item.address != 0 { link(item.address, item.node) }
        }
        let mask = addressSlots.count - 1
        var slot = Int(truncatingIfNeeded: (address &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while addressSlots[slot].address != 0 && addressSlots[slot].address != address { slot = (slot + 1) & mask }
        if addressSlots[slot].address == 0 { addressCount += 1 }
        addressSlots[slot] = (address, node)
    }

    /// The ID of a node.
    func id(_ node: Int32) -> String {
        let known = nodes[Int(node)]
        return String(decoding: texts[known.offset..<known.offset + known.length], as: UTF8.self)
    }
}

/// The windows of a node that were seen of late: merged where they touch, so that an overlap shows.
struct WindowHistory {
    private struct Stretch {
        var start: Int64
        var end: Int64
        /// The start of the last window in the stretch.
        var lastStart: Int64
    }

    /// By time.
    private var stretches: [Stretch] = []
    /// More are not kept: what is older is no longer compared.
    private static let most = 96
    private static let closest: Int64 = 1_000_000

    /// What is wrong with a window beside the others.
    enum Finding { case fine, overlaps, startsTooClose }

    /// Adds a window, which is not empty.
    mutating func add(_ start: Int64, _ end: Int64) -> Finding {
        var index = stretches.count
        while index > 0 && stretches[index - 1].start > start { index -= 1 }
        let hasNext = index < stretches.count
        if index > 0 && stretches[index - 1].end > start { return .overlaps }
        if hasNext && stretches[index].start < end { return .overlaps }
        var finding = Finding.fine
        if index > 0 && start &- stretches[index - 1].lastStart < WindowHistory.closest { finding = .startsTooClose }
        if hasNext && stretches[index].start &- start < WindowHistory.closest { finding = .startsTooClose }
        let touchesNext = hasNext && stretches[index].start == end
        if index > 0 && stretches[index - 1].end == start {
            stretches[index - 1].end = end
            stretches[index - 1].lastStart = start
            if touchesNext {
                stretches[index - 1].end = stretches[index].end
                stretches[index - 1].lastStart = stretches[index].lastStart
                stretches.remove(at: index)
            }
        } else if touchesNext {
            stretches[index].start = start
        } else {
            stretches.insert(Stretch(start: start, end: end, lastStart: start), at: index)
            if stretches.count > WindowHistory.most { stretches.removeFirst(WindowHistory.most / 3) }
        }
        return finding
    }
}
