import FoundationEssentials
import SystemFiles

/// The machine's files.
public struct DiskFiles: ScenarioFiles {
    /// Makes the reader of the machine's files.
    public init() {}

    public func text(of path: String) throws(ScenarioFileError) -> String {
        do throws(FileError) { return try InputFile.text(of: path, limit: DocumentReader.largestText) } catch {
            switch error.cause {
            case .missing: throw .missing
            case .notText: throw .notUTF8
            case .tooLarge(let mebibytes): throw .tooLarge(mebibytes: mebibytes)
            case .folder: throw .unreadable("it is a folder")
            case .unreadable(let error): throw .unreadable(error.description)
            default: throw .unreadable("the system refuses to read it")
            }
        }
    }

    public func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
    }
}
