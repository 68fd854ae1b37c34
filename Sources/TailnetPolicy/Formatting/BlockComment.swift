/// A comment over several lines.
struct BlockComment {
    /// Without white space at their ends.
    private var lines: [ArraySlice<UInt8>]
    /// The beginning that the lines but the first one share, as far as they differ at all.
    private var prefix: ArraySlice<UInt8>

    init(_ comment: ArraySlice<UInt8>) {
        lines = comment.split(separator: newline, omittingEmptySubsequences: false).map { trimmed($0) }
        prefix = lines.dropFirst().first { !$0.isEmpty } ?? []
        for index in lines.indices.dropFirst() where !lines[index].isEmpty {
            let line = lines[index]
            if index == lines.count - 1, line.count == blanks(line) + 2 {
                // The end alone on its line is indented as the lines above it are.
                lines[index] = ArraySlice(Array(prefix.prefix(blanks(prefix))) + Array(line.suffix(2)))
                break
            }
            let shared = zip(line, prefix).prefix { $0 == $1 }.count
            if shared < min(line.count, prefix.count) { prefix = prefix.prefix(shared) }
        }
    }

    /// Appends the comment, its further lines indented.
    ///
    /// The lines keep their indentation towards each other. Asterisks at their beginnings stand below the first one.
    func append(to result: inout [UInt8], depth: Int) {
        let indentation = blanks(prefix)
        let isStarred = lines.allSatisfy { !$0.isEmpty } && prefix.dropFirst(indentation).first == UInt8(ascii: "*")
        result += lines[0]
        for line in lines.dropFirst() {
            result.append(newline)
            if line.isEmpty { continue }
            indent(&result, depth)
            if isStarred { result.append(UInt8(ascii: " ")) }
            result += line.dropFirst(indentation)
        }
    }
}
