import CPrefetch

/// The sessions of a slice for the nodes of one lane: each node's in a row, by their start.
final class Inbox {
    /// One end of a session.
    struct Item: BitwiseCopyable {
        var start: Int64
        /// The session's address, and in the lowest bit whether the node is its source.
        private var word: UInt

        @inline(__always)
        init(start: Int64, session: UnsafeMutablePointer<Session>, isSource: Bool) {
            self.start = start
            word = UInt(bitPattern: session) | (isSource ? 1 : 0)
        }

        /// The session, until its lane makes those of the next slice.
        @inline(__always)
        var session: UnsafeMutablePointer<Session> {
            UnsafeMutablePointer(bitPattern: word & ~1).unsafelyUnwrapped
        }

        @inline(__always)
        var isSource: Bool { word & 1 != 0 }
    }

    private let items = UnsafeVector<Item>()
    /// Whose sessions the items point to: kept, so that these stay.
    private var outboxes: [SessionOutbox] = []
    /// For each node, and one beyond: where its items end while they are put in their places, where they begin after.
    private var ends: [UInt32]
    private let intervals = UnsafeVector<UInt32>()
    private let scratch = UnsafeVector<Item>()

    /// Makes an empty inbox for so many nodes.
    init(nodes: Int) {
        ends = [UInt32](repeating: 0, count: nodes + 1)
    }

    /// Takes the letters of all posts for a lane.
    func receive(_ outboxes: [SessionOutbox], lane: Int) {
        self.outboxes = outboxes
        ends.withUnsafeMutableBufferPointer { ends in
            ends.update(repeating: 0)
            for outbox in outboxes {
                for ref in outbox.refs(for: lane) { ends[Int(ref.recipient)] += 1 }
            }
            var sum: UInt32 = 0
            for index in ends.indices {
                sum += ends[index]
                ends[index] = sum
            }
            items.resize(to: Int(sum))
            // From the last one to the first, so that each node's stay in the order of their posts.
            for outbox in outboxes.reversed() {
                let sessions = outbox.base
                for ref in outbox.refs(for: lane).reversed() {
                    let place = ends[Int(ref.recipient)] - 1
                    ends[Int(ref.recipient)] = place
                    items[Int(place)] = Item(
                        start: ref.start, session: sessions + Int(ref.item >> 1), isSource: ref.item & 1 != 0)
                }
            }
        }
        for node in 0..<ends.count - 1 {
            let own = UnsafeMutableBufferPointer(rebasing: items.elements[range(ofNode: node)])
            if own.count > Inbox.few, spread(own) {
                own.insertInOrder { $0.start < $1.start }
            } else {
                own.order { $0.start < $1.start }
            }
        }
    }

    /// Fewer items are put in order at once.
    private static let few = 64
    /// The most items of a stretch that are put in order one by one.
    private static let mostInInterval = 64

    /// Puts many items near their places, into about as many stretches of equal length; false where one would have too
    /// many: starts are even over the slice, but for what is open at the beginning of a run.
    private func spread(_ own: UnsafeMutableBufferPointer<Item>) -> Bool {
        var first = Int64.max
        var last = Int64.min
        for item in own {
            first = min(first, item.start)
            last = max(last, item.start)
        }
        let length = UInt64(last - first)
        let shift = UInt64(max(0, own.count.leadingZeroBitCount - length.leadingZeroBitCount))
        intervals.resize(to: Int(length >> shift) + 2)
        let ends = intervals.elements
        ends.update(repeating: 0)
        for item in own { ends[Int(UInt64(item.start - first) >> shift)] += 1 }
        var sum: UInt32 = 0
        for index in ends.indices {
            guard ends[index] <= Inbox.mostInInterval else { return false }
            sum += ends[index]
            ends[index] = sum
        }
        scratch.resize(to: own.count)
        scratch.elements.baseAddress?.update(from: own.baseAddress.unsafelyUnwrapped, count: own.count)
        for item in scratch.elements {
            let interval = Int(UInt64(item.start - first) >> shift)
            ends[interval] -= 1
            own[Int(ends[interval])] = item
        }
        return true
    }

    /// Where a node's items lie.
    @inline(__always)
    func range(ofNode node: Int) -> Range<Int> { Int(ends[node])..<Int(ends[node + 1]) }

    /// An item.
    @inline(__always)
    subscript(place: UInt32) -> Item { items[Int(place)] }

    /// Brings an item near.
    @inline(__always)
    func prefetch(_ place: UInt32) { CPrefetch.prefetch(items.base + Int(place)) }
}
