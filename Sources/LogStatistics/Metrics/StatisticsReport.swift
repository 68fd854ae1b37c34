import ByteText

/// What a survey has found.
public struct StatisticsReport: Sendable {
    public var metrics: [Metric]
    public var networkRecords: Int
    public var configurationRecords: Int
    public var networkDeviations: Deviations
    public var configurationDeviations: Deviations
    /// Network records by the hour of the day, UTC.
    public var hours: [Int]
    /// Network records by the day of the week, UTC, Monday first.
    public var weekdays: [Int]
    /// Configuration records by `TARGET.ACTION.PROPERTY`, the most frequent first.
    public var events: [(code: String, count: Int)]

    /// How many deviations from the form of real records were found in both logs.
    public var deviationCount: Int { networkDeviations.count + configurationDeviations.count }

    /// The figure of a key.
    public func value(_ key: String) -> Double? { metrics.first { $0.key == key }?.value }

    /// The report as a table for people; ends in a newline.
    public var text: String {
        var lines: [String] = []
        let width = metrics.map(\.title.count).max() ?? 0
        lines.append("\(pad("", width + 2)) \(padLeft("here", 14)) \(padLeft("published", 12)) \(padLeft("off by", 9))")
        for group in Metric.Group.allCases {
            let members = metrics.filter { $0.group == group }
            guard !members.isEmpty else { continue }
            lines.append("\(group.rawValue)")
            for metric in members {
                let published = metric.published.map { metric.unit.text($0) } ?? ""
                let off = metric.deviation.map(signedPercent) ?? ""
                lines.append(
                    trimmed(
                        "  \(pad(metric.title, width)) \(padLeft(metric.unit.text(metric.value), 14)) "
                            + "\(padLeft(published, 12)) \(padLeft(off, 9))"))
            }
        }
        if networkRecords > 0 {
            lines.append("network records by hour of the day (UTC)")
            lines.append("  " + bars(hours))
            lines.append("network records by day of the week, Monday first (UTC)")
            lines.append("  " + bars(weekdays))
        }
        if !events.isEmpty {
            lines.append("configuration events")
            let shown = events.prefix(StatisticsReport.eventsShown)
            let width = shown.map(\.code.count).max() ?? 0
            for event in shown { lines.append("  \(pad(event.code, width)) \(padLeft("\(event.count)", 9))") }
            if events.count > shown.count { lines.append("  and \(events.count - shown.count) more kinds") }
        }
        lines += strictLines
        return lines.joined(separator: "\n") + "\n"
    }

    private static let eventsShown = 20

    private var strictLines: [String] {
        let records = networkRecords + configurationRecords
        let noun = deviationCount == 1 ? "deviation" : "deviations"
        var lines = ["strict: \(grouped(deviationCount)) \(noun) in \(grouped(records)) records"]
        for (log, deviations) in [("network", networkDeviations), ("configuration", configurationDeviations)] {
            for item in deviations.items {
                lines.append("  \(grouped(item.count)) x \(item.kind); first in \(log) record \(item.firstRecord):")
                lines.append("    \(item.example)")
            }
        }
        return lines
    }

    /// The report as one JSON object, with a newline behind it.
    public var json: String {
        let metrics = metrics.map { metric in
            var text = "{\"key\":\(metric.key.jsonQuoted),\"title\":\(metric.title.jsonQuoted)"
            text += ",\"unit\":\"\(metric.unit.rawValue)\",\"value\":\(number(metric.value))"
            if let published = metric.published { text += ",\"published\":\(number(published))" }
            if let deviation = metric.deviation { text += ",\"deviation\":\(number(deviation))" }
            return text + "}"
        }
        let deviations = [("network", networkDeviations), ("configuration", configurationDeviations)].flatMap {
            (log, deviations) in
            deviations.items.map { item in
                "{\"log\":\"\(log)\",\"kind\":\(item.kind.jsonQuoted),\"count\":\(item.count)"
                    + ",\"firstRecord\":\(item.firstRecord),\"example\":\(item.example.jsonQuoted)}"
            }
        }
        let events = events.map { "\($0.code.jsonQuoted):\($0.count)" }
        return "{\"networkRecords\":\(networkRecords),\"configurationRecords\":\(configurationRecords)"
            + ",\"figures\":[\(metrics.joined(separator: ","))]"
            + ",\"hours\":[\(hours.map(String.init).joined(separator: ","))]"
            + ",\"weekdays\":[\(weekdays.map(String.init).joined(separator: ","))]"
            + ",\"events\":{\(events.joined(separator: ","))}"
            + ",\"strict\":{\"records\":\(networkRecords + configurationRecords),\"count\":\(deviationCount)"
            + ",\"deviations\":[\(deviations.joined(separator: ","))]}}\n"
    }
}
