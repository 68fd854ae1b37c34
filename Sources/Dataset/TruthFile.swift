public import Truth
import FoundationEssentials
import Scoring
import TailnetModel

/// Reads truth from files.
public enum TruthFile {
    /// The incidents of a generated folder, of its `truth` folder, or of a file.
    ///
    /// - Throws: `RunError` with every line that is wrong.
    public static func incidents(at path: String) throws(RunError) -> [Incident] {
        let candidates = [path, "\(path)/truth/incidents.ndjson", "\(path)/incidents.ndjson"]
        let file = candidates.first { isFile($0) }
        guard let file else {
            throw RunError(.input, "there is no truth at \(path); give a folder that mocktail generated")
        }
        do { return try IncidentText.decode(try bytes(of: file)) } catch let error as NDJSONProblems {
            throw problems(error, in: file)
        } catch let error as RunError { throw error } catch { throw RunError(.input, "\(file): \(error)") }
    }

    private static func isFile(_ path: String) -> Bool {
        var isDirectory = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory
    }

    private static func bytes(of path: String) throws(RunError) -> [UInt8] {
        guard isFile(path) else { throw RunError(.input, "there is no file \(path)") }
        do { return Array(try Data(contentsOf: URL(filePath: path))) } catch {
            throw RunError(.input, "cannot read \(path); check its permissions")
        }
    }

    private static func problems(_ problems: NDJSONProblems, in file: String) -> RunError {
        RunError(.input, problems.problems.map { "\(file):\($0.line): \($0.message)" }.joined(separator: "\n"))
    }
}
