import CSHA256
package import Generation

/// A SHA-256 digest under way.
package struct SHA256: Sendable {
    private var hash = csha256()

    /// Begins a digest.
    package init() { csha256_begin(&hash) }

    /// The digest of some bytes.
    package static func digest(of bytes: UnsafeRawBufferPointer) -> Digest256 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    /// Takes more bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        csha256_update(&hash, bytes.baseAddress, bytes.count)
    }

    /// The digest of all bytes taken; a copy ends, so that more can follow.
    package func finish() -> Digest256 {
        var copy = hash
        return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { digest in
            csha256_end(&copy, digest.baseAddress)
            return Digest256(UnsafeRawBufferPointer(digest))
        }
    }
}
