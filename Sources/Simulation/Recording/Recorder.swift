import TailnetModel

/// One node's recorder: its windows, the sessions to come by their places in the lane's inbox, and the open ones by their
/// places in the lane's pool.
///
/// A plain value, so that a lane's recorders lie in a row; their table owns the memory of the open ones.
struct Recorder: BitwiseCopyable {
    let node: UInt32
    var grid: WindowGrid
    /// The next session to come and the end of those of the slice, as places in the inbox.
    var next: UInt32 = 0
    var last: UInt32 = 0

    /// An open session.
    struct Active: BitwiseCopyable {
        /// Before this instant it adds nothing.
        var nextAt: Int64
        var slot: UInt32
    }

    var base: UnsafeMutablePointer<Active>?
    private var count: UInt32 = 0
    private var capacity: UInt32 = 0
    /// Whether the open sessions' counts are older than the current window.
    var isStale = false

    init(node: UInt32, grid: WindowGrid) {
        self.node = node
        self.grid = grid
    }

    /// Open sessions.
    @inline(__always)
    var active: UnsafeMutableBufferPointer<Active> { UnsafeMutableBufferPointer(start: base, count: Int(count)) }

    /// Adds an open session.
    @inline(__always)
    mutating func open(_ item: Active) {
        if count == capacity { grow() }
        (base.unsafelyUnwrapped + Int(count)).initialize(to: item)
        count += 1
    }

    /// Keeps the first open sessions and forgets the others.
    @inline(__always)
    mutating func keep(_ newCount: Int) { count = UInt32(newCount) }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Active>.allocate(capacity: max(4, Int(capacity) * 2))
        if let base {
            larger.update(from: base, count: Int(count))
            base.deallocate()
        }
        base = larger
        capacity = max(4, capacity * 2)
    }
}

extension TrafficCounts {
    @inline(__always)
    static func -= (left: inout TrafficCounts, right: TrafficCounts) {
        left.txPackets &-= right.txPackets
        left.txBytes &-= right.txBytes
        left.rxPackets &-= right.rxPackets
        left.rxBytes &-= right.rxBytes
    }
}
