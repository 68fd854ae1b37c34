extension ConfigurationStatistics {
    /// All figures of the configuration log; none where it is empty.
    mutating func metrics() -> [Metric] {
        guard records > 0 else { return [] }
        let groups = closedGroupSizes()
        func metric(_ key: String, _ title: String, _ unit: Metric.Unit, _ value: Double) -> Metric {
            Metric("configuration.\(key)", title, .configuration, unit, value)
        }
        return [
            metric("records", "records", .count, Double(records)),
            metric("bytes", "bytes of text", .bytes, Double(bytes)),
            metric("size.mean", "record size, mean", .bytes, sizes.mean),
            metric("size.max", "record size, largest", .bytes, Double(sizes.largest)),
            metric("codes", "kinds of events", .count, Double(eventCounts.count)),
            metric("group.mean", "records in a group, mean", .number, groups.mean),
            metric("group.max", "records in a group, most", .count, Double(groups.largest)),
            metric("delay.min", "logged - eventTime, least", .seconds, Double(delays.smallest) / 1e9),
            metric("delay.mean", "logged - eventTime, mean", .seconds, delays.mean / 1e9),
            metric("delay.p99", "logged - eventTime, p99", .seconds, delays.quantile(0.99) / 1e9),
            metric("delay.max", "logged - eventTime, most", .seconds, Double(delays.largest) / 1e9),
            metric("failed", "records of failed requests", .share, ratio(failed, records)),
            metric("deferred", "records held back", .share, ratio(deferred, records)),
            metric("gzip", "gzip ratio", .number, texture.gzipRatio()),
        ]
    }
}
