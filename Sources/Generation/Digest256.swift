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

    init(limbs: (UInt64, UInt64, UInt64, UInt64)) {
        self.limbs = limbs
    }

    /// 64 lower-case hex digits.
    public var hex: String {
        [limbs.0, limbs.1, limbs.2, limbs.3].map { limb in
            let digits = String(limb, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// What gives the SHA-256 of a record's bytes; handed in, so that this module needs no digest of its own.
public typealias RecordHash = @Sendable (UnsafeRawBufferPointer) -> Digest256
