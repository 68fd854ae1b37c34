public import ByteText

/// One entry of `sshTests`.
public struct SSHPolicyTest: Sendable {
    /// Where it begins in the file.
    public var position: TextPosition
    /// Who tries.
    public var source: PolicyWord
    /// Where it leads.
    public var destinations: [PolicyWord] = []
    /// What must be allowed.
    public var accept: [String] = []
    /// What must not be allowed.
    public var deny: [String] = []
    /// Logins that must be allowed after a check.
    public var check: [String] = []
    /// Posture attributes of the source, with text and numbers as text.
    public var sourceAttributes: [PostureAttribute] = []
}
