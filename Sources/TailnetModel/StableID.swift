/// The codec of Tailscale's stable IDs: a kind letter, the numeric ID in little-endian base58, and `CNTRL`.
///
/// Form as observed on thousands of pairs of numeric and stable IDs of the real service: least significant digit first,
/// alphabet without `0`, `O`, `I` and `l`, padded on the right with `1` (zero) to eleven digits.
public enum StableID {
    /// What a stable ID names; the raw value is its first letter.
    public enum Kind: Character, Sendable, CaseIterable {
        case node = "n"
        case user = "u"
        case key = "k"
        case webhook = "w"
        case postureIntegration = "p"
        case oauthApp = "a"
        case tailnet = "T"
    }

    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    private static let suffix = "CNTRL"
    private static let digits = 11

    /// The largest numeric ID that every JSON reader keeps exactly.
    public static let largestNumber: UInt64 = (1 << 53) - 1

    /// The stable ID of a numeric ID.
    public static func text(_ kind: Kind, _ number: UInt64) -> String {
        var rest = number
        var text = String(kind.rawValue)
        for _ in 0..<digits {
            text.append(Character(Unicode.Scalar(alphabet[Int(rest % 58)])))
            rest /= 58
        }
        return text + suffix
    }

    /// The kind and numeric ID that a stable ID stands for; nil where `text` was not made by this codec.
    ///
    /// IDs of old tailnets (short bodies) and pseudonymised ones give nil: they stay opaque text.
    public static func parse(_ text: String) -> (kind: Kind, number: UInt64)? {
        guard let first = text.first, let kind = Kind(rawValue: first), text.hasSuffix(suffix) else { return nil }
        let body = text.utf8.dropFirst().dropLast(suffix.utf8.count)
        guard body.count == digits else { return nil }
        var number: UInt64 = 0
        for byte in body.reversed() {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            let product = number.multipliedReportingOverflow(by: 58)
            let sum = product.partialValue.addingReportingOverflow(UInt64(digit))
            guard !product.overflow, !sum.overflow else { return nil }
            number = sum.partialValue
        }
        return (kind, number)
    }
}
