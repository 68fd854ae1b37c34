import ByteText
import SimTime

/// Checks a document against the tables and turns its values into typed ones.
struct ScenarioDecoder {
    private(set) var problems = ProblemList()

    /// The entry of a mapping; nil where the node is none.
    mutating func entry(_ node: DocumentNode, _ section: ScenarioSection, at place: SourceLocation) -> ScenarioEntry? {
        guard case .mapping(let pairs) = node.content else {
            problems.add("this must be a mapping with keys, not \(node.kindText)", at: place)
            return nil
        }
        var entry = ScenarioEntry(place: place)
        for pair in pairs {
            let place = place.key(pair.key.shortened, line: pair.line)
            guard let field = section.field(pair.key) else {
                let hint = Suggestion.text(
                    for: pair.key, among: section.fields.filter { $0.replacement == nil }.map(\.key))
                problems.add("there is no key \"\(pair.key.shortened)\" here\(hint)", at: place)
                continue
            }
            if let other = field.replacement, pairs.contains(where: { $0.key == other }) {
                problems.add(
                    "the keys \"\(other)\" and \"\(pair.key)\" mean the same; use \"\(other)\" alone", at: place)
                continue
            }
            entry.note(pair.key)
            if let value = value(pair.value, field.kind, at: place) { entry.set(pair.key, value, at: place) }
        }
        for field in section.fields where field.isRequired && !pairs.contains(where: { $0.key == field.key }) {
            problems.add("the key \"\(field.key)\" is missing: \(field.summary.lowercasedFirst)", at: place)
        }
        return entry
    }

    private mutating func value(_ node: DocumentNode, _ kind: FieldKind, at place: SourceLocation) -> FieldValue? {
        switch kind {
        case .section(let section):
            return entry(node, section, at: place).map(FieldValue.section)
        case .list(let element, let atLeast, let atMost):
            return list(node, element, atLeast: atLeast, atMost: atMost, at: place)
        default:
            guard case .scalar(let text, let isPlain) = node.content else {
                problems.add("this must be \(demand(kind)), not \(node.kindText)", at: place)
                return nil
            }
            if isPlain, ["", "~", "null", "Null", "NULL"].contains(text) {
                problems.add("the key has no value; write one or remove the key", at: place)
                return nil
            }
            return scalar(text, isPlain: isPlain, kind, at: place)
        }
    }

    private mutating func list(
        _ node: DocumentNode, _ element: FieldKind, atLeast: Int, atMost: Int, at place: SourceLocation
    ) -> FieldValue? {
        guard case .list(let nodes) = node.content else {
            problems.add("this must be a list, not \(node.kindText)", at: place)
            return nil
        }
        if nodes.count < atLeast { problems.add("the list is empty; write at least one element", at: place) }
        if nodes.count > atMost {
            problems.add(
                "the list has \(nodes.count) elements; the limit is \(atMost)",
                at: place.element(atMost, line: nodes[atMost].line))
        }
        var elements: [ScenarioEntry.Located] = []
        for (index, node) in nodes.prefix(atMost).enumerated() {
            let place = place.element(index, line: node.line)
            if let value = value(node, element, at: place) { elements.append(.init(value: value, place: place)) }
        }
        return .list(elements)
    }

    private mutating func scalar(_ text: String, isPlain: Bool, _ kind: FieldKind, at place: SourceLocation)
        -> FieldValue?
    {
        let value: FieldValue?
        switch kind {
        case .text(let rule):
            if let longest = rule.longest, text.unicodeScalars.count > longest {
                problems.add(
                    "the text has \(text.unicodeScalars.count) characters; the limit is \(longest)", at: place)
                return nil
            }
            value = rule.accepts(text) ? .text(text) : nil
        case .choice(let choices):
            guard choices.contains(text) else {
                problems.add(
                    "there is no \"\(text.shortened)\" here\(Suggestion.text(for: text, among: choices))", at: place)
                return nil
            }
            value = .text(text)
        case .flag: value = isPlain ? ["true": true, "false": false][text].map(FieldValue.flag) : nil
        case .integer(let range):
            value = (isPlain ? wholeNumber(text) : nil).flatMap { range.contains($0) ? .number($0) : nil }
        case .decimal(let range):
            value = (isPlain ? thousandths(text) : nil).flatMap { range.contains($0) ? .number($0) : nil }
        case .percent: value = permille(text).map(FieldValue.number)
        case .span(let range):
            value = TimeSpan(parsing: text).flatMap { range.contains($0) ? .span($0) : nil }
        case .instant: value = Instant(rfc3339: text).map { .moment(.absolute($0)) }
        case .moment: value = moment(text).map(FieldValue.moment)
        case .hours: value = workingHours(text)
        case .timeZone:
            guard let zone = TimeZoneRule(named: text) else {
                let nearest = TimeZoneRule.nearestName(to: text)
                let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? "; write an IANA name such as Europe/Madrid"
                problems.add("there is no time zone \"\(text.shortened)\"\(hint)", at: place)
                return nil
            }
            value = .timeZone(zone)
        case .list, .section: value = nil
        }
        if value == nil { problems.add("\"\(text.shortened)\" is not \(demand(kind))", at: place) }
        return value
    }

    /// What a value of the kind has to be, after "must be" or "is not".
    private func demand(_ kind: FieldKind) -> String {
        switch kind {
        case .text(let rule): rule.demand
        case .choice(let choices): "one of \(choices.joined(separator: ", "))"
        case .flag: "true or false"
        case .integer(let range) where range.upperBound == .max: "a whole number of \(range.lowerBound) or more"
        case .integer(let range) where range.count == 1: "\(range.lowerBound), the only version there is"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range):
            "a number from \(range.lowerBound / 1_000) to \(range.upperBound / 1_000) with three decimals at most"
        case .percent: "a share from 0% to 100% with one decimal at most (12.5%)"
        case .span(let range): "a duration (1h30m) from \(range.lowerBound.text) to \(range.upperBound.text)"
        case .instant: "a time in RFC 3339 (2026-03-02T07:00:00Z)"
        case .moment: "a time after the scenario's start (+2h30m) or in RFC 3339 (2026-03-02T09:30:00Z)"
        case .hours: "working hours within a day (08:30-17:30)"
        case .timeZone: "a time zone"
        case .list: "a list"
        case .section: "a mapping with keys"
        }
    }
}

extension TimeZoneRule {
    /// The zone that somebody probably meant: of the nearest name or, if there is none, of the nearest city.
    fileprivate static func nearestName(to text: String) -> String? {
        let names = all.map(\.name)
        let cities = names.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        if let name = Suggestion.nearest(to: text, among: names) { return name }
        return Suggestion.nearest(to: text, among: cities).flatMap { city in
            cities.firstIndex(of: city).map { names[$0] }
        }
    }
}

extension String {
    /// The text in a message: its beginning, where it is long.
    var shortened: String {
        let beginning = prefix(60)
        return beginning.endIndex == endIndex ? self : "\(beginning)…"
    }

    /// The sentence as it continues after a colon, without its full stop.
    var lowercasedFirst: String {
        let text = hasSuffix(".") ? dropLast() : self[...]
        guard text.dropFirst().first?.isLowercase == true || text.dropFirst().first == " " else { return String(text) }
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
