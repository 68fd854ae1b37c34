import KeyedRandom

/// Time that passes now faster and now slower than planned, so that no distance between two instants is the planned one.
///
/// How late an instant is is the sum of noises, each half as strong as the one before and changing twice as often. All
/// of them together change by less than time passes: what is planned for later comes later.
struct UnevenPace {
    private let key: RandomKey
    private let length: Int64
    private let most: Int64
    private let ramp: Int64

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
    init(key: RandomKey, length: Int64, most: Int64, ramp: Int64) {
        self.key = key
        self.length = length
        self.most = most
        self.ramp = ramp
    }

    /// When comes what is planned for `offset` after the beginning.
    func place(of offset: Int64) -> Int64 {
        let early = Int64(Int128(max(0, offset - (length - ramp))) * Int128(most) / Int128(ramp))
        return offset - early + lateness(at: offset)
    }

    private func lateness(at offset: Int64) -> Int64 {
        var strength = most / 2
        var sum: Int64 = 0
        for number in 0..<UnevenPace.count where strength > 0 {
            let noise = key.key(number)
            let span = strength * UnevenPace.slowness
            let (interval, rest) = offset.quotientAndRemainder(dividingBy: span)
            let left = Int64(noise.draw(UInt64(interval), below: UInt64(strength)))
            let right = Int64(noise.draw(UInt64(interval + 1), below: UInt64(strength)))
            sum += left + Int64(Int128(right - left) * Int128(rest) / Int128(span))
            strength /= 2
        }
        return sum
    }
}
