import SystemFiles
public import Truth

/// Reads truth from files.
public enum TruthFile {
    /// The incidents of a generated folder, of its `truth` folder, or of a file.
    ///
    /// - Throws: `RunError` with every line that is wrong.
    public static func incidents(at path: String) throws(RunError) -> [Incident] {
        let candidates = [path, "\(path)/truth/incidents.ndjson", "\(path)/incidents.ndjson"]
        guard let file = candidates.first(where: PathKind.isReadable) else {
            throw RunError(.input, "there is no truth at \(path); give a folder that mocktail generated")
        }
        let bytes = try UserFile.bytes(of: file)
        do { return try IncidentText.decode(bytes) } catch {
            let lines = error.problems.map { "\(file):\($0.line): \($0.message)" }
            throw RunError(.input, lines.joined(separator: "\n"))
        }
    }
}
