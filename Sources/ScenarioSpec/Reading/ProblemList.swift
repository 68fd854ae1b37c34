/// Collects problems while a scenario is read.
struct ProblemList {
    private(set) var problems: [ScenarioProblem] = []

    /// Notes a problem at a place.
    mutating func add(_ message: String, at place: SourceLocation) {
        problems.append(ScenarioProblem(file: place.file, line: place.line, path: place.path, message: message))
    }

    /// Takes over what somebody else noted.
    mutating func add(_ others: ProblemList) {
        problems += others.problems
    }

    /// Throws what was collected, if anything.
    func check() throws(ScenarioProblems) {
        if !problems.isEmpty { throw ScenarioProblems(problems) }
    }
}
