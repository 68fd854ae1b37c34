/// A time zone of the IANA database, or a link to one.
///
/// The zones are a table in the source and not the machine's zone database: the same scenario must give the same bytes
/// on every machine. The table knows the changes of clocks since 1970, and the rules that hold from now on.
public struct TimeZoneRule: Sendable {
    /// The IANA name.
    public let name: String
    private let history: TimeZoneHistory

    /// UTC itself.
    public static let utc = TimeZoneRule(name: "UTC", history: TimeZoneHistory(first: .zero))

    /// Every zone that scenarios may name, ordered by name.
    public static let all: [TimeZoneRule] = TimeZoneTable.histories().flatMap { names, history in
        names.map { TimeZoneRule(name: $0, history: history) }
    }.sorted { $0.name < $1.name }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The zone of that IANA name; nil where the database has none.
    public init?(named name: String) {
        guard let zone = TimeZoneRule.byName[name] else { return nil }
        self = zone
    }

    private init(name: String, history: TimeZoneHistory) {
        self.name = name
        self.history = history
    }

    /// How far local clocks are ahead of UTC at `instant`.
    public func offset(at instant: Instant) -> TimeSpan { history.offset(at: instant) }

    /// When local clocks change after `start` and not after `end`, and how far they are ahead from then on; in order.
    public func changes(after start: Instant, through end: Instant) -> [(time: Instant, offset: TimeSpan)] {
        history.changes(after: start, through: end)
    }

    /// The instant at which local clocks show `timeOfDay` after midnight of the local `date`.
    ///
    /// A time that a change of clocks skips or repeats is read with the offset in force just before the change.
    public func instant(of date: CivilDate, timeOfDay: TimeSpan) -> Instant {
        let local = Instant(midnightOf: date) + timeOfDay
        // No zone is a day and a quarter ahead or behind.
        let near = TimeSpan.hours(30)
        var offset = offset(at: local - near)
        for change in changes(after: local - near, through: local + near) {
            // Clocks show the time before they change, or never because they skip it.
            if local - offset < change.time || local - change.offset < change.time { break }
            offset = change.offset
        }
        return local - offset
    }
}

extension TimeZoneRule: Hashable {
    public static func == (left: TimeZoneRule, right: TimeZoneRule) -> Bool { left.name == right.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension TimeZoneRule: CustomStringConvertible {
    public var description: String { name }
}
