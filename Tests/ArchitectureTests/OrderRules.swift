/// Checks that the order of a `Dictionary` or a `Set`, which differs from process to process, is never seen.
///
/// The check knows names, not types. A name is what its nearest declaration before it in the file says; the member of
/// another value, and a name that the file does not declare, is what all declarations in the package say.
enum OrderRules {
    /// Iterations whose order does not matter, with the reason: the end of a path, and a part of the line.
    static let allowed: [(path: String, line: String, reason: String)] = [
        ("AuditLog/ControlState.swift", "in explicit where", "each device gets its own time, whatever the order")
    ]

    /// Members whose result shows the order of what they are called on.
    private static let showing: Set<String> = [
        "map", "compactMap", "flatMap", "forEach", "reduce", "first", "last", "enumerated", "joined", "prefix",
        "suffix", "dropFirst", "dropLast", "popFirst", "removeFirst", "lazy", "makeIterator", "elementsEqual",
        "randomElement", "firstIndex", "startIndex", "indices", "reversed",
    ]
    /// Members that hand on the order of what they are called on.
    private static let passing: Set<String> = ["keys", "values", "filter", "self"]
    /// Members after which the order is no longer seen.
    private static let settling: Set<String> = [
        "sorted", "sortedByBytes", "count", "isEmpty", "contains", "allSatisfy", "min", "max",
    ]

    private static let type = #"(?:\[(?:[\w.]+|\[[\w.]+\])\s*:|Set<|Set\b(?=\s*=)|Dictionary<)"#
    private static let unordered = [
        Pattern(#"\b([a-z_]\w*)\s*:\s*(?:inout |borrowing |consuming |some )?"# + type),
        Pattern(
            #"\b(?:let|var)\s+(\w+)\s*=\s*(?:\[\s*:\s*\]|\[[^\n\]:]*:[^\n\]]*\]\(|(?:Set|Dictionary)[<(])"#
                + #"(?![^\n]*\.(?:sorted|map|count))"#),
        Pattern(#"\bfunc\s+(\w+)[^\n{]*->\s*"# + type),
    ]
    private static let declared = [
        Pattern(#"\b(?:let|var|func)\s+(\w+)"#),
        Pattern(#"\b(\w+)\s*:\s*(?:inout |borrowing |consuming )?(?:\[[\w.]+\]|[A-Z][\w.<>]*)\??\s*(?=[,)={\n])"#),
    ]
    private static let word = Pattern(#"\b([A-Za-z_]\w*)\b"#)
    private static let loop = Pattern(#"\bfor\s+(?:case\s+)?(?:let\s+)?[^\n]*\sin\s+[\w.!?]*$"#)
    private static let copy = Pattern(#"(?:\bArray\(|\bzip\(|\]\(|contentsOf:\s*|\+=\s*)[\w.!?]*$"#)
    private static let harmless = Pattern(
        #"\b(?:Set(?:<\w+>)?|Dictionary|union|formUnion|subtract|subtracting|intersection|formIntersection|"#
            + #"isSubset|isSuperset|isDisjoint|merge|merging)\((?:\w+:\s*)?[\w.!?]*$"#)

    /// A declaration of a name, by its offset in the file.
    private struct Declaration {
        var start: Int
        var isUnordered: Bool
    }

    /// The declarations of a file by name, from first to last.
    private static func declarations(_ code: String) -> [String: [Declaration]] {
        var found: [String: [Int: Bool]] = [:]
        for match in declared.flatMap({ $0.matches(in: code) }) {
            found[match.groups[1], default: [:]][match.starts[1]] = false
        }
        for match in unordered.flatMap({ $0.matches(in: code) }) {
            found[match.groups[1], default: [:]][match.starts[1]] = true
        }
        return found.mapValues { places in
            places.sorted { $0.key < $1.key }.map { Declaration(start: $0.key, isUnordered: $0.value) }
        }
    }

    /// The iterations over unordered names in the files of pure modules.
    static func problems(_ files: [SourceFile]) -> [String] {
        let byFile = files.map { declarations($0.code) }
        var everywhere: [String: Bool] = [:]
        for (name, found) in byFile.joined() {
            everywhere[name] = (everywhere[name] ?? true) && found.allSatisfy(\.isUnordered)
        }
        return zip(files, byFile).flatMap { file, declarations in
            PurityRules.modules.contains(file.target) ? problems(file, declarations, everywhere) : []
        }
    }

    private static func problems(
        _ file: SourceFile, _ declarations: [String: [Declaration]], _ everywhere: [String: Bool]
    ) -> [String] {
        let text = Array(file.code.utf16)
        let lines = file.code.split(separator: "\n", omittingEmptySubsequences: false)
        return word.matches(in: file.code).compactMap { match in
            let name = match.groups[1]
            let begin = text[..<match.start].lastIndex(of: 10).map { $0 + 1 } ?? 0
            let before = String(decoding: text[begin..<match.start], as: UTF16.self)
            let isMember = before.hasSuffix(".") && !before.hasSuffix("self.")
            let own = isMember ? nil : declarations[name]
            let nearest = own?.last { $0.start < match.start } ?? own?.first
            guard nearest?.isUnordered ?? everywhere[name] ?? false else { return nil }
            let line = String(lines[match.line - 1])
            guard !allowed.contains(where: { file.path.hasSuffix($0.path) && line.contains($0.line) }),
                showsOrder(before: before, members: members(text, from: match.end))
            else { return nil }
            return "\(file.path):\(match.line): the order of \(name) shows; sort it, or list it with a reason"
        }
    }

    /// Whether a use shows the order: by the line before the name, and the members that are called after it.
    private static func showsOrder(before: String, members: [String]) -> Bool {
        let rest = members.drop(while: passing.contains)
        if rest.contains(where: settling.contains) { return false }
        if !harmless.matches(in: before).isEmpty { return false }
        if let first = rest.first { return showing.contains(first) }
        return !loop.matches(in: before).isEmpty || !copy.matches(in: before).isEmpty
    }

    /// The members of the chain after a name: `["keys", "sorted"]` of `.keys.sorted(by: <)`; `["[]"]` of a subscript.
    private static func members(_ text: [UInt16], from start: Int) -> [String] {
        var index = start
        var members: [String] = []
        func isSpace(_ unit: UInt16) -> Bool { unit == 32 || unit == 10 }
        func isWord(_ unit: UInt16) -> Bool {
            unit == 95 || (48...57).contains(unit) || (65...90).contains(unit) || (97...122).contains(unit)
        }
        func skipBrackets() {
            var depth = 0
            repeat {
                if [40, 91, 123].contains(text[index]) { depth += 1 }
                if [41, 93, 125].contains(text[index]) { depth -= 1 }
                index += 1
            } while depth > 0 && index < text.count
        }
        func skipArguments(closures: Bool) {
            if index < text.count, text[index] == 40 { skipBrackets() }
            if closures, index + 1 < text.count, text[index] == 32, text[index + 1] == 123 {
                index += 1
                skipBrackets()
            }
        }
        skipArguments(closures: false)
        while index < text.count {
            // Past `?`, `!` and the end of `Array(name)`.
            while index < text.count, [33, 41, 63].contains(text[index]) { index += 1 }
            guard index < text.count, text[index] != 91 else { return members + ["[]"] }
            var next = index
            while next < text.count, isSpace(text[next]) { next += 1 }
            guard next + 1 < text.count, text[next] == 46, isWord(text[next + 1]) else { return members }
            index = next + 1
            let begin = index
            while index < text.count, isWord(text[index]) { index += 1 }
            let name = String(decoding: text[begin..<index], as: UTF16.self)
            members.append(name)
            skipArguments(closures: showing.contains(name) || passing.contains(name))
        }
        return members
    }
}
