public import SimTime

/// Some delays, by size.
public struct Delays: Sendable, Hashable {
    /// The middle one, or between the two in the middle where the number is even; nil without any.
    public let median: TimeSpan?
    /// The smallest that at least 95 in 100 do not exceed; nil without any.
    public let p95: TimeSpan?
    /// The longest; nil without any.
    public let maximum: TimeSpan?

    init(_ spans: [TimeSpan]) {
        let spans = spans.sorted()
        maximum = spans.last
        guard let upper = spans.dropFirst(spans.count / 2).first else {
            median = nil
            p95 = nil
            return
        }
        let lower = spans[(spans.count - 1) / 2]
        median = lower + TimeSpan(nanoseconds: (upper - lower).nanoseconds / 2)
        p95 = spans[(spans.count * 95 + 99) / 100 - 1]
    }
}
