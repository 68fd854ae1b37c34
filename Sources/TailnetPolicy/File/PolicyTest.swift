public import ByteText

/// One entry of `tests`: what a source must be able to reach, and what it must not.
public struct PolicyTest: Sendable {
    /// Where it begins in the file.
    public var position: TextPosition
    /// Who tries.
    public var source: PolicyWord
    /// The protocol by name or number; nil for TCP or UDP.
    public var proto: String?
    /// What must be allowed.
    public var accept: [PolicyWord] = []
    /// What must not be allowed.
    public var deny: [PolicyWord] = []
    /// Posture attributes of the source, with text and numbers as text.
    public var sourceAttributes: [PostureAttribute] = []
}
