public import Truth
import ByteText
import SimTime

/// Reads alerts of any detector.
public struct AlertReader {
    private let mapping: AlertMapping
    private var reading = AlertReading()
    private var problems: [NDJSONProblems.Problem] = []
    private var identities: Set<[String]> = []

    /// Reads a file's alerts.
    ///
    /// - Parameters:
    ///   - bytes: The file in UTF-8.
    ///   - format: Its form; nil looks at its beginning.
    ///   - mapping: Where its fields are.
    /// - Throws: Everything that is wrong, with the numbers of the lines.
    public static func read(
        _ bytes: [UInt8], format: AlertFormat? = nil, mapping: AlertMapping = AlertPreset.mocktail.mapping
    ) throws(NDJSONProblems) -> AlertReading {
        var reader = AlertReader(mapping)
        switch format ?? .detected(in: bytes) {
        case .ndjson: reader.readLines(bytes)
        case .json: reader.readDocument(bytes)
        case .csv: reader.readTable(bytes)
        }
        if reader.problems.isEmpty { return reader.reading }
        throw NDJSONProblems(problems: reader.problems)
    }

    private init(_ mapping: AlertMapping) { self.mapping = mapping }

    private mutating func report(_ message: String, line: Int) {
        problems.append(NDJSONProblems.Problem(line: line, message: message))
    }

    private mutating func readLines(_ bytes: [UInt8]) {
        for line in JSONLines(bytes) {
            do throws(JSONSyntaxError) {
                for record in records(try line.result.get()) { take(record, line: line.number) }
            } catch {
                report("column \(error.column): \(error.message)", line: line.number)
            }
        }
    }

    private mutating func readDocument(_ bytes: [UInt8]) {
        do throws(JSONSyntaxError) {
            let document = try JSONValue.parse(bytes)
            var line = 1
            var counted = 0
            for record in records(document) {
                while counted < record.range.lowerBound {
                    if bytes[counted] == 0x0A { line += 1 }
                    counted += 1
                }
                take(record, line: line)
            }
        } catch {
            report("column \(error.column): \(error.message)", line: error.line)
        }
    }

    private mutating func readTable(_ bytes: [UInt8]) {
        var reader = CSVReader(bytes)
        var names: [String]?
        var isAtEnd = false
        while !isAtEnd {
            let line = reader.line
            do throws(FieldProblem) {
                guard let row = try reader.next() else {
                    isAtEnd = true
                    continue
                }
                guard let names else {
                    names = row.cells
                    // One sentence for a table that is not what it was taken for, not one a row.
                    let isTable = [mapping.time, mapping.rule].allSatisfy { AlertReader.names(row.cells, anyOf: $0) }
                    if isTable { continue }
                    isAtEnd = true
                    let wanted = [mapping.time, mapping.rule].map(AlertReader.list).joined(separator: ", and ")
                    throw FieldProblem("the first line must name the columns \(wanted)")
                }
                guard row.cells.count == names.count else {
                    throw FieldProblem("the row has \(row.cells.count) cells, but the first line names \(names.count)")
                }
                take(AlertReader.record(names, row.cells), line: row.line)
            } catch {
                report(error.message, line: line)
            }
        }
    }

    /// Whether a table with these names has a column at any of the paths.
    private static func names(_ names: [String], anyOf paths: [FieldPath]) -> Bool {
        // A cell may hold JSON, so a column may be the beginning of a path.
        paths.contains { path in names.contains { path.description == $0 || path.description.hasPrefix("\($0).") } }
    }

    /// A row as an object; empty cells are left out, and several values in one cell are a list.
    private static func record(_ names: [String], _ cells: [String]) -> JSONValue {
        let members = zip(names, cells).filter { !$0.1.isEmpty }.map { name, cell in
            JSONMember(key: name, keyRange: 0..<0, value: JSONValue(.string(cell), range: 0..<0))
        }
        return JSONValue(.object(members), range: 0..<0)
    }

    /// The alerts of a document, unwrapped.
    private func records(_ document: JSONValue) -> [JSONValue] {
        if let elements = document.array { return elements.flatMap(records) }
        for list in mapping.lists {
            let found = list.values(in: document)
            // An empty list is a document without alerts, not an alert.
            let name = list.description.prefix { $0 != "." }
            if document[String(name)] != nil { return found.flatMap(unwrapped) }
        }
        return unwrapped(document)
    }

    private func unwrapped(_ record: JSONValue) -> [JSONValue] {
        let inner = mapping.wrappers.lazy.compactMap { record[$0] }.first { $0.object != nil }
        let record = inner.map { JSONValue($0.content, range: record.range) } ?? record
        guard let name = mapping.matches, let members = record.object, let matches = record[name]?.array else {
            return [record]
        }
        return matches.map { match in
            let others = members.filter { $0.key != name }
            let member = JSONMember(key: name, keyRange: match.range, value: match)
            return JSONValue(.object(others + [member]), range: match.range)
        }
    }

    private mutating func take(_ record: JSONValue, line: Int) {
        do throws(FieldProblem) {
            guard record.object != nil else { throw FieldProblem("the alert must be a JSON object") }
            if let end = mapping.end, end.path.values(in: record).contains(where: { $0.string == end.text }) {
                reading.ends += 1
                return
            }
            let alert = try alert(record)
            if !mapping.identity.isEmpty {
                let identity = mapping.identity.map { path in
                    path.values(in: record).compactMap(\.plainText).joined(separator: "\u{1F}")
                }
                if identity.contains(where: { !$0.isEmpty }), !identities.insert(identity).inserted {
                    reading.repeats += 1
                    return
                }
            }
            if alert.entities.isEmpty { reading.nameless += 1 }
            reading.alerts.append(alert)
        } catch {
            report(error.message, line: line)
        }
    }

    private func alert(_ record: JSONValue) throws(FieldProblem) -> Alert {
        var time: Instant?
        var seen: (path: FieldPath, value: JSONValue)?
        search: for path in mapping.time {
            for value in path.values(in: record) {
                if let instant = AlertTime.instant(value) {
                    time = instant
                    break search
                }
                seen = seen ?? (path, value)
            }
        }
        guard let time else {
            guard let seen else { throw FieldProblem("\(AlertReader.list(mapping.time)) is missing") }
            let text = seen.value.plainText ?? "that"
            throw FieldProblem(
                "'\(seen.path)' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, or seconds or milliseconds since "
                    + "1970, not '\(text)'")
        }
        let rules = mapping.rule.lazy.flatMap { $0.values(in: record) }.compactMap(\.plainText)
        guard let rule = rules.first(where: { !$0.isEmpty }) else {
            throw FieldProblem("\(AlertReader.list(mapping.rule)) is missing, or not a text")
        }
        var entities: [String] = []
        var isThere = false
        for path in mapping.entities {
            for value in path.values(in: record) {
                isThere = true
                guard let text = value.plainText else {
                    if mapping.requiresEntities { throw FieldProblem("'\(path)' must be a list of texts") }
                    continue
                }
                add(text, to: &entities)
            }
            if case .array? = record[path.description]?.content { isThere = true }
        }
        if mapping.requiresEntities, !isThere {
            throw FieldProblem("\(AlertReader.list(mapping.entities)) is missing")
        }
        return Alert(time: time, rule: rule, entities: entities, score: try score(record))
    }

    private func score(_ record: JSONValue) throws(FieldProblem) -> Double? {
        for path in mapping.score {
            for value in path.values(in: record) {
                guard let text = value.plainText, let score = Double(text), score.isFinite else {
                    throw FieldProblem("'\(path)' must be a number")
                }
                return score
            }
        }
        return nil
    }

    /// Adds a name, or the names in a cell or field of several; tags (`host:web-1`) also without their key.
    private func add(_ text: String, to entities: inout [String]) {
        let isSeparator = { (byte: UInt8) in byte == 0x0A || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") }
        guard text.utf8.contains(where: isSeparator) else {
            entities.append(text)
            if mapping.takesTags { AlertReader.addTag(text[...], to: &entities) }
            return
        }
        for part in text.utf8.split(whereSeparator: isSeparator) {
            let name = Substring(part).drop { $0 == " " || $0 == "\r" }
            let trimmed = name.prefix(name.count - name.reversed().prefix { $0 == " " || $0 == "\r" }.count)
            if trimmed.isEmpty { continue }
            entities.append(String(trimmed))
            if mapping.takesTags { AlertReader.addTag(trimmed, to: &entities) }
        }
    }

    /// The value of a tag; an address with its port and a second colon are none.
    private static func addTag(_ text: Substring, to entities: inout [String]) {
        let bytes = text.utf8
        guard let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon != bytes.startIndex
        else { return }
        let value = bytes[bytes.index(after: colon)...]
        let key = bytes[..<colon]
        guard !value.isEmpty, !value.starts(with: "//".utf8),
            key.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }),
            !EntityName.isAddress(String(text))
        else { return }
        entities.append(String(Substring(value)))
    }

    private static func list(_ paths: [FieldPath]) -> String {
        let names = paths.prefix(4).map { "'\($0)'" }
        return names.joined(separator: " or ") + (paths.count > 4 ? " or another of its fields" : "")
    }
}

extension JSONValue {
    /// The value of a text, or of a number as it was written.
    var plainText: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .null, .bool, .array, .object: nil
        }
    }
}
