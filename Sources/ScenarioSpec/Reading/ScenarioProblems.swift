/// Everything that is wrong with a scenario, at once.
public struct ScenarioProblems: Error, Sendable, Hashable {
    /// Ordered by file, line and key path; never empty.
    public let problems: [ScenarioProblem]

    /// Orders the problems and drops those that are told twice.
    package init(_ unordered: [ScenarioProblem]) {
        var seen: Set<ScenarioProblem> = []
        problems = unordered.filter { seen.insert($0).inserted }.enumerated().sorted {
            let (left, right) = ($0.element, $1.element)
            return (left.file, left.line, $0.offset) < (right.file, right.line, $1.offset)
        }.map(\.element)
    }
}

extension ScenarioProblems: CustomStringConvertible {
    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
