public import Generation
import Crypto

/// SHA-256 for the manifest.
public enum RecordDigest {
    /// Digests one record.
    public static let sha256: RecordHash = { bytes in
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Digest256(hash.finalize())
    }

    /// The SHA-256 of a text in hex.
    static func hex(of text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).hex
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hex digits a byte.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
