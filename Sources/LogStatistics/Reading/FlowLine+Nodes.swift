import ByteText
import SimTime
import TailnetModel

extension FlowLine {
    /// Takes a node's object: one that was seen before by comparing bytes, a new one key by key.
    @inline(__always)
    static func takeNode(
        _ cursor: inout TextCursor, _ text: Span<UInt8>, _ table: inout KnownNodes
    ) -> Int32? {
        let begin = cursor.place
        guard cursor.take("{\"nodeId\":\"", text), let id = cursor.takePlainText(text), !id.isEmpty else { return nil }
        let node = table.node(text.extracting(id))
        if let known = table.known(node, at: text.extracting(begin...)) {
            cursor.place = begin + table.descriptions[Int(known)].length
            return known
        }
        guard let description = readDescription(of: node, &cursor, text) else { return nil }
        return table.insert(description, text: text.extracting(begin..<cursor.place))
    }

    /// Reads what follows the ID in a node's object.
    private static func readDescription(
        of node: Int32, _ cursor: inout TextCursor, _ text: Span<UInt8>
    ) -> NodeDescription? {
        var description = NodeDescription(node: node, next: -1, offset: 0, length: 0)
        if cursor.take(",\"name\":\"", text) {
            guard let name = cursor.takePlainText(text), !name.isEmpty else { return nil }
        }
        if cursor.take(",\"addresses\":[\"", text) {
            var addresses: [IPAddress] = []
            repeat {
                guard let range = cursor.takePlainText(text) else { return nil }
                let string = text.text(range)
                guard let address = IPAddress(string), address.description == string else { return nil }
                addresses.append(address)
            } while cursor.take(",\"", text)
            guard cursor.take(UInt8(ascii: "]"), text) else { return nil }
            let families = addresses.map(\.family)
            guard families == [.ipv4] || families == [.ipv6] || families == [.ipv4, .ipv6] else { return nil }
            description.add(addresses)
        }
        if cursor.take(",\"os\":\"", text) {
            guard let found = cursor.takePlainText(text), !found.isEmpty else { return nil }
            description.hasOS = true
        }
        if cursor.take(",\"user\":\"", text) {
            guard let found = cursor.takePlainText(text), !found.isEmpty else { return nil }
            description.hasUser = true
        }
        if cursor.take(",\"tags\":[\"", text) {
            var last: String?
            repeat {
                guard let range = cursor.takePlainText(text), !range.isEmpty else { return nil }
                let tag = text.text(range)
                // The text is ASCII, so strings are in the order of their bytes.
                if let last, last >= tag { return nil }
                last = tag
            } while cursor.take(",\"", text)
            guard cursor.take(UInt8(ascii: "]"), text), !description.hasUser else { return nil }
            description.hasTags = true
        }
        return cursor.take(UInt8(ascii: "}"), text) ? description : nil
    }

    /// The description of a node that the decoder of `LogFormats` has read.
    static func describe(_ node: FlowNode, _ table: inout KnownNodes) -> Int32 {
        let text = JSONWriter.object { json in
            json.member("nodeId", node.nodeID)
            json.member("name", node.name)
            json.member("addresses", node.addresses)
            json.member("os", node.os)
            json.member("user", node.user)
            json.member("tags", node.tags)
        }
        let bytes = Array(text.utf8)
        let id = Array(node.nodeID.utf8)
        let index = table.node(id.span)
        if let known = table.known(index, at: bytes.span) { return known }
        var description = NodeDescription(node: index, next: -1, offset: 0, length: 0)
        description.add(node.addresses.compactMap { IPAddress($0) })
        description.hasOS = !node.os.isEmpty
        description.hasUser = !node.user.isEmpty
        description.hasTags = !node.tags.isEmpty
        return table.insert(description, text: bytes.span)
    }
}

extension NodeDescription {
    fileprivate mutating func add(_ addresses: [IPAddress]) {
        for address in addresses {
            if address.isIPv4 {
                ipv4 = UInt32(truncatingIfNeeded: address.low)
                if !TailnetSpace.holdsNode(ipv4: ipv4) { hasGoodAddresses = false }
            } else {
                ipv6High = address.high
                ipv6Low = address.low
                if !TailnetSpace.holds(ipv6High: ipv6High) { hasGoodAddresses = false }
            }
        }
    }
}

/// The addresses of tailnets.
enum TailnetSpace {
    /// Whether the service gives the address to nodes: 100.64.0.0/10 without the ranges that it keeps out of.
    static func holdsNode(ipv4 address: UInt32) -> Bool {
        guard holds(ipv4: address) else { return false }
        // 100.115.92.0/23 is ChromeOS's; 100.100.0.0/24 and 100.100.100.0/24 are kept for services.
        return address >> 9 != 0x6473_5C00 >> 9 && address >> 8 != 0x64_6400 && address >> 8 != 0x64_6464
    }

    /// Whether the address lies in 100.64.0.0/10.
    @inline(__always)
    static func holds(ipv4 address: UInt32) -> Bool { address >> 22 == TailnetAddress.firstIPv4 >> 22 }

    /// Whether an address with that upper half lies in fd7a:115c:a1e0::/48.
    @inline(__always)
    static func holds(ipv6High high: UInt64) -> Bool { high >> 16 == 0xFD7A_115C_A1E0 }

    /// Whether the endpoint has an address of a tailnet.
    @inline(__always)
    static func holds(_ endpoint: FlowEndpoint) -> Bool {
        switch endpoint.family {
        case 4: holds(ipv4: UInt32(truncatingIfNeeded: endpoint.low))
        case 6: holds(ipv6High: endpoint.high)
        default: false
        }
    }
}
