/// Whether a policy lets something through, and which rule says so.
public struct Verdict: Hashable, BitwiseCopyable, Sendable {
    /// Whether it is let through.
    public var isAllowed: Bool
    /// Index of the first rule that allows it in `PolicyFile.rules`; -1 where none does or none is needed.
    public var rule: Int

    /// Makes a verdict.
    public init(isAllowed: Bool, rule: Int) {
        self.isAllowed = isAllowed
        self.rule = rule
    }

    /// Nothing allows it.
    public static let denied = Verdict(isAllowed: false, rule: -1)
    /// The policy has no rules at all, and so restricts nothing.
    public static let unrestricted = Verdict(isAllowed: true, rule: -1)
}
