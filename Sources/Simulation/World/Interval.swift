/// A range of time in nanoseconds; the end is not in it.
struct Interval: BitwiseCopyable, Sendable, Hashable {
    var start: Int64
    var end: Int64

    /// Whether the instant lies in it.
    @inline(__always)
    func contains(_ instant: Int64) -> Bool { start <= instant && instant < end }
}
