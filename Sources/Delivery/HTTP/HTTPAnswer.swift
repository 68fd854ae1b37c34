import ByteText
package import NIOCore

/// A complete answer of an HTTP server.
package struct HTTPAnswer: Sendable, Hashable {
    /// A header field; the name is in lower case.
    package struct Field: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The status, such as 200.
    package var status: Int
    /// The words after the status; may be empty.
    package var reason: String
    /// The header fields in the order in which they came.
    package var fields: [Field]
    /// The body, or the first 64 KiB of a longer one.
    package var body = ByteBuffer()
    /// Whether the connection can carry another request.
    package var keepsConnection = true

    /// The value of the first field of a name, which is in lower case.
    package func value(of name: String) -> String? { fields.first { $0.name == name }?.value }

    /// An answer's text is quoted up to this many characters.
    private static let quotedCharacters = 120

    /// The failure that an answer other than success stands for; what a server repeats of the request's secrets is hidden.
    func failure(of peer: String, hiding mask: SecretMask) -> Account.Failure {
        func printable(_ text: Substring) -> String {
            text.filter { $0.isASCII && !($0.asciiValue.map { $0 < 0x20 || $0 == 0x7F } ?? true) }
        }
        // Hidden before it is cut: half a secret would not be recognised.
        let text = printable(mask.masked(String(String(buffer: body).split { $0.isNewline }.first ?? ""))[...])
        let cut = text.prefix(HTTPAnswer.quotedCharacters)
        let quote = cut.isEmpty ? "" : ": \(cut)\(cut.count < text.count ? "..." : "")"
        let words = printable(mask.masked(reason).prefix(HTTPAnswer.quotedCharacters))
        return Account.Failure(
            kind: "status \(status)",
            text: "\(peer) answered \(status)\(words.isEmpty ? "" : " " + words)\(quote)")
    }
}
