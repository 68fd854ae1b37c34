import NIOHTTP1

/// Checks what senders bring in `Authorization`.
///
/// The service's own stream sends `Basic` with the token for password; other senders of the same shape use
/// `Splunk TOKEN` or `Bearer TOKEN`.
package struct Authorization {
    /// Nil lets everybody in.
    private let token: String?

    /// Asks for a token; nil asks for none.
    package init(token: String?) {
        self.token = token
    }

    /// The answer to a sender that may not come in; nil for one that may.
    package func refusal(of header: String?) -> Response? {
        guard let token else { return nil }
        guard let header else { return .collector(.unauthorized, "Token is required", 2) }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let brought = Authorization.token(scheme: parts[0].lowercased(), parts[1]) else {
            return .collector(.unauthorized, "Invalid authorization", 3)
        }
        return Authorization.isSame(brought, token) ? nil : .collector(.forbidden, "Invalid token", 4)
    }

    /// Whether two tokens have the same bytes, in a time that does not tell how many of them agree.
    ///
    /// Texts may be equal to Swift that are not the same bytes.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var difference = left.count ^ right.count
        for index in left.indices { difference |= Int(left[index] ^ right[index % max(1, right.count)]) }
        return difference == 0 && !right.isEmpty
    }

    private static func token(scheme: String, _ credentials: Substring) -> String? {
        switch scheme {
        case "bearer", "splunk": return String(credentials)
        case "basic":
            guard let text = base64Decoded(credentials), let colon = text.firstIndex(of: ":") else { return nil }
            return String(text[text.index(after: colon)...])
        default: return nil
        }
    }

    /// The text that is written in base 64, with or without padding; nil where it is none.
    private static func base64Decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
