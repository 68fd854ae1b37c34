/// A half-open range of time: `start` is in it, `end` is not.
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
    @inlinable @inline(__always)
    public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

    /// Whether the two half-open windows share an instant.
    @inlinable
    public func overlaps(_ other: TimeWindow) -> Bool { start < other.end && other.start < end }
}
