public import SimTime

/// When a person works, in their own time zone.
public struct WorkingHours: Sendable, Hashable {
    /// After local midnight.
    public var start: TimeSpan
    /// After local midnight, later than `start`.
    public var end: TimeSpan
    /// Whether Saturday and Sunday are working days too.
    public var weekends: Bool

    /// Makes working hours.
    public init(start: TimeSpan, end: TimeSpan, weekends: Bool) {
        self.start = start
        self.end = end
        self.weekends = weekends
    }
}
