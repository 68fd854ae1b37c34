import ByteText
import Truth

/// A document that is a table: a list of names, and lists of values.
///
/// Splunk (`json_rows`, `json_cols`), Azure's log queries and Elasticsearch's SQL and ES|QL answer in this way.
enum ResultTable {
    /// The rows as objects; nil where the document is no table.
    static func records(of document: JSONValue) throws(FieldProblem) -> [JSONValue]? {
        if let tables = document["tables"]?.array, !tables.isEmpty {
            var records: [JSONValue] = []
            for table in tables {
                guard let rows = try ResultTable.records(of: table) else { return nil }
                records += rows
            }
            return records
        }
        if let names = names(document["fields"]) {
            if let rows = lists(document["rows"]) { return try records(names, rows) }
            guard let columns = lists(document["columns"]) else { return nil }
            return try records(names, columns: columns, document.range)
        }
        guard let names = names(document["columns"]), let rows = lists(document["rows"]) ?? lists(document["values"])
        else { return nil }
        return try records(names, rows)
    }

    /// Names, or objects that have one.
    private static func names(_ value: JSONValue?) -> [String]? {
        guard let elements = value?.array else { return nil }
        let names = elements.compactMap { $0.string ?? $0["name"]?.string }
        return names.count == elements.count && !names.isEmpty ? names : nil
    }

    private static func lists(_ value: JSONValue?) -> [JSONValue]? {
        guard let elements = value?.array, elements.allSatisfy({ $0.array != nil }) else { return nil }
        return elements
    }

    private static func records(_ names: [String], _ rows: [JSONValue]) throws(FieldProblem) -> [JSONValue] {
        var records: [JSONValue] = []
        for row in rows {
            let values = row.array ?? []
            guard values.count == names.count else {
                throw FieldProblem("a row has \(values.count) values, but the table names \(names.count)")
            }
            records.append(record(names, values, row.range))
        }
        return records
    }

    private static func records(
        _ names: [String], columns: [JSONValue], _ range: Range<Int>
    ) throws(FieldProblem) -> [JSONValue] {
        let columns = columns.map { $0.array ?? [] }
        guard columns.count == names.count else {
            throw FieldProblem("the table has \(columns.count) columns, but names \(names.count)")
        }
        let count = columns.first?.count ?? 0
        guard columns.allSatisfy({ $0.count == count }) else {
            throw FieldProblem("the columns of the table are not equally long")
        }
        return (0..<count).map { row in record(names, columns.map { $0[row] }, range) }
    }

    private static func record(_ names: [String], _ values: [JSONValue], _ range: Range<Int>) -> JSONValue {
        let members = zip(names, values).map { JSONMember(key: $0, keyRange: range, value: $1) }
        return JSONValue(.object(members), range: range)
    }
}
