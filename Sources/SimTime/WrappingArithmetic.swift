// Arithmetic that wraps around at the ends of the range: for the innermost loops of the simulation, whose instants are
// known to be years away from both ends. Everywhere else use the operators that saturate.

extension Instant {
    @inlinable @inline(__always)
    public static func &+ (left: Instant, right: TimeSpan) -> Instant {
        Instant(nanoseconds: left.nanoseconds &+ right.nanoseconds)
    }

    @inlinable @inline(__always)
    public static func &- (left: Instant, right: Instant) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds &- right.nanoseconds)
    }
}

extension TimeSpan {
    @inlinable @inline(__always)
    public static func &+ (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds &+ right.nanoseconds)
    }

    @inlinable @inline(__always)
    public static func &- (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds &- right.nanoseconds)
    }

    @inlinable @inline(__always)
    public static func &* (left: TimeSpan, right: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds &* right)
    }
}
