import ByteText
import TailnetModel

/// The nodes that a log names: by ID, by the text that describes them, by address.
///
/// Records repeat the same texts: what has been read once is recognised by comparing bytes.
struct KnownNodes {
    private(set) var texts: [UInt8] = []
    var nodes: [KnownNode] = []
    private(set) var descriptions: [NodeDescription] = []
    /// Slots of a hash table with open addressing: one more than a node's index, 0 for an empty one.
    private var slots = [Int32](repeating: 0, count: 1_024)
    /// Slots by IPv4 address and by the lower half of the IPv6 address.
    private var addressSlots: [(address: UInt64, node: Int32)] = Array(repeating: (0, 0), count: 4_096)
    private var addressCount = 0

    @inline(__always)
    private static func hash(_ id: Span<UInt8>) -> UInt64 {
        var value = UInt64(id.count) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset + 8 <= id.count {
            value = (value ^ id.word(at: offset)) &* 0xD6E8_FEB8_6659_FD93
            value ^= value >> 32
            offset += 8
        }
        while offset < id.count {
            value = (value ^ UInt64(id[offset])) &* 0xD6E8_FEB8_6659_FD93
            offset += 1
        }
        return value ^ value >> 29
    }

    /// The node of that ID, which is made known where it is new.
    @inline(__always)
    mutating func node(_ id: Span<UInt8>) -> Int32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: KnownNodes.hash(id)) & mask
        while slots[slot] != 0 {
            let index = slots[slot] - 1
            if isText(nodes[Int(index)].offset, nodes[Int(index)].length, id) { return index }
            slot = (slot + 1) & mask
        }
        return insert(id)
    }

    @inline(__always)
    private func isText(_ offset: Int, _ length: Int, _ other: Span<UInt8>) -> Bool {
        length == other.count && texts.span.extracting(offset..<offset + length).equals(other)
    }

    @inline(never)
    private mutating func insert(_ id: Span<UInt8>) -> Int32 {
        let parsed = StableID.parse(id.text)
        let index = Int32(nodes.count)
        nodes.append(KnownNode(offset: texts.count, length: id.count, isStable: parsed?.kind == .node))
        append(id)
        if nodes.count * 2 > slots.count {
            slots = [Int32](repeating: 0, count: slots.count * 2)
            for other in nodes.indices { link(other) }
        } else {
            link(Int(index))
        }
        return index
    }

    private mutating func append(_ text: Span<UInt8>) {
        texts.append(addingCapacity: text.count) { space in
            for index in text.indices { space.append(text[index]) }
        }
    }

    private mutating func link(_ index: Int) {
        let node = nodes[index]
        let hash = KnownNodes.hash(texts.span.extracting(node.offset..<node.offset + node.length))
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index + 1)
    }

    /// The description of a node that was read before, and with whose text `text` begins.
    @inline(__always)
    func known(_ node: Int32, at text: Span<UInt8>) -> Int32? {
        var index = nodes[Int(node)].description
        while index >= 0 {
            let description = descriptions[Int(index)]
            let beginning = text.extracting(first: description.length)
            if isText(description.offset, description.length, beginning) { return index }
            index = description.next
        }
        return nil
    }

    /// Takes up a description that is new.
    mutating func insert(_ description: NodeDescription, text: Span<UInt8>) -> Int32 {
        var description = description
        let index = Int32(descriptions.count)
        description.offset = texts.count
        description.length = text.count
        description.next = nodes[Int(description.node)].description
        append(text)
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
