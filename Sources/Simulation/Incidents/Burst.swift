import SimTime

/// Some connections of one kind.
struct Burst: Sendable {
    /// How the connections lie in time.
    enum Rhythm: Sendable {
        /// One in each of as many equal slots, anywhere in it.
        case spread
        /// As regular as a clock, but for so much either way.
        case regular(jitter: TimeSpan)
    }

    /// Which target and port a connection has.
    enum Aim: Sendable {
        /// Drawn.
        case drawn
        /// One after the other: all targets on the first port, then all on the next.
        case inTurn
    }

    var sources: [EndpointID]
    var targets: [EndpointID]
    var ports: [UInt16]
    var proto: UInt8 = 6
    var count: Int
    var window: TimeWindow
    var rhythm = Rhythm.spread
    var aim = Aim.inTurn
    var duration: ClosedRange<TimeSpan> = .milliseconds(400...6_400)
    /// Payload of each connection, in bytes.
    var up: ClosedRange<UInt64> = 1_300...2_800
    var down: ClosedRange<UInt64> = 1_700...3_500
    /// The exit node that traffic to the internet goes through.
    var exit: Int?
    /// Whether all packets go through a relay.
    var isRelayed = false
    /// Whether only the source reports it: the other side never saw it.
    var isOneSided = false
    /// Whether a try is one packet: nothing is sent again, and nothing follows the answer.
    var isHalfOpen = false
}

extension ClosedRange<TimeSpan> {
    /// The spans between two numbers of milliseconds.
    static func milliseconds(_ range: ClosedRange<Int64>) -> ClosedRange<TimeSpan> {
        TimeSpan.milliseconds(range.lowerBound)...TimeSpan.milliseconds(range.upperBound)
    }

    /// The spans between two numbers of seconds.
    static func seconds(_ range: ClosedRange<Int64>) -> ClosedRange<TimeSpan> {
        TimeSpan.seconds(range.lowerBound)...TimeSpan.seconds(range.upperBound)
    }
}
