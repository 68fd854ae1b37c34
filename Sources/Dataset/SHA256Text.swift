public import Generation

/// SHA-256 for the manifest.
public enum RecordDigest {
    /// Digests one record.
    public static let sha256: RecordHash = { bytes in bytes.withUnsafeBytes { SHA256.digest(of: $0) } }

    /// The SHA-256 of a text in hex.
    static func hex(of text: String) -> String {
        Array(text.utf8).withUnsafeBytes { SHA256.digest(of: $0).hex }
    }
}
