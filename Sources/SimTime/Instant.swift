/// A point of simulated time: whole nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Covers the years 1678 to 2262. Arithmetic saturates: what would lie before `distantPast` or after `distantFuture` is
/// that instant. There is no way to ask for "now": only commands may read a clock.
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Nanoseconds since the Unix epoch.
    public var nanoseconds: Int64

    /// Makes the instant that lies `nanoseconds` after the Unix epoch.
    @inlinable @inline(__always)
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes the instant that lies whole `seconds` after the Unix epoch; saturates.
    @inlinable @inline(__always)
    public init(seconds: Int64) {
        self.nanoseconds = seconds.saturatingProduct(1_000_000_000)
    }

    /// 1970-01-01T00:00:00Z.
    @inlinable public static var epoch: Instant { Instant(nanoseconds: 0) }
    /// The first instant, in the year 1677; also stands for "always until now" and "never".
    @inlinable public static var distantPast: Instant { Instant(nanoseconds: .min) }
    /// The last instant, in the year 2262; also stands for "from now on".
    @inlinable public static var distantFuture: Instant { Instant(nanoseconds: .max) }

    @inlinable @inline(__always)
    public static func == (left: Instant, right: Instant) -> Bool { left.nanoseconds == right.nanoseconds }

    @inlinable @inline(__always)
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Saturates.
    @inlinable @inline(__always)
    public static func + (left: Instant, right: TimeSpan) -> Instant {
        Instant(nanoseconds: left.nanoseconds.saturatingSum(right.nanoseconds))
    }

    /// Saturates.
    @inlinable @inline(__always)
    public static func - (left: Instant, right: TimeSpan) -> Instant {
        Instant(nanoseconds: left.nanoseconds.saturatingDifference(right.nanoseconds))
    }

    /// The time from `right` to `left`; saturates.
    @inlinable @inline(__always)
    public static func - (left: Instant, right: Instant) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds.saturatingDifference(right.nanoseconds))
    }

    @inlinable @inline(__always)
    public static func += (left: inout Instant, right: TimeSpan) { left = left + right }

    @inlinable @inline(__always)
    public static func -= (left: inout Instant, right: TimeSpan) { left = left - right }

    /// The latest grid point `k × step` (k whole, counted from the epoch) that is not after this instant.
    ///
    /// `distantPast` where that would lie before it; the instant itself where `step` is not positive.
    @inlinable @inline(__always)
    public func floored(to step: TimeSpan) -> Instant {
        guard step > .zero else { return self }
        let remainder = nanoseconds % step.nanoseconds
        return Instant(
            nanoseconds: nanoseconds.saturatingDifference(remainder < 0 ? remainder + step.nanoseconds : remainder))
    }

    /// Whole days between the epoch and this instant, rounded down.
    @inlinable
    public var daysSinceEpoch: Int64 { floorQuotient(by: 86_400_000_000_000) }

    /// Whole hours between the epoch and this instant, rounded down.
    @inlinable
    public var hoursSinceEpoch: Int64 { floorQuotient(by: 3_600_000_000_000) }

    @inlinable @inline(__always)
    func floorQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
