import SimTime

/// A section of a scenario after its keys and values were checked against the tables.
///
/// A key that was missing or wrong is simply absent: its problem has been told, so readers of an entry stay silent.
struct ScenarioEntry {
    var place: SourceLocation
    private var values: [String: Located] = [:]
    /// Keys that stand in the file, whatever their values.
    private var written: Set<String> = []

    /// A checked value and where it stands.
    struct Located {
        var value: FieldValue
        var place: SourceLocation
    }

    init(place: SourceLocation) {
        self.place = place
    }

    mutating func set(_ key: String, _ value: FieldValue, at place: SourceLocation) {
        values[key] = Located(value: value, place: place)
    }

    func has(_ key: String) -> Bool { values[key] != nil }

    /// Notes that a key stands in the file, whatever its value.
    mutating func note(_ key: String) { written.insert(key) }

    /// Whether the key stands in the file, even with a value that was told to be wrong.
    func mentions(_ key: String) -> Bool { written.contains(key) }

    /// Where the key's value stands; the entry itself where the key is absent.
    func place(_ key: String) -> SourceLocation { values[key]?.place ?? place }

    func text(_ key: String) -> String? {
        if case .text(let text)? = values[key]?.value { return text }
        return nil
    }

    func number(_ key: String) -> Int? {
        if case .number(let number)? = values[key]?.value { return number }
        return nil
    }

    func flag(_ key: String) -> Bool? {
        if case .flag(let flag)? = values[key]?.value { return flag }
        return nil
    }

    func span(_ key: String) -> TimeSpan? {
        if case .span(let span)? = values[key]?.value { return span }
        return nil
    }

    func moment(_ key: String) -> Moment? {
        if case .moment(let moment)? = values[key]?.value { return moment }
        return nil
    }

    func hours(_ key: String) -> (start: TimeSpan, end: TimeSpan)? {
        if case .hours(let start, let end)? = values[key]?.value { return (start, end) }
        return nil
    }

    func timeZone(_ key: String) -> TimeZoneRule? {
        if case .timeZone(let zone)? = values[key]?.value { return zone }
        return nil
    }

    func choice<Choice: RawRepresentable>(_ key: String, _: Choice.Type) -> Choice? where Choice.RawValue == String {
        text(key).flatMap(Choice.init(rawValue:))
    }

    func list(_ key: String) -> [Located]? {
        if case .list(let elements)? = values[key]?.value { return elements }
        return nil
    }

    /// The texts of a list, each with its place.
    func texts(_ key: String) -> [(text: String, place: SourceLocation)]? {
        list(key)?.compactMap { element in
            if case .text(let text) = element.value { return (text, element.place) }
            return nil
        }
    }

    func section(_ key: String) -> ScenarioEntry? {
        if case .section(let entry)? = values[key]?.value { return entry }
        return nil
    }

    /// The sections of a list; none where the key is absent.
    func sections(_ key: String) -> [ScenarioEntry] {
        (list(key) ?? []).compactMap { element in
            if case .section(let entry) = element.value { return entry }
            return nil
        }
    }
}

/// A time as a scenario writes it.
enum Moment: Sendable, Hashable {
    case afterStart(TimeSpan)
    case absolute(Instant)
}
