import KeyedRandom
import SimTime

/// Time that passes now faster and now slower than planned, so that no distance between two instants is the planned one.
///
/// How late an instant is is the sum of noises, each half as strong as the one before and changing twice as often. All
/// of them together change by less than time passes: what is planned for later comes later.
struct UnevenPace {
    private let key: RandomKey
    private let length: TimeSpan
    private let most: TimeSpan
    private let ramp: TimeSpan

    /// Noises in all; the last one is a 128th of the first.
    private static let count: UInt64 = 8
    /// How many times its strength a noise takes to change: eight times a tenth is less than one.
    private static let slowness: Int64 = 10

    /// Makes a pace.
    ///
    /// - Parameters:
    ///   - length: the whole time, which is kept.
    ///   - most: how late an instant comes at most.
    ///   - ramp: the last part of the whole, over which everything is moved ahead, more and more, so that nothing comes
    ///     after the end: at least ten times `most`. Nothing before it comes early.
    init(key: RandomKey, length: TimeSpan, most: TimeSpan, ramp: TimeSpan) {
        self.key = key
        self.length = length
        self.most = most
        self.ramp = ramp
    }

    /// When comes what is planned for `offset` after the beginning.
    func place(of offset: TimeSpan) -> TimeSpan {
        let early = UnevenPace.part(most, of: max(.zero, offset - (length - ramp)), in: ramp)
        return offset - early + lateness(at: offset)
    }

    private func lateness(at offset: TimeSpan) -> TimeSpan {
        var strength = most / 2
        var sum = TimeSpan.zero
        for number in 0..<UnevenPace.count where strength > .zero {
            let noise = key.key(number)
            let span = strength * UnevenPace.slowness
            let (interval, rest) = offset.quotientAndRemainder(dividingBy: span)
            let left = TimeSpan(draw: noise.draw(UInt64(interval)), below: strength)
            let right = TimeSpan(draw: noise.draw(UInt64(interval + 1)), below: strength)
            sum += left + UnevenPace.part(right - left, of: rest, in: span)
            strength = strength / 2
        }
        return sum
    }

    /// What `whole` has grown to after `elapsed`, if it grows evenly over `length`.
    private static func part(_ whole: TimeSpan, of elapsed: TimeSpan, in length: TimeSpan) -> TimeSpan {
        .nanoseconds(Int64(Int128(whole.nanoseconds) * Int128(elapsed.nanoseconds) / Int128(length.nanoseconds)))
    }
}
