import ByteText
public import Truth

/// Reads alerts of any detector.
public struct AlertReader {
    private let mapping: AlertMapping
    private let document: AlertDocument
    private let fields: AlertFields
    private var reading = AlertReading()
    private var problems: [NDJSONProblems.Problem] = []
    private var identities: Set<[String]> = []

    /// Reads a file's alerts.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8 or UTF-16, plain or packed with gzip.
    ///   - format: Its form; nil looks at its beginning.
    ///   - mapping: Where its fields are.
    /// - Throws: Everything that is wrong, with the numbers of the lines.
    public static func read(
        _ bytes: [UInt8], format: AlertFormat? = nil, mapping: AlertMapping = AlertPreset.mocktail.mapping
    ) throws(NDJSONProblems) -> AlertReading {
        let text: [UInt8]
        do throws(AlertEncoding.Problem) { text = try AlertEncoding.text(bytes) } catch {
            throw NDJSONProblems(problems: [NDJSONProblems.Problem(line: error.line, message: error.message)])
        }
        var reader = AlertReader(mapping)
        switch format ?? .detected(in: text) {
        case .ndjson:
            reader.readLines(text)
            // A document on one line may be followed by others on many.
            if format == nil, !reader.problems.isEmpty, JSONDocuments.count(in: text) != nil {
                reader = AlertReader(mapping)
                reader.readDocuments(text)
            }
        case .json: reader.readDocuments(text)
        case .csv: reader.readTable(text)
        }
        if reader.problems.isEmpty { return reader.reading }
        throw NDJSONProblems(problems: reader.problems)
    }

    private init(_ mapping: AlertMapping) {
        self.mapping = mapping
        document = AlertDocument(mapping: mapping)
        fields = AlertFields(mapping)
    }

    private mutating func report(_ message: String, line: Int) {
        problems.append(NDJSONProblems.Problem(line: line, message: message))
    }

    private mutating func readLines(_ bytes: [UInt8]) {
        var lines = TextLines()
        let text = bytes.span
        while let line = lines.next(in: text) {
            if line.isBlank { continue }
            do throws(JSONSyntaxError) {
                take(try JSONValue.parse(text.extracting(line.content))) { _ in line.number }
            } catch {
                // Some programs write several documents on a line.
                let own = Array(bytes[line.content])
                if JSONDocuments.count(in: own) == nil {
                    report("column \(error.column): \(error.message)", line: line.number)
                } else {
                    try? JSONDocuments.forEach(in: own) { value, _ in take(value) { _ in line.number } }
                }
            }
        }
    }

    private mutating func readDocuments(_ bytes: [UInt8]) {
        var counter = LineCounter(bytes)
        do throws(JSONSyntaxError) {
            try JSONDocuments.forEach(in: bytes) { value, start in
                take(value) { counter.line(at: start + $0.range.lowerBound) }
            }
        } catch {
            report("column \(error.column): \(error.message)", line: error.line)
        }
    }

    private mutating func readTable(_ bytes: [UInt8]) {
        let layout = TableLayout(of: bytes, isTable: isTable)
        var reader = CSVReader(
            bytes, separator: layout.separator, from: layout.start.offset, line: layout.start.line)
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
                    names = TableLayout.names(row.cells)
                    // One sentence for a table that is not what it was taken for, not one a row.
                    if isTable(names ?? []) { continue }
                    isAtEnd = true
                    let wanted = [mapping.time, mapping.rule].map(AlertFields.list).joined(separator: ", and ")
                    throw FieldProblem("the first line must name the columns \(wanted)\(advice(names ?? []))")
                }
                guard row.cells.count == names.count else {
                    throw FieldProblem("the row has \(row.cells.count) cells, but the first line names \(names.count)")
                }
                take(AlertReader.record(names, row.cells)) { _ in row.line }
            } catch {
                report(error.message, line: line)
            }
        }
    }

    /// Whether a table with these names has a time and a rule.
    private func isTable(_ names: [String]) -> Bool {
        // An event's text may hold both.
        if let name = mapping.eventText, names.contains(name) { return true }
        return [mapping.time, mapping.rule].allSatisfy { AlertReader.has($0, names) }
    }

    /// Whether a table with these names has one of the paths.
    private static func has(_ paths: [FieldPath], _ names: [String]) -> Bool {
        let members = names.map { JSONMember(key: $0, keyRange: 0..<0, value: JSONValue(.string(""), range: 0..<0)) }
        let row = JSONValue(.object(members), range: 0..<0)
        // A cell may hold JSON, so a column may be the beginning of a path.
        return paths.contains { path in
            path.exists(in: row) || names.contains { path.description.hasPrefix("\($0).") }
        }
    }

    /// Which options would name the columns that a table with these names lacks.
    private func advice(_ names: [String]) -> String {
        if !mapping.namesOptions { return "" }
        let lacking = [(mapping.time, "--time-field"), (mapping.rule, "--rule-field")]
            .filter { !AlertReader.has($0.0, names) }.map(\.1)
        return "; \(lacking.joined(separator: " and ")) \(lacking.count == 1 ? "names another" : "name others")"
    }

    /// A row as an object; empty cells are left out.
    private static func record(_ names: [String], _ cells: [String]) -> JSONValue {
        let members = zip(names, cells).filter { !$0.1.isEmpty }.map { name, cell in
            JSONMember(key: name, keyRange: 0..<0, value: JSONValue(.string(cell), range: 0..<0))
        }
        return JSONValue(.object(members), range: 0..<0)
    }

    /// Takes the alerts of a document; `line` gives the line of a record.
    private mutating func take(_ value: JSONValue, line: (JSONValue) -> Int) {
        do throws(FieldProblem) {
            let content = try document.content(of: value)
            reading.provisional += content.provisional
            for record in content.records {
                do throws(FieldProblem) { try take(record) } catch { report(error.message, line: line(record)) }
            }
        } catch {
            report(error.message, line: line(value))
        }
    }

    private mutating func take(_ record: JSONValue) throws(FieldProblem) {
        guard record.object != nil else { throw FieldProblem("the alert must be a JSON object") }
        if let end = mapping.end, end.isFound(in: record) {
            reading.ends += 1
            return
        }
        let alert = try fields.alert(record)
        if let identity = fields.identity(record), !identities.insert(identity).inserted {
            reading.repeats += 1
            return
        }
        if alert.entities.isEmpty { reading.nameless += 1 }
        reading.alerts.append(alert)
    }
}
