/// A scenario file, and where it and its policy files are read from.
public struct ScenarioSource: Sendable {
    /// The file's path; that of a bundled scenario is its name with `.yaml`.
    public let path: String
    /// The disk, or the bundled files.
    public let files: any ScenarioFiles

    /// Whether it is one of the program's own scenarios.
    package var isBundled: Bool { files is EmbeddedFiles }

    /// Makes a source.
    public init(path: String, files: some ScenarioFiles = DiskFiles()) {
        self.path = path
        self.files = files
    }

    /// Reads the scenario and everything that it names.
    ///
    /// - Parameter overrides: What the command line changes.
    /// - Throws: Everything that is wrong, at once.
    public func load(overrides: ScenarioOverrides = ScenarioOverrides()) throws(ScenarioProblems) -> Plan {
        try Scenario.load(path, files: files, overrides: overrides)
    }

    /// Reads the scenario as `load` does, and says where its patterns and incidents stand.
    package func loadLocated(
        overrides: ScenarioOverrides = ScenarioOverrides()
    ) throws(ScenarioProblems) -> LocatedPlan {
        try Scenario.loadLocated(path, files: files, overrides: overrides)
    }
}
