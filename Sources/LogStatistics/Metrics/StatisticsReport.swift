import ByteText

/// What is in the logs that a `LogSummary` has read.
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
        var table = TextTable([.left, .right, .right, .right], indent: 2)
        table.add(["", "here", "published", "difference"])
        for group in Metric.Group.allCases {
            let members = metrics.filter { $0.group == group }
            guard !members.isEmpty else { continue }
            table.addHeading(group.rawValue)
            for metric in members {
                table.add([
                    metric.title, metric.unit.text(metric.value), metric.published.map { metric.unit.text($0) } ?? "",
                    metric.deviation.map(signedPercent) ?? "",
                ])
            }
        }
        var lines = table.lines
        if networkRecords > 0 {
            lines.append("network records by hour of the day (UTC)")
            lines.append("  " + bars(hours))
            lines.append("network records by day of the week, Monday first (UTC)")
            lines.append("  " + bars(weekdays))
        }
        if !events.isEmpty {
            lines.append("configuration events")
            let shown = events.prefix(StatisticsReport.eventsShown)
            var table = TextTable([.left, .right], indent: 2)
            for event in shown { table.add([event.code, "\(event.count)"]) }
            lines += table.lines
            if events.count > shown.count { lines.append("  and \(events.count - shown.count) more kinds") }
        }
        lines += strictLines
        return lines.joined(separator: "\n") + "\n"
    }

    private static let eventsShown = 20

    private var strictLines: [String] {
        let records = networkRecords + configurationRecords
        let noun = deviationCount == 1 ? "deviation" : "deviations"
        var lines = [
            "strict: \(DecimalText.grouped(deviationCount)) \(noun) in \(DecimalText.grouped(records)) records"
        ]
        for (log, item) in deviations {
            lines.append(
                "  \(DecimalText.grouped(item.count)) x \(item.kind); first in \(log) record \(item.firstRecord):")
            lines.append("    \(item.example)")
        }
        return lines
    }

    /// All deviations with the log in which each is.
    private var deviations: [(log: String, item: Deviations.Item)] {
        networkDeviations.items.map { ("network", $0) } + configurationDeviations.items.map { ("configuration", $0) }
    }

    /// The report as one JSON object, with a newline behind it.
    public var json: String {
        JSONWriter.object { json in
            json.member("networkRecords", networkRecords)
            json.member("configurationRecords", configurationRecords)
            json.objects("figures", metrics) { $1.putMembers(into: &$0) }
            json.member("hours", hours)
            json.member("weekdays", weekdays)
            json.object("events") { json in for event in events { json.member(event.code, event.count) } }
            json.object("strict") { json in
                json.member("records", networkRecords + configurationRecords)
                json.member("count", deviationCount)
                json.list("deviations") { json in
                    for (log, item) in deviations { json.element { item.putMembers(into: &$0, log: log) } }
                }
            }
        } + "\n"
    }
}

extension Metric {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("key", key)
        json.member("title", title)
        json.member("unit", unit.rawValue)
        json.member("value", JSONNumber(metric: value))
        if published != nil { json.member("published", JSONNumber(metric: published)) }
        if deviation != nil { json.member("deviation", JSONNumber(metric: deviation)) }
    }
}

extension Deviations.Item {
    fileprivate func putMembers(into json: inout JSONWriter, log: String) {
        json.member("log", log)
        json.member("kind", kind)
        json.member("count", count)
        json.member("firstRecord", firstRecord)
        json.member("example", example)
    }
}
