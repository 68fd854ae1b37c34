/// Where a value stands.
struct SourceLocation: Sendable, Hashable {
    var file: String
    var line: Int
    var path: String

    /// The place of the value under a key.
    func key(_ key: String, line: Int) -> SourceLocation {
        SourceLocation(file: file, line: line, path: path.isEmpty ? key : "\(path).\(key)")
    }

    /// The place of an element of a list.
    func element(_ index: Int, line: Int) -> SourceLocation {
        SourceLocation(file: file, line: line, path: "\(path)[\(index)]")
    }
}
