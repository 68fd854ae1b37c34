import KeyedRandom
import SimTime

/// The recording windows of one node: a keyed grid, about five seconds apart.
///
/// The phase is drawn anew each hour; the hour's last window runs on to the next hour's first boundary, so there is no
/// gap and no overlap. Windows in which the machine sleeps are one long window, from the one in which it falls asleep to
/// the one in which it wakes. Traffic decides whether a window has a record, never where it lies. (The real client opens
/// a window at its first packet; a grid is what lets any window be found without those before it.)
struct WindowGrid: BitwiseCopyable, Sendable {
    private let node: RandomKey
    private let habit: RecordingHabit
    private let phases: RandomKey
    private let delays: RandomKey

    /// The part of the grid that begins in one hour.
    private var hour: Int64 = 0
    private var first = Instant.epoch
    private var period = TimeSpan.nanoseconds(1)
    private var count: Int64 = 0
    private var nextFirst = Instant.epoch
    private var index: Int64 = 0
    /// The first and last window of the hour's sleep; none where the first is beyond all windows.
    private var sleepFirst: Int64 = .max
    private var sleepLast: Int64 = 0
    /// The part of the hour whose uploads stall; empty for none.
    private var uploadStall = WindowGrid.none

    /// The current window's first instant.
    private(set) var start = Instant.epoch
    /// The current window's end, which is the next window's start.
    private(set) var end = Instant.epoch

    private static var shortestPeriod: TimeSpan { .seconds(5) }
    private static var periodJitter: TimeSpan { .milliseconds(2) }
    private static var none: TimeWindow { TimeWindow(start: .epoch, end: .epoch) }

    /// No window is longer.
    static var longestWindow: TimeSpan { .minutes(15) }
    /// No record is logged later after its window's end.
    static var longestDelay: TimeSpan { .minutes(15) }

    /// Makes the grid of a node, at the window that holds `instant`.
    init(node: RandomKey, habit: RecordingHabit, at instant: Instant) {
        self.node = node
        self.habit = habit
        let key = node.key("grid")
        phases = key.key(1)
        delays = key.key(3)
        seek(to: instant)
    }

    private func firstBoundary(ofHour hour: Int64) -> Instant {
        let phase = TimeSpan(draw: phases.draw(UInt64(bitPattern: hour)), below: WindowGrid.shortestPeriod)
        return Instant.epoch + .hours(hour) + phase
    }

    private mutating func enter(hour newHour: Int64) {
        hour = newHour
        first = firstBoundary(ofHour: hour)
        nextFirst = firstBoundary(ofHour: hour + 1)
        let jitter = TimeSpan(draw: phases.key(2).draw(UInt64(bitPattern: hour)), below: WindowGrid.periodJitter)
        period = WindowGrid.shortestPeriod + jitter
        count = (nextFirst - first) / period
        sleepFirst = .max
        if let sleep = habit.sleep(node, hour: hour) {
            sleepFirst = min((sleep.start - first) / period, count - 1)
            sleepLast = min((sleep.end - .nanoseconds(1) - first) / period, count - 1)
        }
        uploadStall = habit.uploadStall(node, hour: hour) ?? WindowGrid.none
    }

    private mutating func place(index newIndex: Int64) {
        index = newIndex
        start = first &+ period &* index
        if index >= sleepFirst, index <= sleepLast {
            start = first &+ period &* sleepFirst
            index = sleepLast
        }
        end = index == count - 1 ? nextFirst : first &+ period &* (index + 1)
    }

    /// Moves to the window that holds `instant`.
    mutating func seek(to instant: Instant) {
        let guess = instant.hoursSinceEpoch
        if count == 0 || guess != hour { enter(hour: guess) }
        if instant < first { enter(hour: guess - 1) }
        if instant >= nextFirst { enter(hour: hour + 1) }
        place(index: min((instant - first) / period, count - 1))
    }

    /// Moves to the next window.
    @inline(__always)
    mutating func advance() {
        if index + 1 < count {
            place(index: index + 1)
        } else {
            enter(hour: hour + 1)
            place(index: 0)
        }
    }

    /// Moves to the first window, this one or a later one, whose record may be logged at `instant` or later.
    ///
    /// Most records are logged some seconds after their window, so whole hours are passed over at once.
    mutating func seekLogged(from instant: Instant) {
        while end + WindowGrid.usualDelay < instant {
            if uploadStall.contains(end), uploadStall.end + WindowGrid.usualDelay >= instant { return }
            var next = min(nextFirst, instant - WindowGrid.usualDelay)
            if uploadStall.start > end, uploadStall.end + WindowGrid.usualDelay >= instant {
                next = min(next, uploadStall.start)
            }
            seek(to: max(next, end))
        }
    }

    /// Without a stall, no record is logged later after its window's end.
    private static var usualDelay: TimeSpan { .milliseconds(4_300) }

    /// When the record of the current window is logged.
    @inline(__always)
    var logged: Instant { logged(start: start, end: end) }

    /// When a record of the current window, or of a piece of it, is logged: some seconds after its end, now and then
    /// minutes.
    ///
    /// Typical delays are those of live captures (mean 2.4 s after the end). Records whose upload stalls are logged
    /// together, a nanosecond or two apart: what is counted is the windows of the grid, not the records.
    @inline(__always)
    func logged(start: Instant, end: Instant) -> Instant {
        if uploadStall.contains(end) {
            let draw = delays.draw(UInt64(bitPattern: uploadStall.start.nanoseconds))
            let wait = TimeSpan.milliseconds(350) + TimeSpan(draw: draw, below: .seconds(2))
            return uploadStall.end + wait + .nanoseconds((end - uploadStall.start) / .seconds(4))
        }
        let draw = delays.draw(UInt64(bitPattern: start.nanoseconds))
        // Two uniform parts of up to 2.1 s each.
        let half: UInt64 = 2_100_000_000
        let delay = (((draw >> 32) &* half) >> 32) &+ (((draw & 0xFFFF_FFFF) &* half) >> 32) &+ 50_000_000
        return end &+ .nanoseconds(Int64(bitPattern: delay))
    }
}
