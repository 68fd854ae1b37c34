import BundledScenarios

/// The bundled scenarios and policy files, which are part of the program.
package struct EmbeddedFiles: ScenarioFiles {
    /// Makes the reader of the bundled files.
    package init() {}

    package func text(of path: String) throws(ScenarioFileError) -> String {
        let name = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        guard let bytes = BundledFiles.bytes[name] else { throw .missing }
        return String(decoding: bytes, as: UTF8.self)
    }

    package func names(in folder: String) -> [String]? {
        folder.isEmpty ? BundledFiles.bytes.keys.sorted() : nil
    }
}
