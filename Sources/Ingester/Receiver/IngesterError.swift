/// Why the receiver cannot do what it was asked.
public struct IngesterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence: what, where, and what to do.
    public var description: String

    init(_ description: String) {
        self.description = description
    }
}
