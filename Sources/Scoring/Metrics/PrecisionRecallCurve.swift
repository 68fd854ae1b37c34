import Truth
import TailnetModel

/// Precision and recall when only alerts of at least a certain score count, for every score that there is.
public struct PrecisionRecallCurve: Sendable, Hashable {
    /// One threshold and what it comes to.
    public struct Point: Sendable, Hashable {
        /// Alerts of this score and higher count.
        public let threshold: Double
        /// Detected incidents among detected incidents and false alerts; nil where there are neither.
        public let precision: Double?
        /// Detected incidents among those that are to be detected; nil where there are none.
        public let recall: Double?
    }

    /// From the highest threshold to the lowest; of thresholds that detect as much only the highest and the last of all.
    public let points: [Point]
    /// The sum over the thresholds, from high to low, of the gain in recall times the precision; nil without incidents.
    ///
    /// Nothing is interpolated. Alerts of equal score are one threshold, in whatever order they come.
    public let average: Double?
    /// Alerts without a score, which are left out: no threshold says when they would count.
    public let unscored: Int

    /// Adds alerts by falling score; nil where none has a score.
    init?(_ alerts: [Alert], _ matching: Matching) {
        let (index, groups) = matching.detecting
        var scored: [(score: Double, alert: Int)] = []
        for (number, alert) in alerts.enumerated() {
            if let score = alert.score, score.isFinite { scored.append((score, number)) }
        }
        if scored.isEmpty { return nil }
        scored.sort { $0.score != $1.score ? $0.score > $1.score : $0.alert < $1.alert }
        let wanted = index.incidents.count(where: \.variant.isToBeDetected)
        var matcher = Matcher(index)
        var falseAlerts = 0
        var points: [Point] = []
        var area = 0.0
        var known = 0
        for (place, (score, number)) in scored.enumerated() {
            if matching.verdicts[number].verdict == .false {
                falseAlerts += 1
            } else {
                _ = matcher.add(number, naming: groups[number], at: alerts[number].time)
            }
            let isLast = place + 1 == scored.count
            guard isLast || scored[place + 1].score < score else { continue }
            let precision = ratio(matcher.matched, matcher.matched + falseAlerts)
            if wanted > 0 { area += Double(matcher.matched - known) / Double(wanted) * (precision ?? 0) }
            if isLast || points.isEmpty || matcher.matched > known {
                points.append(
                    Point(threshold: score, precision: precision, recall: ratio(matcher.matched, wanted)))
            }
            known = matcher.matched
        }
        self.points = points
        average = wanted > 0 ? area : nil
        unscored = alerts.count - scored.count
    }
}
