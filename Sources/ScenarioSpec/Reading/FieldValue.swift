import SimTime

/// A checked value.
indirect enum FieldValue {
    case text(String)
    /// Whole numbers as they are; decimals and shares in thousandths.
    case number(Int)
    case flag(Bool)
    case span(TimeSpan)
    case moment(Moment)
    case hours(TimeSpan, TimeSpan)
    case timeZone(TimeZoneRule)
    case list([ScenarioEntry.Located])
    case section(ScenarioEntry)
}
