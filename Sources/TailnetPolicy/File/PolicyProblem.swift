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
    /// What is probably meant, or what to do, where the message does not say so itself.
    public var hint: String?

    /// Makes a problem.
    public init(
        _ message: String, at position: TextPosition, severity: Severity = .error, isServiceMessage: Bool,
        hint: String? = nil
    ) {
        self.message = message
        self.position = position
        self.severity = severity
        self.isServiceMessage = isServiceMessage
        self.hint = hint
    }

    /// The place, the severity and the message in one line.
    public var description: String { "\(position): \(severity.rawValue): \(message)" }
}
