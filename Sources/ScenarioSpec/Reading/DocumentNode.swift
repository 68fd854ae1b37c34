/// A YAML document as a tree with lines, aliases and merges resolved.
package struct DocumentNode: Sendable {
    /// What a node holds.
    package indirect enum Content: Sendable {
        /// `isPlain` where it was written without quotes, so that it may be a number or a switch.
        case scalar(String, isPlain: Bool)
        case list([DocumentNode])
        case mapping([Pair])
    }

    /// A key and its value.
    package struct Pair: Sendable {
        package var key: String
        package var line: Int
        package var value: DocumentNode
    }

    package var content: Content
    /// Counted from 1.
    package var line: Int

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
