/// A digest of 256 bits as four limbs, the most significant first.
public struct Digest256: Sendable, BitwiseCopyable {
    var limbs = SIMD4<UInt64>()

    /// Takes a digest of 32 bytes.
    public init(_ bytes: some Sequence<UInt8>) {
        for (index, byte) in bytes.enumerated() { limbs[index >> 3] = limbs[index >> 3] << 8 | UInt64(byte) }
    }

    init(limbs: SIMD4<UInt64>) {
        self.limbs = limbs
    }

    /// 64 lower-case hex digits.
    public var hex: String {
        limbs.indices.map { index in
            let digits = String(limbs[index], radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// What gives the SHA-256 of a record's bytes; handed in, so that this module needs no digest of its own.
public typealias RecordHash = @Sendable (Span<UInt8>) -> Digest256
