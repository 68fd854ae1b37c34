import ByteText
import SystemFiles
public import Truth

/// Reads truth from files.
public enum TruthFile {
    /// The incidents of a generated folder, of its `truth` folder, or of a file.
    ///
    /// - Throws: `RunError` with every line that is wrong, up to a limit.
    public static func incidents(at path: String) throws(RunError) -> [Incident] {
        let isFolder = PathKind.isFolder(path)
        let candidates = isFolder ? ["\(path)/truth/incidents.ndjson", "\(path)/incidents.ndjson"] : [path]
        guard let file = candidates.first(where: PathKind.isThere) else {
            throw RunError(.input, "there is no truth at \(path.printable); give a folder that mocktail generated")
        }
        let bytes = try UserFile.bytes(of: file, isRegular: isFolder)
        do { return try IncidentText.decode(bytes) } catch {
            throw RunError(.input, ScoreFiles.listed(error, in: file))
        }
    }
}
