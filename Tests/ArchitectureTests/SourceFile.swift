import Foundation

/// One file of the package, with what the checks look for in it.
struct SourceFile {
    /// The path below the package's root, such as `Sources/SimTime/Instant.swift`.
    let path: String
    /// The text as it is written.
    let text: String
    /// The text without comments and without the contents of string literals; lines stay where they are.
    let code: String

    /// Takes a file's path and its text.
    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = path.hasSuffix(".swift") ? SwiftCode.stripped(text) : text
    }

    /// The target that the file belongs to: the second part of its path, or what measures.
    var target: String {
        let parts = path.split(separator: "/")
        if parts.first == "Benchmarks" { return "bench" }
        return parts.count > 1 ? String(parts[1]) : ""
    }

    /// The lines of the text; a final line feed ends the last one.
    var lineCount: Int { text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 }

    /// An import of a module.
    struct Import: Equatable {
        var line: Int
        var module: String
    }

    /// The modules that the file imports, also under `#if`.
    var imports: [Import] {
        Pattern(
            #"^[ \t]*(?:(?:public|package|internal|fileprivate|private|@\w+(?:\([^)]*\))?)[ \t]+)*import[ \t]+"#
                + #"(?:(?:struct|class|enum|func|typealias|protocol|var|let)[ \t]+)?(\w+)"#
        ).matches(in: code).map { Import(line: $0.line, module: $0.groups[1]) }
    }
}

/// A regular expression that knows in which line it matched.
struct Pattern {
    private let expression: NSRegularExpression

    /// Takes the expression, whose `^` and `$` match at lines; a malformed one ends the tests.
    init(_ pattern: String, ignoringCase: Bool = false) {
        var options: NSRegularExpression.Options = [.anchorsMatchLines]
        if ignoringCase { options.insert(.caseInsensitive) }
        do {
            expression = try NSRegularExpression(pattern: pattern, options: options)
        } catch {
            fatalError("the expression \(pattern) is malformed: \(error)")
        }
    }

    /// One match: its line, from 1, its offset and end in UTF-16, what the groups matched (the whole first) and where.
    struct Match {
        var line: Int
        var start: Int
        var end: Int
        var groups: [String]
        var starts: [Int]
    }

    /// All matches in a text, from first to last.
    func matches(in text: String) -> [Match] {
        let whole = text as NSString
        var line = 1
        var seen = 0
        return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
            let before = whole.substring(with: NSRange(location: seen, length: match.range.location - seen))
            line += before.utf8.count { $0 == UInt8(ascii: "\n") }
            seen = match.range.location
            let groups = (0..<match.numberOfRanges).map { group in
                let range = match.range(at: group)
                return range.location == NSNotFound ? "" : whole.substring(with: range)
            }
            return Match(
                line: line, start: match.range.location, end: NSMaxRange(match.range), groups: groups,
                starts: (0..<match.numberOfRanges).map { match.range(at: $0).location })
        }
    }
}
