import Truth
import SimTime
import TailnetModel

/// What one rule is worth on its own.
///
/// The rule's alerts are matched alone, to the incidents that expect it; where none does, to all that are to be
/// detected. So a rule is not worse for another one having been first.
public struct RuleTally: Sendable, Hashable {
    /// The rule's id.
    public let rule: String
    /// How many alerts it has.
    public let alerts: Int
    /// Incidents that expect it.
    public let expected: Int
    /// Incidents that its alerts detect.
    public let detected: Int
    /// Its alerts beyond the one that detects an incident.
    public let duplicates: Int
    /// Its alerts that speak only of incidents to be detected which do not expect it: neither right nor wrong.
    public let unexpected: Int
    /// Its alerts that speak of no incident, or only of one that no rule should notice.
    public let falseAlerts: Int
    /// Those of them that fell on an incident of the variant `under`.
    public let onUnder: Int
    /// Those of them that fell on an incident of the variant `lookalike`.
    public let onLookalike: Int
    /// False alerts in a day of the time that was watched; nil where no time was.
    public let falseAlertsPerDay: Double?
    /// From an incident's first record to the rule's alert.
    public let timeToDetect: Delays
    /// The ids of the incidents that expect the rule and that it did not detect, in order of time.
    public let missed: [String]

    /// Detected incidents among detected incidents and false alerts; nil where there are neither.
    public var precision: Double? { ratio(detected, detected + falseAlerts) }
    /// Detected incidents among those that expect the rule; nil where none does.
    public var recall: Double? { expected == 0 ? nil : ratio(detected, expected) }
    /// The harmonic mean of precision and recall; nil where no incident expects the rule.
    public var f1: Double? { expected == 0 ? nil : ratio(2 * detected, detected + falseAlerts + expected) }

    /// The tallies of all rules that are expected or fired, by name.
    static func all(
        _ alerts: [Alert], _ incidents: [Incident], _ matching: Matching, _ index: IncidentIndex,
        _ options: ScoreOptions, _ window: TimeWindow?
    ) -> [RuleTally] {
        var expecting: [String: [Incident]] = [:]
        for incident in incidents where incident.variant.isToBeDetected {
            for rule in Set(incident.expectedRules) { expecting[rule, default: []].append(incident) }
        }
        var alertsOfRule: [String: [Int]] = [:]
        for (number, alert) in alerts.enumerated() { alertsOfRule[alert.rule, default: []].append(number) }
        let all = Matcher(index)
        let same = index.members.indices.map(Optional.init)
        return Set(expecting.keys).union(alertsOfRule.keys).sorted().map { rule in
            let numbers = alertsOfRule[rule] ?? []
            var matcher = all
            var groups = same
            if let incidents = expecting[rule] {
                matcher = Matcher(IncidentIndex(incidents, options))
                groups = index.groups(in: matcher.index)
            }
            return RuleTally(
                rule, numbers, alerts, expected: expecting[rule]?.count ?? 0, &matcher, groups, matching, incidents,
                window)
        }
    }

    private init(
        _ rule: String, _ numbers: [Int], _ alerts: [Alert], expected: Int, _ matcher: inout Matcher,
        _ groupOfGroup: [Int?], _ matching: Matching, _ incidents: [Incident], _ window: TimeWindow?
    ) {
        let index = matcher.index
        let wanted = index.trees { index.incidents[$0].variant.isToBeDetected }
        var counts = (duplicates: 0, unexpected: 0, false: 0, under: 0, lookalike: 0)
        for number in numbers {
            let alert = alerts[number]
            let (verdict, incident) = matching.verdicts[number]
            if verdict == .false {
                counts.false += 1
                if let incident, incidents[incident].variant == .under { counts.under += 1 }
                if let incident, incidents[incident].variant == .lookalike { counts.lookalike += 1 }
                continue
            }
            let groups = Set(matching.groups[number].compactMap { groupOfGroup[$0] }).sorted()
            if matcher.add(number, naming: groups, at: alert.time) { continue }
            let isKnown = wanted.last(naming: groups, at: alert.time, in: index) != nil
            if isKnown { counts.duplicates += 1 } else { counts.unexpected += 1 }
        }
        self.rule = rule
        self.alerts = numbers.count
        self.expected = expected
        detected = matcher.matched
        duplicates = counts.duplicates
        unexpected = counts.unexpected
        falseAlerts = counts.false
        onUnder = counts.under
        onLookalike = counts.lookalike
        falseAlertsPerDay = perDay(counts.false, in: window)
        let pairs = zip(index.incidents, matcher.alertOf)
        timeToDetect = Delays(
            pairs.compactMap { incident, alert in
                alert.map { max(alerts[$0].time - incident.firstRecord, .zero) }
            })
        missed = expected == 0 ? [] : pairs.filter { $0.1 == nil }.map(\.0.id)
    }
}
