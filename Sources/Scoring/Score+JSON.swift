import TailnetModel

extension Score {
    /// The score as one JSON object, with the keys always in the same order.
    ///
    /// A figure that is not defined (no alerts, no incidents, nothing detected) is `null`. The count of the incidents that
    /// are to be detected is `expected`, as `incidents` is the list of all of them.
    public var json: String {
        let kinds = kinds.map { JSONText.object([("kind", JSONText.string($0.kind))] + $0.tally.members) }
        return JSONText.object(
            overall.members + [
                ("silentRules", JSONText.strings(silentRules)), ("kinds", JSONText.array(kinds)),
                ("incidents", JSONText.array(incidents.map(\.json))),
            ])
    }
}

extension Tally {
    fileprivate var members: [(key: String, value: String)] {
        [
            ("precision", JSONText.ratio(precision)), ("recall", JSONText.ratio(recall)),
            ("f1", JSONText.ratio(f1)), ("expected", "\(incidents)"), ("detected", "\(detected)"),
            ("falseAlerts", "\(falseAlerts)"), ("duplicates", "\(duplicates)"),
            ("medianTimeToDetectSeconds", JSONText.seconds(medianTimeToDetect)),
            ("maximumTimeToDetectSeconds", JSONText.seconds(maximumTimeToDetect)),
        ]
    }
}

extension Score.Outcome {
    fileprivate var json: String {
        JSONText.object([
            ("id", JSONText.string(id)), ("kind", JSONText.string(kind)),
            ("variant", JSONText.string(variant.rawValue)), ("detected", "\(isDetected)"),
            ("timeToDetectSeconds", JSONText.seconds(timeToDetect)), ("alerts", "\(alerts)"),
        ])
    }
}
