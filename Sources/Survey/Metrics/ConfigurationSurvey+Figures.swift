extension ConfigurationSurvey {
    /// All figures of the configuration log; none where it is empty.
    mutating func figures() -> [Figure] {
        guard records > 0 else { return [] }
        let groups = closedGroupSizes()
        func figure(_ key: String, _ title: String, _ unit: Figure.Unit, _ value: Double) -> Figure {
            Figure("configuration.\(key)", title, .configuration, unit, value)
        }
        return [
            figure("records", "records", .count, Double(records)),
            figure("bytes", "bytes of text", .bytes, Double(bytes)),
            figure("size.mean", "record size, mean", .bytes, sizes.mean),
            figure("size.max", "record size, largest", .bytes, Double(sizes.largest)),
            figure("codes", "kinds of events", .count, Double(eventCounts.count)),
            figure("group.mean", "records in a group, mean", .number, groups.mean),
            figure("group.max", "records in a group, most", .count, Double(groups.largest)),
            figure("delay.min", "logged - eventTime, least", .seconds, Double(delays.smallest) / 1e9),
            figure("delay.mean", "logged - eventTime, mean", .seconds, delays.mean / 1e9),
            figure("delay.p99", "logged - eventTime, p99", .seconds, delays.quantile(0.99) / 1e9),
            figure("delay.max", "logged - eventTime, most", .seconds, Double(delays.largest) / 1e9),
            figure("failed", "records of failed requests", .share, ratio(failed, records)),
            figure("deferred", "records held back", .share, ratio(deferred, records)),
            figure("gzip", "gzip ratio", .number, texture.gzipRatio()),
        ]
    }
}
