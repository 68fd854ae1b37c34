import ByteText

/// The scenarios that a command line can name: those of a folder of the user's, and the bundled ones.
public struct ScenarioCatalog: Sendable {
    /// A scenario's name, file and purpose.
    public struct Item: Sendable {
        /// The file's name without `.yaml`.
        public let name: String
        /// Where the scenario is read from.
        public let source: ScenarioSource
        /// The sentence of its first line; empty where it has none.
        public let summary: String
    }

    /// The user's folder; nil where there is none.
    private let folder: String?
    private let files: any ScenarioFiles

    /// Makes the catalog of a folder, which comes first, and the bundled scenarios.
    ///
    /// - Parameters:
    ///   - folder: The user's folder; nil for the bundled scenarios alone.
    ///   - files: Where the folder is read from.
    public init(folder: String? = nil, files: some ScenarioFiles = DiskFiles()) {
        self.folder = folder
        self.files = files
    }

    /// Makes the catalog for a program's environment, in which `MOCKTAIL_SCENARIOS` may name the user's folder.
    public init(environment: [String: String]) {
        self.init(folder: environment["MOCKTAIL_SCENARIOS"].flatMap { $0.isEmpty ? nil : $0 })
    }

    /// All scenarios, ordered by name.
    public var items: [Item] {
        let own = folder.map { ScenarioCatalog.items(in: $0, files) } ?? []
        let names = Set(own.map(\.name))
        let bundled = ScenarioCatalog.items(in: "", EmbeddedFiles()).filter { !names.contains($0.name) }
        return (own + bundled).sorted { $0.name < $1.name }
    }

    /// The scenario that a command line means: a file where the text looks like a path, otherwise the scenario of that
    /// name.
    ///
    /// - Throws: A problem that lists similar names where there is none.
    public func source(of argument: String) throws(ScenarioProblems) -> ScenarioSource {
        if argument.contains("/") || argument.hasSuffix(".yaml") || argument.hasSuffix(".yml") {
            return ScenarioSource(path: argument)
        }
        let items = items
        if let item = items.first(where: { $0.name == argument }) { return item.source }
        let places = folder.map { " in \($0) or among the bundled ones" } ?? ""
        var hint = Suggestion.text(for: argument, among: items.map(\.name))
        if hint.isEmpty { hint = "; mocktail scenario list shows the names, and a file needs its ending .yaml" }
        throw ScenarioProblems([
            ScenarioProblem(
                file: argument, line: 0, path: "",
                message: "there is no scenario of that name\(places)\(hint)")
        ])
    }

    /// The scenarios of a folder on the disk, or of the bundled files where the folder is empty.
    ///
    /// - Returns: None where the folder has no scenarios or does not exist; ordered by name.
    package static func items(in folder: String, _ files: some ScenarioFiles = DiskFiles()) -> [Item] {
        var items: [Item] = []
        for file in (files.names(in: folder) ?? []).sorted() where file.hasSuffix(".yaml") {
            let path = FilePath.file(file, in: folder)
            guard let text = try? files.text(of: path) else { continue }
            items.append(
                Item(
                    name: String(file.dropLast(".yaml".count)), source: ScenarioSource(path: path, files: files),
                    summary: Scenario.summary(of: text)))
        }
        return items
    }
}
