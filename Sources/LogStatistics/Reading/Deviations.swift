import ByteText

/// What departs from the records of the real service, by kind.
public struct Deviations: Sendable {
    /// One kind of deviation: how often it was met, and where first.
    public struct Item: Sendable, Hashable {
        /// What is wrong, in one sentence without a full stop.
        public var kind: String
        public var count: Int
        /// The ordinal of the first record that shows it, counted from 1.
        public var firstRecord: Int
        /// That record's text, cut after 600 bytes.
        public var example: String
    }

    /// The kinds in the order in which they were met.
    public private(set) var items: [Item] = []

    /// How many deviations there are in all.
    public var count: Int { items.reduce(0) { $0 + $1.count } }

    private static let longestExample = 600

    /// Makes an empty list.
    init() {}

    mutating func add(_ kind: String, record: Int, _ bytes: Span<UInt8>) {
        if let index = items.firstIndex(where: { $0.kind == kind }) {
            items[index].count += 1
            return
        }
        let shown = bytes.extracting(first: Deviations.longestExample)
        let text = shown.text + (shown.count < bytes.count ? "…" : "")
        items.append(Item(kind: kind, count: 1, firstRecord: record, example: text))
    }
}
