import Chance
import SimTime

/// The recording windows of one node: a keyed grid, about five seconds apart.
///
/// The phase is drawn anew each hour; the hour's last window runs on to the next hour's first boundary, so there is no
/// gap and no overlap. Traffic decides whether a window has a record, never where it lies. (The real client opens a
/// window at its first packet; a grid is what lets any window be found without those before it.)
struct WindowGrid: BitwiseCopyable, Sendable {
    private let phases: ChanceKey
    private let periods: ChanceKey
    private let delays: ChanceKey

    /// The stretch of the grid that begins in one hour.
    private var hour: Int64 = 0
    private var first: Int64 = 0
    private var period: Int64 = 1
    private var count: Int64 = 0
    private var nextFirst: Int64 = 0
    private var index: Int64 = 0

    /// The current window's first instant.
    private(set) var start: Int64 = 0
    /// The current window's end, which is the next window's start.
    private(set) var end: Int64 = 0

    private static let hourLength: Int64 = 3_600_000_000_000
    private static let shortestPeriod: Int64 = 5_000_000_000
    private static let periodJitter: UInt64 = 2_000_000

    /// No window is longer.
    static let longestWindow: Int64 = 2 * (shortestPeriod + Int64(periodJitter))
    /// No record is logged later after its window's end.
    static let longestDelay: Int64 = 900_000_000_000

    /// Makes the grid of a node, at the window that holds `instant`.
    init(key: ChanceKey, at instant: Int64) {
        phases = key.key(1)
        periods = key.key(2)
        delays = key.key(3)
        seek(to: instant)
    }

    private func firstBoundary(ofHour hour: Int64) -> Int64 {
        let phase = phases.draw(UInt64(bitPattern: hour), below: UInt64(WindowGrid.shortestPeriod))
        return hour * WindowGrid.hourLength + Int64(phase)
    }

    private mutating func enter(hour newHour: Int64) {
        hour = newHour
        first = firstBoundary(ofHour: hour)
        nextFirst = firstBoundary(ofHour: hour + 1)
        let jitter = periods.draw(UInt64(bitPattern: hour), below: WindowGrid.periodJitter)
        period = WindowGrid.shortestPeriod + Int64(jitter)
        count = (nextFirst - first) / period
    }

    private mutating func place(index newIndex: Int64) {
        index = newIndex
        start = first + index * period
        end = index == count - 1 ? nextFirst : start + period
    }

    /// Moves to the window that holds `instant`.
    mutating func seek(to instant: Int64) {
        let guess = Instant(nanoseconds: instant).floored(to: .hours(1)).nanoseconds / WindowGrid.hourLength
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

    /// When the record of the current window is logged: some seconds after its end, now and then minutes.
    ///
    /// Typical delays are those of live captures (mean 2.5 s after the end, longest some minutes).
    @inline(__always)
    var logged: Int64 {
        let key = delays.key(UInt64(bitPattern: start))
        let draw = key.draw(0)
        // 0.35 s and two uniform parts of up to 2.15 s each.
        let half: UInt64 = 2_150_000_000
        var delay = 350_000_000 + Int64(((draw >> 32) &* half) >> 32) + Int64(((draw & 0xFFFF_FFFF) &* half) >> 32)
        if key.draw(3) & 0x3FF == 0 {
            // One in a thousand is late: log-uniform from seconds to minutes.
            let octave = key.draw(1, below: 6)
            let base: Int64 = 8_000_000_000 << Int64(octave)
            delay += base + Int64(key.draw(2, below: UInt64(base)))
        }
        return end + min(delay, WindowGrid.longestDelay)
    }
}
