import Yams

/// Reads YAML text into a tree, with limits on what a small text may grow to.
struct DocumentReader {
    /// A scenario of 100,000 written nodes is smaller; anything larger is a mistake.
    static let largestText = 32 << 20
    /// What aliases may expand a text to, counted in nodes.
    static let mostNodes = 500_000
    /// No scenario nests deeper than its sections do.
    static let deepest = 16

    private var file: String
    private var count = 0

    /// The tree of a file's text.
    static func read(_ text: String, file: String) throws(ScenarioProblems) -> DocumentNode {
        func problem(_ message: String, line: Int = 0) -> ScenarioProblems {
            ScenarioProblems([ScenarioProblem(file: file, line: line, path: "", message: message)])
        }
        guard text.utf8.count <= largestText else { throw problem("the file is larger than 32 MiB") }
        if let line = lineOfAliasRisk(in: text) {
            throw problem("in a file with aliases every key must be a plain word", line: line)
        }
        let root: Yams.Node?
        do {
            root = try Yams.compose(yaml: text, .default, .default, .utf8)
        } catch let error as YamlError {
            let (line, message) = describe(error, text)
            throw problem(message, line: line)
        } catch {
            throw problem("the YAML cannot be read")
        }
        guard let root else { throw problem("the file holds no YAML mapping; see Docs/Scenarios.md") }
        var reader = DocumentReader(file: file)
        return try reader.convert(root, depth: 0)
    }

    private init(file: String) {
        self.file = file
    }

    private mutating func convert(_ node: Yams.Node, depth: Int) throws(ScenarioProblems) -> DocumentNode {
        let line = node.mark?.line ?? 0
        count += 1
        if count > DocumentReader.mostNodes { throw failure("its aliases expand the file to too many values", line) }
        if depth > DocumentReader.deepest { throw failure("the values are nested too deep", line) }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return DocumentNode(content: .scalar(scalar.string, isPlain: isPlain), line: line)
        case .sequence(let sequence):
            var elements: [DocumentNode] = []
            for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
            return DocumentNode(content: .list(elements), line: line)
        case .mapping(let mapping):
            return DocumentNode(content: .mapping(try pairs(mapping, depth: depth)), line: line)
        case .alias:
            throw failure("an alias has no anchor", line)
        }
    }

    /// The pairs of a mapping, with those that `<<` merges in behind its own.
    private mutating func pairs(
        _ mapping: Yams.Node.Mapping, depth: Int
    ) throws(ScenarioProblems) -> [DocumentNode.Pair] {
        var own: [DocumentNode.Pair] = []
        var merged: [DocumentNode.Pair] = []
        for (key, value) in mapping {
            let line = key.mark?.line ?? 0
            guard case .scalar(let word) = key else { throw failure("a key must be a plain word", line) }
            let converted = try convert(value, depth: depth + 1)
            guard word.string == "<<" else {
                own.append(DocumentNode.Pair(key: word.string, line: line, value: converted))
                continue
            }
            var sources = [converted]
            if case .list(let several) = converted.content { sources = several }
            for source in sources {
                guard case .mapping(let pairs) = source.content else {
                    throw failure("<< merges a mapping or a list of mappings", line)
                }
                merged += pairs
            }
        }
        var known = Set(own.map(\.key))
        for pair in merged where known.insert(pair.key).inserted { own.append(pair) }
        return own
    }

    private func failure(_ message: String, _ line: Int) -> ScenarioProblems {
        ScenarioProblems([ScenarioProblem(file: file, line: line, path: "", message: message)])
    }

    /// The first line whose key may be a tree of aliases, which the YAML library would walk without limit.
    private static func lineOfAliasRisk(in text: String) -> Int? {
        guard text.utf8.contains(42), text.utf8.contains(38) else { return nil }
        var line = 1
        var isAlias = false  // since an asterisk that begins a word
        var isComment = false
        var hasQuotes = false  // in this line, so that a # need not begin a comment
        var last: UInt8 = 10  // the last byte that is no space
        var previous: UInt8 = 10
        for byte in text.utf8 {
            if byte == 10 {
                line += 1
                (isAlias, isComment, hasQuotes) = (false, false, false)
            }
            isComment = isComment || byte == 35 && !hasQuotes && (previous == 32 || previous == 10)
            if !isComment {
                let beginsWord = [10, 32, 44, 91, 123].contains(previous)
                if byte == 58, isAlias || last == 93 || last == 125 { return line }
                if byte == 63, beginsWord { return line }
                if byte == 42, beginsWord { isAlias = true }
                if [44, 91, 93, 123, 125].contains(byte) { isAlias = false }
                if byte == 34 || byte == 39 { hasQuotes = true }
                if byte != 32, byte != 10 || last != 93 && last != 125 { last = byte }
            }
            previous = byte
        }
        return nil
    }

    private static func describe(_ error: YamlError, _ text: String) -> (line: Int, message: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, "the YAML is broken at column \(mark.column): \(problem)")
        case .reader(let problem, let offset, _, _):
            let before = text.unicodeScalars.prefix(offset ?? 0)
            return (before.count { $0 == "\n" } + 1, "the YAML is broken: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            return (context.mark.line, "\(names) appears twice in one mapping; keep one of them")
        default:
            return (0, "the YAML cannot be read")
        }
    }
}
