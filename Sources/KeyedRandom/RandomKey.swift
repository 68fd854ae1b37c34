/// What a draw is for: the whole of its randomness is this key and an index.
///
/// There is no generator whose state is passed along. A key is derived from the seed by the names of what is drawn for
/// (an entity, a purpose, a time bucket); any draw can be made at any time, by anyone, in any order.
public struct RandomKey: Hashable, Sendable, BitwiseCopyable {
    /// The key's 64 bits.
    public let bits: UInt64

    @inlinable
    init(bits: UInt64) {
        self.bits = bits
    }

    /// The root of all keys of a run.
    @inlinable
    public init(seed: UInt64) {
        bits = mixed(seed &+ 0x9E37_79B9_7F4A_7C15)
    }

    /// The key for a name under this key.
    public func key(_ name: String) -> RandomKey {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return key(hash)
    }

    /// The key for a number (a time bucket, an ordinal) under this key.
    @inlinable @inline(__always)
    public func key(_ number: UInt64) -> RandomKey {
        RandomKey(bits: mixed(bits &+ mixed(number &+ 0xD1B5_4A32_D192_ED03)))
    }

    /// The draw of that index: 64 even bits.
    @inlinable @inline(__always)
    public func draw(_ index: UInt64 = 0) -> UInt64 {
        mixed(bits &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The draw of that index as a number in 0 ..< `bound`.
    ///
    /// By the upper half of a product, whose unevenness (`bound` in 2^64) no test of ours could see.
    @inlinable @inline(__always)
    public func draw(_ index: UInt64, below bound: UInt64) -> UInt64 {
        draw(index).scaled(below: bound)
    }

    /// Whether the draw of that index falls into a share of `permille` in a thousand.
    @inlinable @inline(__always)
    public func chance(_ index: UInt64, permille: Int) -> Bool {
        draw(index, below: 1_000) < UInt64(permille)
    }
}

extension UInt64 {
    /// These 64 even bits as a number in 0 ..< `bound`.
    @inlinable @inline(__always)
    public func scaled(below bound: UInt64) -> UInt64 {
        multipliedFullWidth(by: bound).high
    }
}

/// The finalizer of SplitMix64: every bit of the input moves every bit of the output.
@inlinable @inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
}
