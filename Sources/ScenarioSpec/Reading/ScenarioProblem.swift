/// One thing that is wrong with a scenario, where it stands and what to do about it.
public struct ScenarioProblem: Sendable, Hashable {
    /// The file as the caller named it, or `--inject` and its text.
    public var file: String
    /// Counted from 1; 0 where the problem has no line.
    public var line: Int
    /// Where in the file's structure: `traffic[2].from[0]`; empty for the file as a whole.
    public var path: String
    /// One sentence without a full stop.
    public var message: String

    /// Makes a problem.
    public init(file: String, line: Int, path: String, message: String) {
        self.file = file
        self.line = line
        self.path = path
        self.message = message
    }
}

extension ScenarioProblem: CustomStringConvertible {
    /// The problem in one line.
    ///
    /// `quickstart.yaml:12: users[1].timeZone: there is no time zone "Europe/Madird"; …`
    public var description: String {
        var text = file
        if line > 0 { text += ":\(line)" }
        text += ": "
        if !path.isEmpty { text += "\(path): " }
        return text + message
    }
}

/// Everything that is wrong with a scenario, at once.
public struct ScenarioProblems: Error, Sendable, Hashable {
    /// Ordered by file, line and key path; never empty.
    public let problems: [ScenarioProblem]

    /// Orders the problems and drops those that are told twice.
    init(_ unordered: [ScenarioProblem]) {
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

/// Where a value stands.
struct Place: Sendable, Hashable {
    var file: String
    var line: Int
    var path: String

    /// The place of the value under a key.
    func key(_ key: String, line: Int) -> Place {
        Place(file: file, line: line, path: path.isEmpty ? key : "\(path).\(key)")
    }

    /// The place of an element of a list.
    func element(_ index: Int, line: Int) -> Place {
        Place(file: file, line: line, path: "\(path)[\(index)]")
    }
}

/// Collects problems while a scenario is read.
struct ProblemList {
    private(set) var problems: [ScenarioProblem] = []

    /// Notes a problem at a place.
    mutating func add(_ message: String, at place: Place) {
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
