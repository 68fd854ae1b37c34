/// Checks that what the pages for contributors name is there.
enum PageRules {
    private static let quoted = Pattern(#"`([^`\n]+)`"#)
    private static let type = Pattern(#"^[A-Z]\w+$"#)
    private static let path = Pattern(#"^(?:\w|[.-])+(?:/(?:\w|[.-])+)+$"#)
    private static let name = Pattern(#"\b[A-Z]\w+"#)

    /// The capitalized names in the code of files, the names of the files and of their modules.
    static func names(_ files: [SourceFile]) -> Set<String> {
        files.reduce(into: []) { names, file in
            names.formUnion([file.target, String(file.path.split(separator: "/").last?.prefix { $0 != "." } ?? "")])
            names.formUnion(name.matches(in: file.code).map { $0.groups[0] })
        }
    }

    /// Names in backticks that no file has, and paths in backticks where nothing is; `exists` is asked for a path below
    /// the root.
    static func problems(_ page: SourceFile, _ names: Set<String>, exists: (String) -> Bool) -> [String] {
        quoted.matches(in: page.text).compactMap { match in
            let text = match.groups[1]
            if !type.matches(in: text).isEmpty, !names.contains(text), !exists(text) {
                return "\(page.path):\(match.line): there is no \(text)"
            }
            if !path.matches(in: text).isEmpty, !exists(text), !exists("Sources/\(text)") {
                return "\(page.path):\(match.line): there is nothing at \(text)"
            }
            return nil
        }
    }
}
