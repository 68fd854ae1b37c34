import ByteText
import Generation
import SimTime
import SystemFiles
public import TailnetModel

/// What others need to know of a generated folder: its `manifest.json`.
public struct FolderManifest: Sendable {
    /// A file that the folder must hold.
    struct File: Sendable {
        var path: String
        var bytes: Int
        var sha256: String
    }

    /// The form of the folder's records.
    public let channel: Channel
    /// The range of the run.
    let window: TimeWindow
    /// Whether the run has the scenario's incidents.
    let hasIncidents: Bool
    let files: [File]
    let folder: String

    /// The version of manifests that this program reads and writes.
    static let schema = 1

    /// Whether a path is a generated folder.
    public static func exists(at path: String) -> Bool {
        // Where this cannot be, whoever reads the folder says why.
        try? StagedFolder.recover(path)
        return PathKind.at("\(path)/manifest.json") == .file
    }

    /// Whether the manifest names a file.
    func names(_ path: String) -> Bool { files.contains { $0.path == path } }

    /// Whether a path is a folder of any kind.
    public static func isFolder(_ path: String) -> Bool { PathKind.isFolder(path) }

    /// Reads the manifest of a folder.
    ///
    /// - Throws: `RunError` where it is damaged or of another version, or another process writes to the folder.
    public init(folder path: String) throws(RunError) {
        do { try StagedFolder.recover(path) } catch { throw RunError(.run, error.description) }
        let file = "\(path)/manifest.json"
        let bytes = try UserFile.bytes(of: file, isRegular: true)
        let document: JSONValue
        do { document = try JSONValue.parse(bytes) } catch { throw RunError(.input, "\(file): \(error)") }
        func damaged(_ member: String) -> RunError {
            RunError(.input, "\(file): \"\(member)\" is missing or invalid; generate the folder again")
        }
        guard let schema = document["schema"]?.int else { throw damaged("schema") }
        guard schema == Int64(FolderManifest.schema) else {
            throw RunError(
                .input,
                "\(file): \"schema\" is \(schema), and mocktail \(Version.current) reads schema "
                    + "\(FolderManifest.schema); generate the folder again with this version")
        }
        guard document["mocktail"]?.string != nil else { throw damaged("mocktail") }
        guard let channel = document["channel"]?.string.flatMap({ Channel(rawValue: $0) }) else {
            throw damaged("channel")
        }
        guard let start = document["window"]?["start"]?.string.flatMap({ Instant(rfc3339: $0) }),
            let end = document["window"]?["end"]?.string.flatMap({ Instant(rfc3339: $0) }), start < end
        else { throw damaged("window") }
        var files: [File] = []
        for entry in document["files"]?.array ?? [] {
            guard let path = entry["path"]?.string, let bytes = entry["bytes"]?.int, bytes >= 0, bytes < Int64.max,
                let sha256 = entry["sha256"]?.string
            else { throw damaged("files") }
            files.append(File(path: path, bytes: Int(bytes), sha256: sha256))
        }
        if files.isEmpty || Set(files.map(\.path)).count < files.count { throw damaged("files") }
        self.channel = channel
        hasIncidents = document["anomalies"]?.bool ?? true
        window = TimeWindow(start: start, end: end)
        self.files = files
        folder = path
    }

    /// Compares files with what the manifest says of them.
    ///
    /// - Parameter names: which to compare, relative to the folder; those that the manifest does not name are passed.
    /// - Throws: `RunError` with every file that is missing, cut short or changed.
    func check(_ names: some Sequence<String>) throws(RunError) {
        let names = Set(names)
        var problems: [String] = []
        for file in files where names.contains(file.path) {
            if let problem = problem(of: file) { problems.append(problem) }
        }
        if problems.isEmpty { return }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    private func problem(of file: File) -> String? {
        let path = "\(folder)/\(file.path)"
        var hash = SHA256()
        var count = 0
        do {
            // One byte more shows that the file has grown; how far does not matter.
            try InputFile.forEachBlock(of: path, upTo: file.bytes + 1) { block in
                count += block.count
                hash.update(block.span)
            }
        } catch { return "\(error); generate the folder again" }
        if count < file.bytes {
            return "\(path): cut short to \(count) of the \(file.bytes) bytes that manifest.json names; generate the "
                + "folder again"
        }
        if count == file.bytes, hash.finish().hex == file.sha256 { return nil }
        return
            "\(path): changed since it was generated (its size or SHA-256 differs from manifest.json's); generate the "
            + "folder again"
    }
}
