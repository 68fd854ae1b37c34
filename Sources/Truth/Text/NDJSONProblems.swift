/// What is wrong with a file of one JSON object a line: all of it, not only the first mistake.
public struct NDJSONProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// The problems in the order of the lines.
    public var problems: [Problem]

    /// One wrong line.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// Counted from 1.
        public var line: Int
        /// What is wrong, and what would be right.
        public var message: String

        /// Makes a problem.
        public init(line: Int, message: String) {
            self.line = line
            self.message = message
        }

        /// The line and what is wrong in it.
        public var description: String { "line \(line): \(message)" }
    }

    /// Makes the problems of a file.
    package init(problems: [Problem]) {
        self.problems = problems
    }

    /// One problem a line of text.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
