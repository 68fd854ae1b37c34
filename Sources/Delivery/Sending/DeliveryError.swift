/// Why a destination cannot be used; the message is one sentence that says what, where, and what to do.
public struct DeliveryError: Error, Hashable, CustomStringConvertible {
    /// What went wrong, for code that has to tell cases apart.
    public enum Code: Sendable, Hashable {
        /// The URL's scheme is not one that can be delivered to.
        case unknownScheme
        /// The URL has a known scheme and cannot be read.
        case invalidURL
        /// The destination is encrypted, and this program was built without TLS.
        case needsTLS
        /// The file cannot be created or opened, or TLS cannot be set up.
        case cannotOpen
        /// The file took no more bytes.
        case cannotWrite
        /// The file was written and could not be given its name.
        case cannotFinish
    }

    /// What went wrong.
    public let code: Code
    /// The sentence for the user.
    public let message: String

    /// The sentence for the user.
    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
