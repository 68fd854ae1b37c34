import KeyedRandom
import ScenarioSpec
import SimTime

/// How often a node's recording is disturbed: by sleep of the machine, and by uploads that stall.
///
/// Both are drawn anew each hour, at most one of each, and lie within the hour, so that any hour can be computed on its own.
struct RecordingHabit: BitwiseCopyable, Sendable {
    /// The share of hours in which the machine sleeps, in thousandths.
    var sleepPermille: UInt16
    /// The share of hours with an upload that stalls, in thousandths.
    var uploadStallPermille: UInt16

    init(_ role: NodeRole) {
        switch role {
        case .laptop: (sleepPermille, uploadStallPermille) = (220, 45)
        case .phone: (sleepPermille, uploadStallPermille) = (350, 90)
        case .server: (sleepPermille, uploadStallPermille) = (0, 20)
        }
    }

    /// The part of an hour in which the machine sleeps: half a minute to thirteen minutes, short ones more often.
    ///
    /// A live capture of three hours had one window of 812 seconds; the timer that ends a window stands still meanwhile.
    @inline(__always)
    func sleep(_ node: RandomKey, hour: Int64) -> TimeWindow? {
        guard sleepPermille > 0 else { return nil }
        return RecordingHabit.interval(
            node.key(0x6E61_7073), hour, Int(sleepPermille), shortest: .seconds(30), octaves: 4,
            most: .seconds(790))
    }

    /// The part of an hour whose records wait until its end to be uploaded, eight seconds to thirteen minutes.
    @inline(__always)
    func uploadStall(_ node: RandomKey, hour: Int64) -> TimeWindow? {
        RecordingHabit.interval(
            node.key(0x7374_616C), hour, Int(uploadStallPermille), shortest: .seconds(8), octaves: 6,
            most: .seconds(840))
    }

    /// A range that begins between the second and the fortieth minute, of a length that is even in its logarithm.
    private static func interval(
        _ purpose: RandomKey, _ hour: Int64, _ permille: Int, shortest: TimeSpan, octaves: UInt64,
        most: TimeSpan
    ) -> TimeWindow? {
        let key = purpose.key(UInt64(bitPattern: hour))
        guard key.chance(0, permille: permille) else { return nil }
        let start = Instant.epoch + .hours(hour) + .minutes(2) + TimeSpan(draw: key.draw(1), below: .minutes(38))
        let base = shortest * (1 << Int64(key.draw(2, below: octaves + 1)))
        let length = min(base + TimeSpan(draw: key.draw(3), below: base), most)
        return TimeWindow(start: start, end: start + length)
    }
}
