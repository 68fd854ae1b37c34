/// The scenarios that can be called by name: those of the `Scenarios` folders.
public struct ScenarioCatalog: Sendable {
    /// A scenario's name, file and purpose.
    public struct Item: Sendable, Hashable {
        /// The file's name without `.yaml`.
        public let name: String
        /// Where the file is.
        public let path: String
        /// The sentence of its first line; empty where it has none.
        public let summary: String
    }

    private let folders: [String]
    private let files: any ScenarioFiles

    /// Makes the catalog of some folders; the first that has a name wins.
    public init(folders: [String], files: some ScenarioFiles = DiskFiles()) {
        self.folders = folders
        self.files = files
    }

    /// Makes the catalog of the folders where a program finds its scenarios.
    ///
    /// - Parameters:
    ///   - environment: `MOCKTAIL_SCENARIOS` in it names a folder that comes first.
    ///   - executable: The program's own path, with all links followed; `Scenarios` beside it and beside each of the
    ///     folders above it are searched, up to the one that has a `Package.swift`.
    ///   - files: Where files are read from.
    public init(environment: [String: String], executable: String?, files: some ScenarioFiles = DiskFiles()) {
        var folders: [String] = []
        if let folder = environment["MOCKTAIL_SCENARIOS"], !folder.isEmpty { folders.append(folder) }
        folders.append("Scenarios")
        var folder = executable.flatMap(FilePath.parent)
        while let current = folder {
            let prefix = current == "/" ? "/" : current + "/"
            folders.append(prefix + "Scenarios")
            if files.names(in: current)?.contains("Package.swift") ?? false { break }
            folder = FilePath.parent(of: current)
        }
        self.init(folders: folders, files: files)
    }

    /// All scenarios, ordered by name.
    public var items: [Item] {
        var found: [String: Item] = [:]
        for folder in folders {
            for file in (files.names(in: folder) ?? []).sorted() where file.hasSuffix(".yaml") {
                let name = String(file.dropLast(".yaml".count))
                let path = folder + (folder.hasSuffix("/") ? "" : "/") + file
                guard found[name] == nil, let text = try? files.text(of: path) else { continue }
                found[name] = Item(name: name, path: path, summary: Scenario.summary(of: text))
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// The file that a command line means: a path where the text looks like one, otherwise the scenario of that name.
    public func path(of argument: String) throws(ScenarioProblems) -> String {
        if argument.contains("/") || argument.hasSuffix(".yaml") || argument.hasSuffix(".yml") { return argument }
        let items = items
        if let item = items.first(where: { $0.name == argument }) { return item.path }
        let hint = Suggestion.text(for: argument, among: items.map(\.name))
        throw ScenarioProblems([
            ScenarioProblem(
                file: argument, line: 0, path: "", message: "there is no scenario of that name in \(searched)\(hint)")
        ])
    }

    /// The folders that exist, for messages.
    private var searched: String {
        var existing: [String] = []
        for folder in folders where files.names(in: folder) != nil && !existing.contains(folder) {
            existing.append(folder)
        }
        return existing.isEmpty ? "any Scenarios folder; name a file" : existing.joined(separator: ", ")
    }
}
