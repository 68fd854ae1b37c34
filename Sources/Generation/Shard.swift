import Simulation

/// One of several parts of a scenario's nodes: what one of several machines makes of it.
///
/// A part holds every n-th lane; the configuration log lies in lane 0's part. All parts together hold the whole, each in
/// the log's order.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// Which part, from 1 to `count`.
    public let index: Int
    /// Of how many parts.
    public let count: Int

    /// The whole.
    public static let whole = Shard(checked: 1, of: 1)

    private init(checked index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// Makes a part; nil unless 1 ≤ `index` ≤ `count` ≤ the number of lanes.
    public init?(_ index: Int, of count: Int) {
        guard 1...World.laneCount ~= count, 1...count ~= index else { return nil }
        self.init(checked: index, of: count)
    }

    /// Reads `2/3`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        // Only digits: `Int` would take a sign.
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let index = Int(parts[0]), let count = Int(parts[1])
        else { return nil }
        self.init(index, of: count)
    }

    /// The most parts there can be.
    public static var largestCount: Int { World.laneCount }

    /// Whether a lane belongs to the part.
    public func contains(lane: Int) -> Bool { lane % count == index - 1 }

    /// `2/3`.
    public var description: String { "\(index)/\(count)" }
}
