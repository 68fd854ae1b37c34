/// The windows of a node that were seen of late: merged where they touch, so that an overlap shows.
struct WindowHistory {
    private struct Interval {
        var start: Int64
        var end: Int64
        /// The start of the last window in the interval.
        var lastStart: Int64
    }

    /// By time.
    private var intervals: [Interval] = []
    /// More are not kept: what is older is no longer compared.
    private static let most = 96
    private static let closest: Int64 = 1_000_000

    /// What is wrong with a window beside the others.
    enum Finding { case fine, overlaps, startsTooClose }

    /// Adds a window, which is not empty.
    mutating func add(_ start: Int64, _ end: Int64) -> Finding {
        var index = intervals.count
        while index > 0 && intervals[index - 1].start > start { index -= 1 }
        let hasNext = index < intervals.count
        if index > 0 && intervals[index - 1].end > start { return .overlaps }
        if hasNext && intervals[index].start < end { return .overlaps }
        var finding = Finding.fine
        if index > 0 && start &- intervals[index - 1].lastStart < WindowHistory.closest { finding = .startsTooClose }
        if hasNext && intervals[index].start &- start < WindowHistory.closest { finding = .startsTooClose }
        let touchesNext = hasNext && intervals[index].start == end
        if index > 0 && intervals[index - 1].end == start {
            intervals[index - 1].end = end
            intervals[index - 1].lastStart = start
            if touchesNext {
                intervals[index - 1].end = intervals[index].end
                intervals[index - 1].lastStart = intervals[index].lastStart
                intervals.remove(at: index)
            }
        } else if touchesNext {
            intervals[index].start = start
        } else {
            intervals.insert(Interval(start: start, end: end, lastStart: start), at: index)
            if intervals.count > WindowHistory.most { intervals.removeFirst(WindowHistory.most / 3) }
        }
        return finding
    }
}
