import CSHA256
package import Generation

/// A SHA-256 digest under way.
package struct SHA256: Sendable {
    private var hash = csha256()

    /// Begins a digest.
    package init() { unsafe csha256_begin(&hash) }

    /// The digest of some bytes.
    package static func digest(of bytes: Span<UInt8>) -> Digest256 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    /// Takes more bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        // The C function reads the bytes and keeps no pointer to them.
        unsafe bytes.withUnsafeBytes { bytes in unsafe csha256_update(&hash, bytes.baseAddress, bytes.count) }
    }

    /// The digest of all bytes taken; a copy ends, so that more can follow.
    package func finish() -> Digest256 {
        var copy = hash
        // The C function writes these 32 bytes. There is one digest a record, so they are not on the heap.
        return unsafe withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { digest in
            unsafe csha256_end(&copy, digest.baseAddress)
            return unsafe Digest256(UnsafeRawBufferPointer(digest))
        }
    }
}
