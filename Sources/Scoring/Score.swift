public import SimTime
public import TailnetModel

/// How alerts are matched to incidents.
public struct ScoreOptions: Sendable, Hashable {
    /// How long after an incident's last record an alert still counts for it.
    public var grace: TimeSpan
    /// The kinds whose targets an alert may name instead of the actors.
    public var kindsMatchedByTargets: Set<String>

    /// Makes options.
    public init(grace: TimeSpan = .minutes(15), kindsMatchedByTargets: Set<String> = []) {
        self.grace = grace
        self.kindsMatchedByTargets = kindsMatchedByTargets
    }
}

/// What a detector's alerts are worth, measured against the truth.
///
/// An alert speaks of an incident when `firstRecord` <= time <= `lastRecord` + grace and it names one of its actors.
/// `firstRecord` counts by whole milliseconds, as receivers often keep no more of a record's time.
///
/// - Which alert detects which incident is a maximum matching; see `Matching` for which one. It does not
///   depend on the order of alerts or incidents.
/// - Further alerts for incidents that are detected are duplicates: neither right nor wrong.
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
    /// Rules that an incident expects and no alert has, sorted.
    public let silentRules: [String]

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
        /// Whether an alert was matched to it.
        public let isDetected: Bool
        /// From the first record to the alert; nil where the incident was not detected.
        public let timeToDetect: TimeSpan?
        /// Alerts that speak of it; false ones where the variant is one that no rule should notice.
        public let alerts: Int
    }

    /// Measures alerts against incidents, both in any order.
    public init(of alerts: [Alert], against incidents: [Incident], options: ScoreOptions = ScoreOptions()) {
        let alerts = alerts.sorted(by: Alert.precedes)
        let incidents = incidents.sorted { ($0.firstRecord, $0.id) < ($1.firstRecord, $1.id) }
        let matching = Matching(alerts: alerts, incidents: incidents, options: options)
        let outcomes = incidents.indices.map { index in
            Outcome(
                incidents[index], detectedAt: matching.detections[index].map { alerts[$0].time },
                surplus: matching.surplus[index])
        }

        var kindsOfRule: [String: Set<String>] = [:]
        for incident in incidents where incident.variant.isToBeDetected {
            for rule in incident.expectedRules { kindsOfRule[rule, default: []].insert(incident.kind) }
        }
        var falseOfKind: [String: Int] = [:]
        for (alert, incident) in matching.falseAlerts {
            var kinds = kindsOfRule[alerts[alert].rule] ?? []
            if let incident { kinds.insert(incidents[incident].kind) }
            for kind in kinds { falseOfKind[kind, default: 0] += 1 }
        }
        let fired = Set(alerts.map(\.rule))
        silentRules = kindsOfRule.keys.filter { !fired.contains($0) }.sorted()
        self.incidents = outcomes
        overall = Tally(outcomes, falseAlerts: matching.falseAlerts.count)
        let outcomesOfKind = Dictionary(grouping: outcomes, by: \.kind)
        kinds = outcomesOfKind.keys.sorted().map { kind in
            Kind(kind: kind, tally: Tally(outcomesOfKind[kind] ?? [], falseAlerts: falseOfKind[kind] ?? 0))
        }
    }
}

/// Counts over some incidents and the figures that follow from them.
public struct Tally: Sendable, Hashable {
    /// Incidents that are to be detected; the other variants are not among them.
    public let incidents: Int
    /// Incidents to which an alert was matched.
    public let detected: Int
    /// Alerts that should not have been.
    public let falseAlerts: Int
    /// Alerts beyond the one that detected an incident.
    public let duplicates: Int
    /// The middle one, or between the two in the middle where the number is even.
    ///
    /// Nil where nothing was detected.
    public let medianTimeToDetect: TimeSpan?
    /// Nil where nothing was detected.
    public let maximumTimeToDetect: TimeSpan?

    /// Detected incidents among detected incidents and false alerts; nil where there are neither.
    ///
    /// Duplicates are left out, so that no detector gains by saying the same thing many times.
    public var precision: Double? { Tally.ratio(detected, detected + falseAlerts) }

    /// Detected incidents among all that are to be detected; nil where there are none.
    public var recall: Double? { Tally.ratio(detected, incidents) }

    /// The harmonic mean of precision and recall: 0 where nothing was detected, nil where there was nothing to detect
    /// and no false alert.
    public var f1: Double? { Tally.ratio(2 * detected, detected + falseAlerts + incidents) }

    init(_ outcomes: [Score.Outcome], falseAlerts: Int) {
        let wanted = outcomes.filter(\.variant.isToBeDetected)
        incidents = wanted.count
        detected = wanted.count(where: \.isDetected)
        self.falseAlerts = falseAlerts
        duplicates = wanted.reduce(0) { $0 + $1.alerts } - detected
        let times = wanted.compactMap(\.timeToDetect).sorted()
        maximumTimeToDetect = times.last
        guard let upper = times.dropFirst(times.count / 2).first else {
            medianTimeToDetect = nil
            return
        }
        let lower = times[(times.count - 1) / 2]
        medianTimeToDetect = lower + TimeSpan(nanoseconds: (upper - lower).nanoseconds / 2)
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}

extension Score.Outcome {
    fileprivate init(_ incident: Incident, detectedAt time: Instant?, surplus: Int) {
        id = incident.id
        kind = incident.kind
        variant = incident.variant
        isDetected = time != nil
        timeToDetect = time.map { max($0 - incident.firstRecord, .zero) }
        alerts = surplus + (time == nil ? 0 : 1)
    }
}
