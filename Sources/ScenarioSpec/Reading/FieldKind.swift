import SimTime

/// What a key may hold.
indirect enum FieldKind: Sendable {
    case text(TextRule)
    case choice([String])
    case flag
    case integer(ClosedRange<Int>)
    /// A decimal number kept in thousandths; the range is in thousandths too.
    case decimal(ClosedRange<Int>)
    /// `10%`, kept in thousandths.
    case percent
    /// A duration such as `1h30m`, within the bounds.
    case span(ClosedRange<TimeSpan>)
    /// An RFC 3339 time.
    case instant
    /// A duration after the scenario's start, or an RFC 3339 time.
    case moment
    /// `09:00-17:30`.
    case hours
    case timeZone
    case list(FieldKind, atLeast: Int, atMost: Int = ScenarioLimits.nodes)
    case section(ScenarioSection)
}
