import BasicContainers
import SimTime
import TailnetModel

/// One node's recorder: its windows, the sessions to come by their places in the lane's inbox, and the open ones by their
/// slots in the lane's pool.
struct Recorder: ~Copyable {
    let node: UInt32
    var grid: WindowGrid
    /// The next session to come and the end of those of the bucket, as places in the inbox.
    var next = 0
    var last = 0

    /// An open session.
    struct Active: BitwiseCopyable {
        /// Before this instant it adds nothing.
        var nextAt: Instant
        var slot: Int
    }

    /// The open sessions, by their start.
    var active = UniqueArray<Active>()
    /// Whether the open sessions' counts are older than the current window.
    var isStale = false

    init(node: UInt32, grid: WindowGrid) {
        self.node = node
        self.grid = grid
    }

    /// Keeps the first open sessions and forgets the others.
    @inline(__always)
    mutating func keep(_ count: Int) { active.removeLast(active.count - count) }
}
