import ByteText
import SystemFiles

/// What an earlier run left in a folder that is to be written.
enum EarlierRun {
    /// The names of the files that a new run replaces or removes.
    ///
    /// A file is only ever taken for one of ours if the folder's manifest is ours and names it.
    ///
    /// - Parameters:
    ///   - path: the folder; it need not exist.
    ///   - force: whether the files of an earlier run may be replaced.
    ///   - extras: what is written beside a run's own files.
    /// - Throws: `RunError` where the folder holds something and `force` is false, or holds somebody else's file under
    ///   one of our names.
    static func files(in path: String, force: Bool, extras: GeneratedFolder.Extras) throws(RunError) -> [String] {
        guard let kind = PathKind.at(path) else { return [] }
        let shown = path.printable
        guard kind == .folder else { throw RunError(.input, "\(shown) is a file; name a folder with --out") }
        do { try StagedFolder.recover(path) } catch { throw RunError(error) }
        let content = Folder.entries(of: path).filter { !StagedFolder.isOwn($0) }
        guard content.isEmpty || force else {
            throw RunError(
                .input,
                "\(shown) is not empty; name another folder, or give --force to replace the files of an earlier run")
        }
        let there = (GeneratedFolder.names + extras.names).filter { PathKind.isThere("\(path)/\($0)") }
        guard let first = there.first else { return [] }
        guard PathKind.isThere("\(path)/manifest.json") else {
            throw RunError(
                .input,
                "\(shown) holds \(first) and no manifest.json, so it may not be the folder of an earlier run; name "
                    + "another folder, or remove the file yourself")
        }
        let manifest: FolderManifest
        do { manifest = try FolderManifest(folder: path) } catch {
            guard error.cause == .input else { throw error }
            throw RunError(
                .input,
                "\(shown)/manifest.json is not a manifest of this version of mocktail, so \(shown) may not be the folder "
                    + "of an earlier run; name another folder, or remove the file yourself")
        }
        for name in there where name != "manifest.json" && !manifest.names(name) && !extras.isOwn("\(path)/\(name)") {
            throw RunError(
                .input,
                "\(shown)/\(name) is not a file of the earlier run: manifest.json does not name it; move it away, or name "
                    + "another folder")
        }
        return there
    }
}

extension RunError {
    /// What the system refuses is a fault of the run, what is in the way one of the input.
    init(_ error: FileError) {
        self.init(error.system == nil && error.cause != .locked ? .input : .run, error.description)
    }
}
