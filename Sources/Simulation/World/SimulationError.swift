/// What cannot be simulated, in one sentence.
public struct SimulationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    /// Makes an error of that text.
    public init(_ description: String) {
        self.description = description
    }
}
