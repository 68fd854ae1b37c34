/// Reads scenarios.
public enum Scenario {
    /// Reads a scenario file and everything that it names.
    ///
    /// - Parameters:
    ///   - path: The scenario's file; its policy files stand beside it.
    ///   - files: Where files are read from.
    ///   - overrides: What the command line changes.
    /// - Throws: Everything that is wrong, at once.
    public static func load(
        _ path: String, files: some ScenarioFiles = DiskFiles(), overrides: ScenarioOverrides = ScenarioOverrides()
    ) throws(ScenarioProblems) -> Plan {
        try loadLocated(path, files: files, overrides: overrides).plan
    }

    /// Reads a scenario file as `load` does, and says where its patterns and incidents stand.
    package static func loadLocated(
        _ path: String, files: some ScenarioFiles, overrides: ScenarioOverrides = ScenarioOverrides()
    ) throws(ScenarioProblems) -> LocatedPlan {
        let text: String
        do {
            text = try files.text(of: path)
        } catch {
            throw ScenarioProblems([ScenarioProblem(file: path, line: 0, path: "", message: error.sentence)])
        }
        return try decodeLocated(text, file: path, files: files, overrides: overrides)
    }

    /// Reads a scenario from its text.
    ///
    /// - Parameters:
    ///   - text: The scenario in YAML.
    ///   - file: The name for messages; policy files are looked for beside it.
    ///   - files: Where policy files are read from.
    ///   - overrides: What the command line changes.
    /// - Throws: Everything that is wrong, at once.
    public static func decode(
        _ text: String, file: String, files: some ScenarioFiles, overrides: ScenarioOverrides = ScenarioOverrides()
    ) throws(ScenarioProblems) -> Plan {
        try decodeLocated(text, file: file, files: files, overrides: overrides).plan
    }

    /// Reads a scenario from its text as `decode` does, and says where its patterns and incidents stand.
    package static func decodeLocated(
        _ text: String, file: String, files: some ScenarioFiles, overrides: ScenarioOverrides = ScenarioOverrides()
    ) throws(ScenarioProblems) -> LocatedPlan {
        let document = try DocumentReader.read(text, file: file)
        var decoder = ScenarioDecoder()
        let place = SourceLocation(file: file, line: document.line, path: "")
        let root = decoder.entry(document, ScenarioSections.root, at: place)
        var resolver = Resolver(file: file, files: files, overrides: overrides, problems: decoder.problems)
        guard let root else { throw ScenarioProblems(decoder.problems.problems) }
        let plan = resolver.plan(root, summary: summary(of: text))
        try resolver.problems.check()
        return LocatedPlan(plan: plan, places: resolver.places)
    }

    /// The sentence in the comment of the first line; empty where there is none.
    static func summary(of text: String) -> String {
        let line = text.prefix { !$0.isNewline }
        guard line.first == "#" else { return "" }
        return String(line.drop { $0 == "#" || $0 == " " }.trimmingSuffix { $0 == " " })
    }
}

extension ScenarioFileError {
    /// Why a file cannot be read, in words.
    package var sentence: String {
        switch self {
        case .missing: "no such file"
        case .notUTF8: "not a text file in UTF-8"
        case .tooLarge(let mebibytes): "larger than \(mebibytes) MiB, the limit"
        case .unreadable(let reason): "cannot be read: \(reason)"
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        guard let last = lastIndex(where: { !isTrimmed($0) }) else { return "" }
        return self[...last]
    }
}
