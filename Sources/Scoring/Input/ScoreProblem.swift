/// What is wrong with a goal or a result, in one sentence.
public struct ScoreProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence, without a full stop.
    public let description: String

    init(_ description: String) { self.description = description }
}
