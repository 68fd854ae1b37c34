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
