import ByteText
import SystemFiles
public import TailnetModel

/// What a replay needs to know of a generated folder's manifest.
public struct FolderManifest: Sendable {
    /// The form of the folder's records.
    public var channel: Channel

    /// Whether a path is a generated folder.
    public static func exists(at path: String) -> Bool {
        PathKind.at("\(path)/manifest.json") == .file
    }

    /// Whether a path is a folder of any kind.
    public static func isFolder(_ path: String) -> Bool { PathKind.isFolder(path) }

    /// Reads the manifest of a folder.
    ///
    /// - Throws: `RunError` where it is damaged.
    public init(folder path: String) throws(RunError) {
        let file = "\(path)/manifest.json"
        let bytes = try UserFile.bytes(of: file)
        let document: JSONValue
        do { document = try JSONValue.parse(bytes) } catch { throw RunError(.input, "\(file): \(error)") }
        guard let name = document["channel"]?.string, let channel = Channel(rawValue: name) else {
            throw RunError(.input, "\(file): \"channel\" is missing or unknown; generate the folder again")
        }
        self.channel = channel
    }
}
