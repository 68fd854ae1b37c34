import Foundation

/// The package's own sources, as text.
enum SourceTree {
    /// The package's root, from this file's place in it.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// One source file.
    struct File {
        /// The room that the file belongs to.
        var room: String
        /// The path below the root.
        var path: String
        var lines: [String]
    }

    /// The Swift files below a folder of the root, ordered by path.
    static func files(below folder: String) -> [File] {
        let base = root.appending(path: folder)
        let names = (FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []).sorted()
        return names.filter { $0.hasSuffix(".swift") }.map { name in
            let text = (try? String(contentsOf: base.appending(path: name), encoding: .utf8)) ?? ""
            return File(
                room: name.split(separator: "/").first.map(String.init) ?? "", path: "\(folder)/\(name)",
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// The module that a line imports; nil for other lines.
    static func importedModule(_ line: String) -> String? {
        var words = line.split(separator: " ").map(String.init)
        if let first = words.first, ["public", "package", "internal", "private", "@testable"].contains(first) {
            words.removeFirst()
        }
        guard words.first == "import", words.count > 1 else { return nil }
        let isKind = ["struct", "class", "enum", "func", "typealias", "protocol", "var", "let"].contains(words[1])
        return words[isKind && words.count > 2 ? 2 : 1].split(separator: ".").first.map(String.init)
    }
}
