import ByteText
public import TailnetModel

/// The ready-made text of each node of a tailnet: what its flow records repeat, and its addresses.
///
/// Built once and then only read, so that a record is a few copies and a few digits. Where a node changes in a way that
/// shows in records (another name, owner or tags), a directory with the node's new state is built.
public struct NodeDirectory: Sendable {
    /// All fragments, one after the other, node by node; behind them, spare bytes that wide copies may read.
    let text: [UInt8]
    let fragments: [NodeFragments]
    /// `[fd7a:115c:a1e0::1]:` for each node.
    let ipv6: [TextSlot]
    /// The length of the longest `dstNodes` entry, with the comma behind it.
    let longestEntry: Int
    /// The most that a record has of its own node's text.
    let longestHead: Int

    /// Makes the text of every node; `Node.owner` points into `users`.
    public init(nodes: [Node], users: [User]) {
        var text: [UInt8] = []
        var fragments: [NodeFragments] = []
        fragments.reserveCapacity(nodes.count)
        for node in nodes {
            let login = node.sharer?.login ?? node.owner.map { users[$0].login } ?? ""
            let begin = text.count
            text += "\"nodeId\":".utf8
            text.appendJSONString(node.stableID)
            text += ",\"start\":\"".utf8
            let afterHead = text.count
            // A node's view of itself lacks the operating system.
            let reporter = FlowNode(
                nodeID: node.stableID, name: node.name, addresses: [node.ipv4.description, node.ipv6.description],
                user: login, tags: node.tags)
            if node.describesNodes {
                text += ",\"srcNode\":".utf8
                text.appendFlowNode(reporter)
            }
            let afterSource = text.count
            var peer = reporter
            peer.os = node.os.rawValue
            text.appendFlowNode(peer)
            text.append(UInt8(ascii: ","))
            precondition(text.count < Int(UInt32.max), "a directory holds less than 4 GiB")
            fragments.append(
                NodeFragments(
                    offset: UInt32(begin), headLength: UInt32(afterHead - begin),
                    sourceLength: UInt32(afterSource - afterHead), entryLength: UInt32(text.count - afterSource),
                    ipv4: ShortSlot("\(node.ipv4):")))
        }
        longestEntry = Int(fragments.lazy.map(\.entryLength).max() ?? 0)
        longestHead = Int(fragments.lazy.map { $0.headLength + $0.sourceLength }.max() ?? 0)
        text += repeatElement(0, count: ByteCursor.wideCopy)
        self.text = text
        self.fragments = fragments
        ipv6 = nodes.map { TextSlot("[\($0.ipv6)]:") }
    }

    /// How many nodes the directory has.
    public var count: Int { fragments.count }
}
