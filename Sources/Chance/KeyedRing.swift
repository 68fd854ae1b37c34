/// A choice among members in which a newcomer takes only from all others evenly.
///
/// Each member has points on a ring of 64-bit numbers, as many as its weight, at places drawn from its own key; a draw
/// goes to the first point at or after it. Adding a member moves some draws to it, and none between two old ones.
public struct KeyedRing: Sendable {
    private let places: [UInt64]
    private let members: [UInt32]

    /// Makes a ring.
    ///
    /// - Parameter members: a number that names the member, its key, and how many points it has.
    public init(_ members: [(member: UInt32, key: ChanceKey, points: Int)]) {
        var pairs: [(place: UInt64, member: UInt32)] = []
        for entry in members {
            for point in 0..<entry.points { pairs.append((entry.key.draw(UInt64(point)), entry.member)) }
        }
        pairs.sort { $0.place < $1.place }
        places = pairs.map(\.place)
        self.members = pairs.map(\.member)
    }

    /// Whether nobody is on the ring.
    public var isEmpty: Bool { places.isEmpty }

    /// The member that a draw goes to, passing over `excluded`; nil where nobody else is there.
    ///
    /// The one passed over gives its draws to whoever follows it, so the rule about newcomers still holds.
    public func member(at draw: UInt64, excluding excluded: UInt32) -> UInt32? {
        guard !places.isEmpty else { return nil }
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < draw { low = middle + 1 } else { high = middle }
        }
        for step in 0..<places.count {
            let index = low + step
            let member = members[index < places.count ? index : index - places.count]
            if member != excluded { return member }
        }
        return nil
    }
}
