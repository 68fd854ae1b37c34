/// A length of simulated time in whole nanoseconds; may be negative.
///
/// Covers 292 years in both directions. Arithmetic saturates: a longer span is the longest there is.
public struct TimeSpan: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The length in nanoseconds.
    public var nanoseconds: Int64

    /// Makes a span of that many nanoseconds.
    @inlinable @inline(__always)
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes a span of at least zero and less than `limit` from 64 random bits, each as likely.
    ///
    /// Zero where `limit` is not positive.
    @inlinable @inline(__always)
    public init(draw: UInt64, below limit: TimeSpan) {
        nanoseconds = Int64(bitPattern: draw.multipliedFullWidth(by: UInt64(max(0, limit.nanoseconds))).high)
    }

    @inlinable public static var zero: TimeSpan { TimeSpan(nanoseconds: 0) }

    // Of so many units; the longest span where there is none of that length.
    @inlinable public static func nanoseconds(_ n: Int64) -> TimeSpan { TimeSpan(nanoseconds: n) }
    @inlinable public static func microseconds(_ n: Int64) -> TimeSpan { nanoseconds(1_000) * n }
    @inlinable public static func milliseconds(_ n: Int64) -> TimeSpan { nanoseconds(1_000_000) * n }
    @inlinable public static func seconds(_ n: Int64) -> TimeSpan { nanoseconds(1_000_000_000) * n }
    @inlinable public static func minutes(_ n: Int64) -> TimeSpan { nanoseconds(60_000_000_000) * n }
    @inlinable public static func hours(_ n: Int64) -> TimeSpan { nanoseconds(3_600_000_000_000) * n }
    @inlinable public static func days(_ n: Int64) -> TimeSpan { nanoseconds(86_400_000_000_000) * n }

    /// The length without its sign; saturates.
    @inlinable public var magnitude: TimeSpan { max(self, .zero - self) }

    @inlinable @inline(__always)
    public static func == (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds == right.nanoseconds }

    @inlinable @inline(__always)
    public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Saturates.
    @inlinable @inline(__always)
    public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds.saturatingSum(right.nanoseconds))
    }

    /// Saturates.
    @inlinable @inline(__always)
    public static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds.saturatingDifference(right.nanoseconds))
    }

    /// Saturates.
    @inlinable @inline(__always)
    public static func * (left: TimeSpan, right: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds.saturatingProduct(right))
    }

    /// A part of the span, rounded towards zero; saturates.
    ///
    /// The divisor must not be zero.
    @inlinable @inline(__always)
    public static func / (left: TimeSpan, right: Int64) -> TimeSpan {
        // The only quotient that leaves the range is that of the longest negative span and -1.
        right == -1 ? .zero - left : TimeSpan(nanoseconds: left.nanoseconds / right)
    }

    /// How often `right` fits into `left`, rounded towards zero; saturates.
    ///
    /// The divisor must not be zero.
    @inlinable @inline(__always)
    public static func / (left: TimeSpan, right: TimeSpan) -> Int64 { (left / right.nanoseconds).nanoseconds }

    /// What is left of `left` after as many `right` as fit into it, with the sign of `left`.
    ///
    /// The divisor must not be zero.
    @inlinable @inline(__always)
    public static func % (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        right.nanoseconds == -1 ? .zero : TimeSpan(nanoseconds: left.nanoseconds % right.nanoseconds)
    }

    /// Both of the above at once.
    @inlinable @inline(__always)
    public func quotientAndRemainder(dividingBy divisor: TimeSpan) -> (quotient: Int64, remainder: TimeSpan) {
        if divisor.nanoseconds == -1 { return ((.zero - self).nanoseconds, .zero) }
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: divisor.nanoseconds)
        return (quotient, TimeSpan(nanoseconds: remainder))
    }

    @inlinable @inline(__always)
    public static func += (left: inout TimeSpan, right: TimeSpan) { left = left + right }

    @inlinable @inline(__always)
    public static func -= (left: inout TimeSpan, right: TimeSpan) { left = left - right }
}
