public import Generation

/// SHA-256 for the manifest.
public enum RecordDigest {
    /// Digests one record.
    public static let sha256: RecordHash = { bytes in SHA256.digest(of: bytes) }

    /// The SHA-256 of a text in hex.
    static func hex(of text: String) -> String {
        let bytes = Array(text.utf8)
        return SHA256.digest(of: bytes.span).hex
    }
}
