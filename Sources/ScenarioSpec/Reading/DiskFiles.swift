import FoundationEssentials

/// The machine's files.
public struct DiskFiles: ScenarioFiles {
    /// Makes the reader of the machine's files.
    public init() {}

    public func text(of path: String) throws(ScenarioFileError) -> String {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing }
        if isFolder { throw .unreadable("it is a folder") }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable("check its permissions")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    public func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
    }
}
