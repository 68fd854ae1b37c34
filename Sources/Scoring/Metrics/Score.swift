public import Truth
public import SimTime
import TailnetModel

/// What a detector's alerts are worth, measured against the truth.
///
/// An alert speaks of an incident when `firstRecord` <= time <= `lastRecord` + grace and it names one of its actors.
/// `firstRecord` counts by whole milliseconds, as receivers often keep no more of a record's time.
///
/// - Which alert detects which incident is a maximum matching; see `Matcher` for which one. It does not
///   depend on the order of alerts or incidents.
/// - With `ScoreOptions.matchesRules` an alert detects only incidents that expect its rule.
/// - Further alerts for incidents that are to be detected are duplicates: neither right nor wrong.
/// - An alert is false when it speaks of no incident, or only of incidents that no rule should notice. A false alert is
///   held against the kinds whose incidents expect its rule, and against the kind of the incident that it fell on;
///   so it may count in several kinds or in none, but always once in `overall`.
public struct Score: Sendable, Hashable {
    /// All kinds together.
    public let overall: Tally
    /// Each kind that has incidents, by name.
    public let kinds: [Kind]
    /// All incidents, by `firstRecord` and id.
    public let incidents: [Outcome]
    /// All alerts in canonical order, with what became of them.
    public let alerts: [JudgedAlert]
    /// Each rule that an incident expects or that fired, by name.
    public let rules: [RuleTally]
    /// Rules that an incident expects and no alert has, sorted.
    public let silentRules: [String]
    /// Precision and recall at each score; nil where no alert has one.
    public let curve: PrecisionRecallCurve?
    /// The score of the Numenta benchmark in its three profiles.
    public let numenta: NumentaScore
    /// Precision and recall of ranges.
    public let ranges: RangeScore
    /// The window of time that false alerts are counted over; nil where there is neither incident nor alert.
    public let window: TimeWindow?
    /// How it was measured.
    public let options: ScoreOptions

    /// The tally of one kind of incident.
    public struct Kind: Sendable, Hashable {
        /// The kind's name.
        public let kind: String
        /// The counts over the kind's incidents.
        public let tally: Tally
    }

    /// What became of one incident.
    public struct Outcome: Sendable, Hashable {
        /// The incident's id.
        public let id: String
        /// The kind of the incident.
        public let kind: String
        /// How strong the incident was.
        public let variant: IncidentVariant
        /// Event time of the incident's first record.
        public let firstRecord: Instant
        /// Event time of its last record.
        public let lastRecord: Instant
        /// Who did it, each by the shortest name that there is.
        public let actors: [String]
        /// The rules that should fire.
        public let expectedRules: [String]
        /// Whether an alert was matched to it.
        public let isDetected: Bool
        /// The rule of that alert.
        public let rule: String?
        /// From the first record to the alert; nil where the incident was not detected.
        public let timeToDetect: TimeSpan?
        /// From the time at which the ingester had the first record to the alert; nil where either is not known.
        public let timeSinceLogged: TimeSpan?
        /// Alerts that speak of it; false ones where the variant is one that no rule should notice.
        public let alerts: Int
    }

    /// An alert and what it is.
    public struct JudgedAlert: Sendable, Hashable {
        /// The alert.
        public let alert: Alert
        /// What it is.
        public let verdict: AlertVerdict
        /// The id of the incident that it detected, repeats, or fell on.
        public let incident: String?
    }

    /// Measures alerts against incidents, both in any order.
    public init(of alerts: [Alert], against incidents: [Incident], options: ScoreOptions = ScoreOptions()) {
        let alerts = Alert.sorted(alerts)
        let incidents = incidents.sorted { ($0.firstRecord, $0.id) < ($1.firstRecord, $1.id) }
        let index = IncidentIndex(incidents, options)
        let strict = options.matchesRules ? IncidentIndex(incidents, options, byRule: true) : nil
        let matching = Matching(alerts, index, detectingBy: strict)
        let window = options.window ?? Score.interval(of: alerts, incidents)
        let outcomes = incidents.indices.map { number in
            Outcome(
                incidents[number], detectedBy: matching.detections[number].map { alerts[$0] },
                logged: options.loggedOf[incidents[number].id], surplus: matching.surplus[number])
        }
        let kindsOfRule = Score.kindsOfRules(incidents)
        var falseOfKind: [String: Int] = [:]
        var falseAlerts = 0
        for (number, judged) in matching.verdicts.enumerated() where judged.verdict == .false {
            falseAlerts += 1
            var kinds = kindsOfRule[alerts[number].rule] ?? []
            if let incident = judged.incident { kinds.insert(incidents[incident].kind) }
            for kind in kinds { falseOfKind[kind, default: 0] += 1 }
        }
        self.options = options
        self.window = window
        self.incidents = outcomes
        self.alerts = zip(alerts, matching.verdicts).map { alert, judged in
            JudgedAlert(alert: alert, verdict: judged.verdict, incident: judged.incident.map { incidents[$0].id })
        }
        overall = Tally(outcomes, falseAlerts: falseAlerts, window: window)
        let outcomesOfKind = Dictionary(grouping: outcomes, by: \.kind)
        kinds = outcomesOfKind.keys.sorted().map { kind in
            let tally = Tally(outcomesOfKind[kind] ?? [], falseAlerts: falseOfKind[kind] ?? 0, window: window)
            return Kind(kind: kind, tally: tally)
        }
        rules = RuleTally.all(alerts, incidents, matching, index, options, window)
        silentRules = rules.filter { $0.alerts == 0 }.map(\.rule)
        curve = PrecisionRecallCurve(alerts, matching)
        numenta = NumentaScore(alerts, matching, index)
        ranges = RangeScore(alerts, matching, index, options)
    }

    /// For each rule the kinds of the incidents that expect it.
    private static func kindsOfRules(_ incidents: [Incident]) -> [String: Set<String>] {
        var kinds: [String: Set<String>] = [:]
        for incident in incidents where incident.variant.isToBeDetected {
            for rule in incident.expectedRules { kinds[rule, default: []].insert(incident.kind) }
        }
        return kinds
    }

    /// From the first to the last time of anything.
    private static func interval(of alerts: [Alert], _ incidents: [Incident]) -> TimeWindow? {
        let firsts = incidents.map(\.firstRecord) + (alerts.first.map { [$0.time] } ?? [])
        let lasts = incidents.map(\.lastRecord) + (alerts.last.map { [$0.time] } ?? [])
        guard let first = firsts.min(), let last = lasts.max() else { return nil }
        return TimeWindow(start: first, end: last)
    }
}

extension Score.Outcome {
    fileprivate init(_ incident: Incident, detectedBy alert: Alert?, logged: Instant?, surplus: Int) {
        id = incident.id
        kind = incident.kind
        variant = incident.variant
        firstRecord = incident.firstRecord
        lastRecord = incident.lastRecord
        actors = incident.actors.map { party in
            let name = String(party.name.prefix { $0 != "." })
            return [name, party.login, party.nodeID].first { !$0.isEmpty } ?? ""
        }
        expectedRules = incident.expectedRules
        isDetected = alert != nil
        rule = alert?.rule
        timeToDetect = alert.map { max($0.time - incident.firstRecord, .zero) }
        if let alert, let logged { timeSinceLogged = max(alert.time - logged, .zero) } else { timeSinceLogged = nil }
        alerts = surplus + (alert == nil ? 0 : 1)
    }
}
