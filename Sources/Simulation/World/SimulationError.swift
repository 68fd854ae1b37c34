/// What cannot be simulated, in one sentence.
public struct SimulationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    /// The incident that cannot happen; nil where it is something else.
    package let incident: String?

    /// Makes an error of that text.
    public init(_ description: String) {
        self.description = description
        incident = nil
    }

    /// Makes an error of an incident that cannot happen.
    init(_ description: String, incident: String) {
        self.description = description
        self.incident = incident
    }
}
