/// A point of simulated time: whole nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Covers the years 1678 to 2262. There is no way to ask for "now": a clock is the business of the shell.
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Nanoseconds since the Unix epoch.
    public var nanoseconds: Int64

    /// Makes the instant that lies `nanoseconds` after the Unix epoch.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes the instant that lies whole `seconds` after the Unix epoch.
    @inlinable
    public init(seconds: Int64) {
        self.nanoseconds = seconds * 1_000_000_000
    }

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    @inlinable
    public static func + (left: Instant, right: TimeSpan) -> Instant {
        Instant(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    @inlinable
    public static func - (left: Instant, right: TimeSpan) -> Instant {
        Instant(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    @inlinable
    public static func - (left: Instant, right: Instant) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    @inlinable
    public static func += (left: inout Instant, right: TimeSpan) { left = left + right }

    /// The latest grid point `k × step` (k whole, counted from the epoch) that is not after this instant.
    @inlinable
    public func floored(to step: TimeSpan) -> Instant {
        let remainder = nanoseconds % step.nanoseconds
        return Instant(nanoseconds: nanoseconds - (remainder < 0 ? remainder + step.nanoseconds : remainder))
    }
}

/// A length of simulated time in whole nanoseconds; may be negative.
public struct TimeSpan: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The length in nanoseconds.
    public var nanoseconds: Int64

    /// Makes a span of that many nanoseconds.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    @inlinable public static var zero: TimeSpan { TimeSpan(nanoseconds: 0) }
    @inlinable public static func nanoseconds(_ n: Int64) -> TimeSpan { TimeSpan(nanoseconds: n) }
    @inlinable public static func microseconds(_ n: Int64) -> TimeSpan { TimeSpan(nanoseconds: n * 1_000) }
    @inlinable public static func milliseconds(_ n: Int64) -> TimeSpan { TimeSpan(nanoseconds: n * 1_000_000) }
    @inlinable public static func seconds(_ n: Int64) -> TimeSpan { TimeSpan(nanoseconds: n * 1_000_000_000) }
    @inlinable public static func minutes(_ n: Int64) -> TimeSpan { seconds(n * 60) }
    @inlinable public static func hours(_ n: Int64) -> TimeSpan { seconds(n * 3_600) }
    @inlinable public static func days(_ n: Int64) -> TimeSpan { seconds(n * 86_400) }

    @inlinable
    public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

    @inlinable
    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    @inlinable
    public static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    @inlinable
    public static func * (left: TimeSpan, right: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds * right)
    }
}

/// A half-open stretch of time: `start` is in it, `end` is not.
public struct TimeWindow: Hashable, Sendable, BitwiseCopyable {
    /// The first instant inside.
    public var start: Instant
    /// The first instant after.
    public var end: Instant

    /// Makes the window [start, end).
    @inlinable
    public init(start: Instant, end: Instant) {
        self.start = start
        self.end = end
    }

    /// The window's length.
    @inlinable public var length: TimeSpan { end - start }

    /// Whether `instant` lies in [start, end).
    @inlinable
    public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

    /// Whether the two half-open windows share an instant.
    @inlinable
    public func overlaps(_ other: TimeWindow) -> Bool { start < other.end && other.start < end }
}
