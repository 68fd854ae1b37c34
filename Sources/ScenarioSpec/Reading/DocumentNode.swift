import Yams

/// A YAML document as a tree with lines, aliases and merges resolved.
struct DocumentNode: Sendable {
    /// What a node holds.
    indirect enum Content: Sendable {
        /// `isPlain` where it was written without quotes, so that it may be a number or a switch.
        case scalar(String, isPlain: Bool)
        case list([DocumentNode])
        case mapping([Pair])
    }

    /// A key and its value.
    struct Pair: Sendable {
        var key: String
        var line: Int
        var value: DocumentNode
    }

    var content: Content
    /// Counted from 1.
    var line: Int

    /// `a list`, for messages.
    var kindText: String {
        switch content {
        case .scalar("", isPlain: true): "nothing"
        case .scalar(let text, _): "\"\(text.prefix(60))\""
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}
