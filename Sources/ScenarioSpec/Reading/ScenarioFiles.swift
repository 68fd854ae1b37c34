import FoundationEssentials

/// Where scenarios and policy files are read from: the disk, the bundled files, or a test's memory.
public protocol ScenarioFiles: Sendable {
    /// The whole text of a file.
    func text(of path: String) throws(ScenarioFileError) -> String
    /// The names in a folder, in any order; nil where there is no such folder.
    func names(in folder: String) -> [String]?
}

/// Why a file could not be read.
public enum ScenarioFileError: Error, Sendable, Hashable {
    case missing
    case notUTF8
    /// There are more bytes than a scenario or a policy may have.
    case tooLarge(mebibytes: Int)
    case unreadable(String)
}
