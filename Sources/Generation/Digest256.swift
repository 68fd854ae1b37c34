/// A digest of 256 bits as four limbs, the most significant first.
public struct Digest256: Sendable, BitwiseCopyable {
    var limbs = SIMD4<UInt64>()

    /// Takes a digest of 32 bytes.
    public init(_ bytes: some Sequence<UInt8>) {
        for (index, byte) in bytes.enumerated() { limbs[index >> 3] = limbs[index >> 3] << 8 | UInt64(byte) }
    }
}

/// What gives the SHA-256 of a record's bytes; handed in, so that this module needs no cryptography of its own.
public typealias RecordHash = @Sendable (Span<UInt8>) -> Digest256
