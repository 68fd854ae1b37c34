public import SimTime

extension RunningScore {
    /// Simulated time by the real clock, where records are delivered at a multiple of it.
    public struct Timetable: Sendable, Hashable {
        /// When the simulated instant `simulated` was due.
        public var wall: ContinuousClock.Instant
        public var simulated: Instant
        /// Simulated seconds in `denominator` real ones.
        public var numerator: Int
        public var denominator: Int

        /// Makes a timetable.
        public init(wall: ContinuousClock.Instant, simulated: Instant, numerator: Int, denominator: Int) {
            self.wall = wall
            self.simulated = simulated
            self.numerator = numerator
            self.denominator = denominator
        }

        /// The simulated instant that is due at a moment.
        public func simulated(at moment: ContinuousClock.Instant) -> Instant {
            let (seconds, attoseconds) = (moment - wall).components
            let passed = Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)
            let span = passed * Int128(numerator) / Int128(denominator)
            return simulated + .nanoseconds(Int64(clamping: max(0, span)))
        }
    }
}
