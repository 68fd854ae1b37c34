import Foundation

/// The package's own files, as text.
enum SourceTree {
    /// The package's root, from this file's place in it.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// An error of this tree: a folder or a file that must be there is not.
    struct Missing: Error, CustomStringConvertible {
        var description: String
    }

    /// The files below a folder of the root that have one of the extensions, ordered by path.
    ///
    /// Throws if there are none: a check of nothing must not pass.
    static func files(below folder: String, _ extensions: Set<String> = ["swift"]) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        let paths = names.filter { name in
            let last = name.split(separator: "/").last ?? ""
            let end = last.firstIndex(of: ".").map { String(last[$0...].dropFirst()) } ?? ""
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: base.appending(path: name).path, isDirectory: &isFolder)
            return extensions.contains(end) && exists && !isFolder.boolValue
        }
        guard !paths.isEmpty else { throw Missing(description: "there are no files below \(folder)") }
        return try paths.sorted().map { try file("\(folder)/\($0)") }
    }

    /// All Swift files of the modules.
    static func sources() throws -> [SourceFile] { try readSources.get() }

    private static let readSources = Result { try files(below: "Sources") }

    /// All Swift files of the tests.
    static func tests() throws -> [SourceFile] { try readTests.get() }

    private static let readTests = Result { try files(below: "Tests") }

    /// One file, by its path below the root.
    static func file(_ path: String) throws -> SourceFile {
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8), !text.isEmpty else {
            throw Missing(description: "there is no \(path), or it is empty")
        }
        return SourceFile(path: path, text: text)
    }

    /// Whether there is a file or a folder at a path below the root.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The names of the folders in a folder of the root, ordered.
    static func folders(in folder: String) throws -> [String] {
        let base = root.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base.path)) ?? []
        let found = names.filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: base.appending(path: name).path, isDirectory: &isFolder)
            return isFolder.boolValue
        }
        guard !found.isEmpty else { throw Missing(description: "there are no folders in \(folder)") }
        return found.sorted()
    }
}
