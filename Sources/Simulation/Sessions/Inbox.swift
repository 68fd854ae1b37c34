import BasicContainers
import SimTime

/// The sessions of a bucket for the nodes of one lane: each node's in a row, by their start.
@safe
struct Inbox: ~Copyable {
    /// One end of a session.
    struct Item: BitwiseCopyable {
        var start: Instant
        /// The lane that made the session.
        fileprivate var lane: UInt32
        /// The session's place among those of that lane, and in the lowest bit whether the node is its source.
        fileprivate var item: UInt32

        @inline(__always)
        var isSource: Bool { item & 1 != 0 }
    }

    private var items = UniqueArray<Item>()
    /// The sessions that the items refer to, by the lane that made them.
    private var lists: [SessionList] = []
    /// The addresses of their first sessions, which `lists` keeps valid.
    private var addresses = unsafe UniqueArray<UnsafePointer<Session>>()
    /// For each node, and one beyond: where its items end while they are put in their places, where they begin after.
    private var ends: UniqueArray<UInt32>
    private var intervals = UniqueArray<UInt32>()
    private var scratch = UniqueArray<Item>()

    /// Makes an empty inbox for so many nodes.
    init(nodes: Int) {
        ends = UniqueArray(repeating: 0, count: nodes + 1)
    }

    /// Takes what the outboxes of all lanes have for a lane.
    mutating func receive(_ outboxes: [SessionOutbox], lane: Int) {
        lists = outboxes.map(\.sessions)
        unsafe addresses.removeAll(keepingCapacity: true)
        for list in lists { unsafe addresses.append(list.address) }
        for node in ends.indices { ends[node] = 0 }
        for outbox in outboxes {
            for ref in outbox.refs[lane] { ends[Int(ref.recipient)] += 1 }
        }
        let sum = Inbox.addUp(&ends)
        // Those behind the sum are of earlier buckets and belong to no node.
        while items.count < Int(sum) { items.append(Item(start: .epoch, lane: 0, item: 0)) }
        // From the last one to the first, so that each node's stay in the order in which they were made.
        for (sender, outbox) in outboxes.enumerated().reversed() {
            for ref in outbox.refs[lane].reversed() {
                let place = ends[Int(ref.recipient)] - 1
                ends[Int(ref.recipient)] = place
                items[Int(place)] = Item(start: ref.start, lane: UInt32(sender), item: ref.item)
            }
        }
        for node in 0..<ends.count - 1 {
            let own = range(ofNode: node)
            if own.count > Inbox.few, spread(own) {
                items.insertInOrder(own) { $0.start < $1.start }
            } else {
                items.order(own) { $0.start < $1.start }
            }
        }
    }

    /// Lets go of the sessions, whose lanes then use their memory again.
    mutating func removeAll() {
        lists = []
        unsafe addresses.removeAll(keepingCapacity: true)
    }

    /// Turns counts into the sums up to and with each; gives the sum of all.
    private static func addUp(_ counts: inout UniqueArray<UInt32>) -> UInt32 {
        var sum: UInt32 = 0
        for index in counts.indices {
            sum += counts[index]
            counts[index] = sum
        }
        return sum
    }

    /// Fewer items are put in order at once.
    private static let few = 64
    /// The most items of an interval that are put in order one by one.
    private static let mostInInterval = 64

    /// Puts many items near their places, into about as many intervals of equal length; false where one would have too
    /// many: starts are even over the bucket, but for what is open at the beginning of a run.
    private mutating func spread(_ own: Range<Int>) -> Bool {
        var first = Instant.distantFuture
        var last = Instant.distantPast
        for index in own {
            first = min(first, items[index].start)
            last = max(last, items[index].start)
        }
        let length = UInt64((last &- first).nanoseconds)
        let shift = UInt64(max(0, own.count.leadingZeroBitCount - length.leadingZeroBitCount))
        intervals.fill(with: 0, count: Int(length >> shift) + 2)
        for index in own { intervals[Int(UInt64((items[index].start &- first).nanoseconds) >> shift)] += 1 }
        for interval in intervals.indices where intervals[interval] > Inbox.mostInInterval { return false }
        _ = Inbox.addUp(&intervals)
        scratch.removeAll(keepingCapacity: true)
        for index in own { scratch.append(items[index]) }
        for index in scratch.indices {
            let item = scratch[index]
            let interval = Int(UInt64((item.start &- first).nanoseconds) >> shift)
            intervals[interval] -= 1
            items[own.lowerBound + Int(intervals[interval])] = item
        }
        return true
    }

    /// Where a node's items lie.
    @inline(__always)
    func range(ofNode node: Int) -> Range<Int> { Int(ends[node])..<Int(ends[node + 1]) }

    /// An item.
    @inline(__always)
    subscript(place: Int) -> Item { items[place] }

    /// An item's session, until its bucket is over.
    @inline(__always)
    func session(_ item: Item) -> Session { unsafe address(item).pointee }

    /// The node at the other end of an item's session.
    @inline(__always)
    func peer(_ item: Item) -> UInt32 {
        item.isSource ? unsafe address(item).pointee.target : unsafe address(item).pointee.source
    }

    /// Items are of sessions that are there: `receive` made them from references to these.
    @inline(__always)
    private func address(_ item: Item) -> UnsafePointer<Session> {
        unsafe addresses[Int(item.lane)] + Int(item.item >> 1)
    }

    /// Brings an item near.
    @inline(__always)
    func prefetch(_ place: Int) { items.prefetch(place) }

    /// Brings an item's session near.
    @inline(__always)
    func prefetchSession(_ item: Item) { unsafe UnsafeRawPointer(address(item)).prefetch(lines: 3) }
}

extension UniqueArray where Element: BitwiseCopyable {
    /// Puts so many equal elements in place of all that were there; the memory is used again.
    fileprivate mutating func fill(with element: Element, count: Int) {
        removeAll(keepingCapacity: true)
        append(addingCount: count) { free in
            while !free.isFull { free.append(element) }
        }
    }
}
