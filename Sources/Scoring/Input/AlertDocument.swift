import ByteText
import Truth

/// Finds the alerts in a detector's documents.
struct AlertDocument {
    let mapping: AlertMapping

    /// The alerts of a document, each with its fields on the outermost level, and how many more are not final.
    struct Content {
        var records: [JSONValue] = []
        var provisional = 0
    }

    /// The alerts of a document: it is one, holds a list of them, or is a table.
    func content(of document: JSONValue) throws(FieldProblem) -> Content {
        var content = Content()
        try add(document, to: &content)
        return content
    }

    private func add(_ document: JSONValue, to content: inout Content) throws(FieldProblem) {
        if let elements = document.array {
            for element in elements { try add(element, to: &content) }
            return
        }
        let found = try elements(of: document) ?? [document]
        if found.isEmpty { try checkMessages(of: document) }
        if isProvisional(document) {
            content.provisional += found.count { !isEnvelope($0) }
            return
        }
        for record in found {
            if isEnvelope(record) {
                try checkMessages(of: record)
            } else if isProvisional(record) {
                content.provisional += 1
            } else {
                content.records += unwrapped(record)
            }
        }
    }

    /// The elements of a list or table in the document; nil where it has none.
    private func elements(of document: JSONValue) throws(FieldProblem) -> [JSONValue]? {
        if let list = mapping.lists.first(where: { $0.exists(in: document) }) { return list.values(in: document) }
        if mapping.requiresList, document.object != nil {
            throw FieldProblem("there is no list at '\(mapping.lists.map(\.description).joined(separator: "', '"))'")
        }
        return try ResultTable.records(of: document)
    }

    private func isProvisional(_ document: JSONValue) -> Bool { mapping.provisional?.isFound(in: document) ?? false }

    /// Whether an object surrounds an alert that is not there.
    private func isEnvelope(_ record: JSONValue) -> Bool {
        guard mapping.envelopes.contains(where: { record[$0] != nil }) else { return false }
        return !mapping.wrappers.contains { record[$0]?.object != nil }
            && !mapping.time.contains { $0.exists(in: record) }
    }

    /// A search that failed has messages instead of results.
    private func checkMessages(of document: JSONValue) throws(FieldProblem) {
        for message in document["messages"]?.array ?? [] {
            guard let type = message["type"]?.string, ["FATAL", "ERROR"].contains(type) else { continue }
            throw FieldProblem("the search failed: \((message["text"]?.string ?? type).shortened)")
        }
    }

    private func unwrapped(_ record: JSONValue) -> [JSONValue] {
        guard var members = record.object else { return [record] }
        for wrapper in mapping.wrappers {
            guard let inner = members.first(where: { $0.key == wrapper })?.value.object else { continue }
            members = inner + members.filter { $0.key != wrapper }
        }
        if let name = mapping.eventText, let text = members.first(where: { $0.key == name })?.value.string {
            members += EventFields.members(of: text)
        }
        guard let name = mapping.matches, let matches = record[name]?.array else {
            return [JSONValue(.object(members), range: record.range)]
        }
        let others = members.filter { $0.key != name }
        return matches.map { match in
            let member = JSONMember(key: name, keyRange: match.range, value: match)
            return JSONValue(.object(others + [member]), range: match.range)
        }
    }
}

extension AlertMapping.Mark {
    /// Whether an alert has the mark.
    func isFound(in record: JSONValue) -> Bool {
        path.values(in: record).contains { $0.string == text || ($0.bool == true && text == "true") }
    }
}

extension String {
    /// The text on one line and not much longer than a line, for messages.
    var shortened: String {
        shortened(to: 80).printable
    }
}
