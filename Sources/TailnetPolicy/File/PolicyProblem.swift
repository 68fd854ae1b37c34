public import ByteText

/// Something that is wrong, or suspicious, in a policy file.
public struct PolicyProblem: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable {
        /// The service refuses the file.
        case error
        /// The service takes the file, but it hardly does what was meant.
        case warning
    }

    /// What is wrong; in the service's own words where `isServiceMessage` says so.
    public var message: String
    /// Where it stands in the file.
    public var position: TextPosition
    /// How bad it is.
    public var severity: Severity
    /// Whether the message is what the service answers, to the letter.
    public var isServiceMessage: Bool

    /// Makes a problem.
    public init(_ message: String, at position: TextPosition, severity: Severity = .error, isServiceMessage: Bool) {
        self.message = message
        self.position = position
        self.severity = severity
        self.isServiceMessage = isServiceMessage
    }

    /// The place, the severity and the message in one line.
    public var description: String { "\(position): \(severity.rawValue): \(message)" }
}

/// What the service answers when a policy file is put to it.
public struct PolicyAnswer: Hashable, Sendable {
    /// The HTTP status: 200, 400, or 500 where the service itself stumbles.
    public var code: Int
    /// The `message` of the answer; nil for 200.
    public var message: String?

    /// Makes an answer.
    public init(code: Int, message: String?) {
        self.code = code
        self.message = message
    }

    /// The answer to a file without fault.
    public static let accepted = PolicyAnswer(code: 200, message: nil)

    /// The words of the service where it fails instead of refusing.
    static let internalError = "internal server error"

    /// The answer to a file with these problems.
    init(_ problems: [PolicyProblem]) {
        guard let first = problems.first(where: { $0.severity == .error }) else {
            self = .accepted
            return
        }
        self.init(code: first.message == PolicyAnswer.internalError ? 500 : 400, message: first.message)
    }
}
