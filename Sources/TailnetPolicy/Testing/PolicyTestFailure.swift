public import ByteText

/// A test of the policy file that does not hold.
public struct PolicyTestFailure: Hashable, Sendable, CustomStringConvertible {
    /// Where the entry stands that does not hold.
    public var position: TextPosition
    /// What was expected and what is the case.
    public var message: String

    /// The place and the message.
    public var description: String { "\(position): \(message)" }
}
