import CPrefetch

/// A choice among members in which a newcomer takes only from all others evenly.
///
/// Each member has points on a ring of 64-bit numbers, as many as its weight, at places drawn from its own key; a draw
/// goes to the first point at or after it. Adding a member moves some draws to it, and none between two old ones.
public struct KeyedRing: Sendable {
    private struct Point: BitwiseCopyable, Sendable {
        var place: UInt64
        var member: UInt32
    }

    private let points: [Point]
    /// Where the points of each interval of the ring begin: as many intervals as points, so that a search is short.
    private let starts: [UInt32]
    private let shift: UInt64

    /// Makes a ring.
    ///
    /// - Parameter members: a number that names the member, its key, and how many points it has.
    public init(_ members: [(member: UInt32, key: RandomKey, points: Int)]) {
        var points: [Point] = []
        for entry in members {
            for point in 0..<entry.points {
                points.append(Point(place: entry.key.draw(UInt64(point)), member: entry.member))
            }
        }
        points.sort { $0.place < $1.place }
        self.points = points
        let bits = UInt64(max(1, Int.bitWidth - points.count.leadingZeroBitCount))
        shift = 64 - bits
        var starts = [UInt32](repeating: 0, count: (1 << Int(bits)) + 1)
        for point in points { starts[Int(point.place >> shift) + 1] += 1 }
        for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
        self.starts = starts
    }

    /// Whether nobody is on the ring.
    public var isEmpty: Bool { points.isEmpty }

    /// Brings near what `prefetchPoints` needs for a draw.
    @inline(__always)
    public func prefetchStart(of draw: UInt64) {
        KeyedRing.prefetch(starts.span, Int(draw >> shift))
    }

    /// Brings near what `member` needs for a draw.
    @inline(__always)
    public func prefetchPoints(of draw: UInt64) {
        guard !points.isEmpty else { return }
        let start = Int(starts[Int(draw >> shift)])
        KeyedRing.prefetch(points.span, start)
    }

    /// Nothing is read, so the index may lie outside.
    @inline(__always)
    private static func prefetch<Element>(_ elements: Span<Element>, _ index: Int) {
        unsafe elements.withUnsafeBufferPointer { elements in
            if let base = elements.baseAddress { unsafe CPrefetch.prefetch(base + index) }
        }
    }

    /// The member that a draw goes to, passing over `excluded`; nil where nobody else is there.
    ///
    /// The one passed over gives its draws to whoever follows it, so the rule about newcomers still holds.
    public func member(at draw: UInt64, excluding excluded: UInt32) -> UInt32? {
        guard !points.isEmpty else { return nil }
        let interval = Int(draw >> shift)
        var low = Int(starts[interval])
        var high = Int(starts[interval + 1])
        while low < high {
            let middle = (low + high) / 2
            if points[middle].place < draw { low = middle + 1 } else { high = middle }
        }
        for step in 0..<points.count {
            let index = low + step
            let member = points[index < points.count ? index : index - points.count].member
            if member != excluded { return member }
        }
        return nil
    }
}
