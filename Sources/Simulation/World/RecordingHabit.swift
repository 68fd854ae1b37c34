import KeyedRandom
import ScenarioSpec

/// How often a node's recording is disturbed: by sleep of the machine, and by uploads that stall.
///
/// Both are drawn anew each hour, at most one of each, and lie within the hour, so that any hour can be asked alone.
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

    private static let hour: Int64 = 3_600_000_000_000
    private static let second: UInt64 = 1_000_000_000

    /// The part of an hour in which the machine sleeps: half a minute to thirteen minutes, short ones more often.
    ///
    /// A live capture of three hours had one window of 812 seconds; the timer that ends a window stands still meanwhile.
    @inline(__always)
    func sleep(_ node: RandomKey, hour: Int64) -> Interval? {
        guard sleepPermille > 0 else { return nil }
        return RecordingHabit.interval(
            node.key(0x6E61_7073), hour, Int(sleepPermille), shortest: 30, octaves: 4, most: 790)
    }

    /// The part of an hour whose records wait until its end to be uploaded, eight seconds to thirteen minutes.
    @inline(__always)
    func uploadStall(_ node: RandomKey, hour: Int64) -> Interval? {
        RecordingHabit.interval(
            node.key(0x7374_616C), hour, Int(uploadStallPermille), shortest: 8, octaves: 6, most: 840)
    }

    /// A range that begins between the second and the fortieth minute, of a length that is even in its logarithm.
    private static func interval(
        _ purpose: RandomKey, _ hour: Int64, _ permille: Int, shortest: UInt64, octaves: UInt64, most: UInt64
    ) -> Interval? {
        let key = purpose.key(UInt64(bitPattern: hour))
        guard key.chance(0, permille: permille) else { return nil }
        let start = hour * RecordingHabit.hour + Int64(120 * second + key.draw(1, below: 2_280 * second))
        let base = shortest << key.draw(2, below: octaves + 1)
        let length = min(base * second + key.draw(3, below: base * second), most * second)
        return Interval(start: start, end: start + Int64(length))
    }
}
