/// A capability that a grant or a node attribute gives: a name and the JSON texts of its values.
public struct PolicyCapability: Hashable, Sendable {
    /// The name as it was written.
    public var name: String
    /// Compact JSON, in the order of the file; nil for `null`.
    public var values: [String]?

    /// Makes a capability.
    public init(name: String, values: [String]?) {
        self.name = name
        self.values = values
    }
}
