/// One mistake in a scenario, where it stands and what to do about it.
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
