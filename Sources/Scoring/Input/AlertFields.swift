import ByteText
import SimTime
import Truth

/// Reads an alert from its fields.
struct AlertFields {
    let mapping: AlertMapping
    private let time: AlertTime

    init(_ mapping: AlertMapping) {
        self.mapping = mapping
        time = AlertTime(formats: mapping.timeFormats)
    }

    /// The alert of a record.
    ///
    /// - Throws: Which field is missing or wrong.
    func alert(_ record: JSONValue) throws(FieldProblem) -> Alert {
        let instant = try instant(record)
        let rules = mapping.rule.lazy.flatMap { $0.values(in: record) }.compactMap { $0.plainText?.trimmed }
            .filter { !$0.isEmpty }
        let name = mapping.avoidsAlertIDs ? rules.first { !AlertFields.isAlertID($0) } : nil
        guard let rule = name ?? rules.first else {
            throw FieldProblem(
                "\(AlertFields.list(mapping.rule)) is missing, or not a text"
                    + advice("; --rule-field names another field"))
        }
        return Alert(time: instant, rule: rule, entities: try entities(record), score: try score(record))
    }

    private static func isAlertID(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// What tells a repeated alert; nil where it has none of that.
    func identity(_ record: JSONValue) -> [String]? {
        if mapping.identity.isEmpty { return nil }
        let identity = mapping.identity.map { path in
            path.values(in: record).compactMap(\.plainText).joined(separator: "\u{1F}")
        }
        return identity.contains { !$0.isEmpty } ? identity : nil
    }

    private func instant(_ record: JSONValue) throws(FieldProblem) -> Instant {
        var wrong: (path: FieldPath, value: JSONValue)?
        var outside: (path: FieldPath, value: JSONValue)?
        for path in mapping.time {
            for value in path.values(in: record) {
                switch time.reading(value) {
                case .time(let instant): return instant
                case .outside: outside = outside ?? (path, value)
                case .none: wrong = wrong ?? (path, value)
                }
            }
        }
        if let (path, value) = outside {
            throw FieldProblem(
                "'\(path)' must be a time in the years 1970 to 2199, not '\((value.plainText ?? "that").shortened)'")
        }
        guard let (path, value) = wrong else {
            throw FieldProblem("\(AlertFields.list(mapping.time)) is missing\(hint(record))")
        }
        let text = value.plainText?.shortened
        throw FieldProblem(
            "'\(path)' must be an RFC 3339 time such as 2026-08-01T09:00:12Z, or seconds or milliseconds since 1970, "
                + "not '\(text ?? "that")'" + (text == nil ? "" : advice("; --time-format says how it is written")))
    }

    /// Where the time could be: in a list that could be meant, or in another field.
    private func hint(_ record: JSONValue) -> String {
        guard let path = AlertFields.listPath(in: record, depth: 4) else {
            return advice("; --time-field names another field")
        }
        return advice("; --list-path \(path.printable) takes the alerts from the list there")
    }

    /// What to do, for those who can give options.
    private func advice(_ text: String) -> String { mapping.namesOptions ? text : "" }

    private static func listPath(in value: JSONValue, depth: Int) -> String? {
        guard depth > 0, let members = value.object else { return nil }
        for member in members where member.value.array?.first?.object != nil { return member.key }
        for member in members {
            if let path = listPath(in: member.value, depth: depth - 1) { return "\(member.key).\(path)" }
        }
        return nil
    }

    private func entities(_ record: JSONValue) throws(FieldProblem) -> [String] {
        var list = EntityList(takesTags: mapping.takesTags)
        var isThere = false
        for path in mapping.entities {
            for value in path.values(in: record) {
                isThere = true
                if let text = value.plainText {
                    list.add(text)
                } else if mapping.requiresEntities {
                    throw FieldProblem("'\(path)' must be a list of texts")
                }
            }
        }
        if mapping.requiresEntities, !isThere, !mapping.entities.contains(where: { $0.exists(in: record) }) {
            throw FieldProblem(
                "\(AlertFields.list(mapping.entities)) is missing" + advice("; --entity-field names another field"))
        }
        if !mapping.joins.isEmpty { addJoins(in: record, to: &list) }
        if list.names.isEmpty {
            for text in mapping.lastEntities.flatMap({ $0.values(in: record) }).compactMap(\.plainText) {
                list.add(text)
            }
        }
        return list.names
    }

    /// Adds the names that stand in two members of an object, wherever that is.
    private func addJoins(in value: JSONValue, to list: inout EntityList) {
        switch value.content {
        case .array(let elements): for element in elements { addJoins(in: element, to: &list) }
        case .object(let members):
            for join in mapping.joins {
                guard let first = value[join.first]?.string, let second = value[join.second]?.string, !first.isEmpty,
                    !second.isEmpty
                else { continue }
                list.append(first + join.separator + second)
            }
            for member in members { addJoins(in: member.value, to: &list) }
        case .string(let text): if let inner = FieldPath.document(in: text) { addJoins(in: inner, to: &list) }
        case .number, .null, .bool: break
        }
    }

    private func score(_ record: JSONValue) throws(FieldProblem) -> Double? {
        for path in mapping.score {
            for value in path.values(in: record) {
                let text = value.plainText?.trimmed
                if text == "" { continue }
                guard let text, let score = DecimalNumber.value(of: text) else {
                    throw FieldProblem("'\(path)' must be a number, such as 0.9\(AlertFields.found(text))")
                }
                return score
            }
            // An empty list has no value, but is not nothing.
            if path.hasEmptyList(in: record) {
                throw FieldProblem("'\(path)' must be a number, such as 0.9, not an empty list")
            }
        }
        return nil
    }

    /// What stands in place of a number, for a sentence.
    private static func found(_ text: String?) -> String { text.map { ", not '\($0.shortened)'" } ?? "" }

    /// Some paths, for a sentence.
    static func list(_ paths: [FieldPath]) -> String {
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
