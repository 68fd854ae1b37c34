/// Reads YAML text into a tree, with limits on what a small text may grow to.
package struct DocumentReader {
    /// The most bytes of a scenario or policy file: a scenario of 100,000 written nodes has fewer.
    static let largestText = 32 << 20
    /// What aliases may expand a text to, counted in nodes.
    static let mostNodes = 500_000
    /// No scenario nests deeper than its sections do.
    static let deepest = 16

    private let events: YAMLEvents
    private let file: String
    private var count = 0
    /// The values that have a name so far.
    private var anchors: [String: Anchor] = [:]

    /// A named value, and what it costs to write it out once more.
    private struct Anchor {
        var node: DocumentNode
        var count: Int
        var height: Int
    }

    /// The tree of a file's text.
    package static func read(_ text: String, file: String) throws(ScenarioProblems) -> DocumentNode {
        var reader = DocumentReader(events: YAMLEvents(text), file: file)
        guard text.utf8.count <= largestText else {
            throw reader.failure(ScenarioFileError.tooLarge(mebibytes: largestText >> 20).sentence, 0)
        }
        return try reader.document()
    }

    private init(events: YAMLEvents, file: String) {
        self.events = events
        self.file = file
    }

    private mutating func document() throws(ScenarioProblems) -> DocumentNode {
        _ = try next()  // the stream's start
        guard case .documentStart = try next().kind else {
            throw failure("the file holds no YAML mapping; see Docs/Scenarios.md", 0)
        }
        var height = 0
        let root = try node(try next(), depth: 0, height: &height)
        _ = try next()  // the document's end
        let last = try next()
        guard case .streamEnd = last.kind else { throw failure("a second document begins; keep one", last.line) }
        return root
    }

    /// The value that begins with an event; `height` becomes at least that of the value.
    private mutating func node(
        _ event: YAMLEvent, depth: Int, height: inout Int
    ) throws(ScenarioProblems) -> DocumentNode {
        if case .alias(let name) = event.kind { return try copy(name, event, depth: depth, height: &height) }
        let before = count
        try grow(by: 1, to: depth, event.line)
        var own = 0
        let content: DocumentNode.Content
        switch event.kind {
        case .scalar(let text, let isPlain): content = .scalar(text, isPlain: isPlain)
        case .listStart: content = .list(try elements(depth: depth, height: &own))
        default: content = .mapping(try pairs(depth: depth, height: &own))
        }
        let node = DocumentNode(content: content, line: event.line)
        if let name = event.anchor { anchors[name] = Anchor(node: node, count: count - before, height: own) }
        height = max(height, own + 1)
        return node
    }

    private mutating func copy(
        _ name: String, _ event: YAMLEvent, depth: Int, height: inout Int
    ) throws(ScenarioProblems) -> DocumentNode {
        guard let anchor = anchors[name] else {
            throw failure("the YAML is broken at column \(event.column): *\(name) has no anchor", event.line)
        }
        try grow(by: anchor.count, to: depth + anchor.height, event.line)
        height = max(height, anchor.height + 1)
        return anchor.node
    }

    private mutating func grow(by nodes: Int, to depth: Int, _ line: Int) throws(ScenarioProblems) {
        count += nodes
        if count > DocumentReader.mostNodes { throw failure("its aliases expand the file to too many values", line) }
        if depth > DocumentReader.deepest { throw failure("the values nest too deep", line) }
    }

    private mutating func elements(depth: Int, height: inout Int) throws(ScenarioProblems) -> [DocumentNode] {
        var elements: [DocumentNode] = []
        while true {
            let event = try next()
            if case .listEnd = event.kind { return elements }
            elements.append(try node(event, depth: depth + 1, height: &height))
        }
    }

    /// The pairs of a mapping, with those that `<<` merges in behind its own.
    private mutating func pairs(depth: Int, height: inout Int) throws(ScenarioProblems) -> [DocumentNode.Pair] {
        var own: [DocumentNode.Pair] = []
        var merged: [DocumentNode.Pair] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { break }
            guard case .scalar(let key, let isPlain) = event.kind else {
                throw failure("a key must be a plain word", event.line)
            }
            if let first = lines.updateValue(event.line, forKey: key) {
                throw failure("\"\(key)\" appears twice in one mapping; keep one of them", first)
            }
            if let name = event.anchor {
                let word = DocumentNode(content: .scalar(key, isPlain: isPlain), line: event.line)
                anchors[name] = Anchor(node: word, count: 1, height: 0)
            }
            let value = try node(try next(), depth: depth + 1, height: &height)
            if key == "<<" {
                merged += try sources(value, event.line)
            } else {
                own.append(DocumentNode.Pair(key: key, line: event.line, value: value))
            }
        }
        for pair in merged where lines.updateValue(pair.line, forKey: pair.key) == nil { own.append(pair) }
        return own
    }

    /// What `<<` takes from its value: a mapping, or several of which the first wins.
    private func sources(_ value: DocumentNode, _ line: Int) throws(ScenarioProblems) -> [DocumentNode.Pair] {
        var mappings = [value]
        if case .list(let several) = value.content { mappings = several }
        var pairs: [DocumentNode.Pair] = []
        for mapping in mappings {
            guard case .mapping(let more) = mapping.content else {
                throw failure("<< merges a mapping or a list of mappings", line)
            }
            pairs += more
        }
        return pairs
    }

    private func next() throws(ScenarioProblems) -> YAMLEvent {
        do {
            return try events.next()
        } catch {
            throw failure(error.message, error.line)
        }
    }

    private func failure(_ message: String, _ line: Int) -> ScenarioProblems {
        ScenarioProblems([ScenarioProblem(file: file, line: line, path: "", message: message)])
    }
}
