import Truth
/// What was made of each alert, and which alert detected which incident.
struct Matching {
    /// For each incident the index of the alert that detected it.
    let detections: [Int?]
    /// For each incident the alerts beyond the one that detected it; for the variants that no rule should notice, the
    /// false alerts that fell on it.
    private(set) var surplus: [Int]
    /// For each alert what it is, and of which incident.
    private(set) var verdicts: [(verdict: AlertVerdict, incident: Int?)]
    /// For each alert the groups of names that it names.
    let groups: [[Int]]
    /// The index by which alerts detect incidents, and the groups that each alert names in it.
    ///
    /// It finds fewer incidents than the other where only the expected rules detect.
    let detecting: (index: IncidentIndex, groups: [[Int]])

    /// Matches alerts in canonical order.
    ///
    /// - Parameters:
    ///   - index: finds what an alert speaks of.
    ///   - strict: finds what an alert may detect, where that is less.
    init(_ alerts: [Alert], _ index: IncidentIndex, detectingBy strict: IncidentIndex?) {
        var reader = GroupReader(index)
        groups = alerts.map { reader.groups(of: $0) }
        if let strict {
            var reader = GroupReader(strict)
            detecting = (strict, alerts.map { reader.groups(of: $0) })
        } else {
            detecting = (index, groups)
        }
        var matcher = Matcher(detecting.index)
        let wanted = index.trees { index.incidents[$0].variant.isToBeDetected }
        let quiet = index.trees { !index.incidents[$0].variant.isToBeDetected }
        surplus = Array(repeating: 0, count: index.incidents.count)
        verdicts = Array(repeating: (.false, nil), count: alerts.count)
        for (number, alert) in alerts.enumerated() {
            let groups = groups[number]
            if matcher.add(number, naming: detecting.groups[number], at: alert.time) { continue }
            if let incident = wanted.last(naming: groups, at: alert.time, in: index) {
                verdicts[number] = (.duplicate, incident)
                surplus[incident] += 1
            } else {
                let incident = quiet.last(naming: groups, at: alert.time, in: index)
                verdicts[number] = (.false, incident)
                if let incident { surplus[incident] += 1 }
            }
        }
        detections = matcher.alertOf
        for (incident, alert) in detections.enumerated() {
            if let alert { verdicts[alert] = (.detection, incident) }
        }
    }
}
