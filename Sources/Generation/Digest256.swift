/// A digest of 256 bits as four limbs, the most significant first.
public struct Digest256: Sendable, BitwiseCopyable {
    var limbs: (UInt64, UInt64, UInt64, UInt64)

    /// Reads a digest of 32 bytes.
    public init(_ bytes: UnsafeRawBufferPointer) {
        func limb(_ index: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        }
        limbs = (limb(0), limb(1), limb(2), limb(3))
    }
}

/// What gives the SHA-256 of a record's bytes; handed in, so that this room needs no cryptography of its own.
public typealias RecordHash = @Sendable (UnsafeRawBufferPointer) -> Digest256
