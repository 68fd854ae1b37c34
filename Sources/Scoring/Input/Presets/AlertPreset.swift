/// The alerts of a known product.
///
/// `Docs/Scoring.md` says which field names were read in a source and which are unverified.
public enum AlertPreset: String, Sendable, Hashable, CaseIterable {
    /// mocktail's own lines.
    case mocktail
    /// Security signals of the API (v2), or of an export.
    case datadog
    /// Notable events of Enterprise Security, as search results.
    case splunk
    /// Detection alerts (`kibana.alert.*`) or the older signals (`signal.*`), as documents, search hits or tables.
    case elastic
    /// Alerts as a custom webhook or the API gives them.
    case panther
    /// Alerts and incidents of the REST API, or rows of the tables `SecurityAlert` and `SecurityIncident`.
    case sentinel
    /// Results of programs that run Sigma rules: a rule's title or id, and the events that matched.
    case sigma
    /// Timelines of Hayabusa.
    case hayabusa
    /// Webhook payloads of the Prometheus Alertmanager, or of Grafana, and the alerts of Prometheus.
    case alertmanager

    /// Where the product's fields are.
    public var mapping: AlertMapping {
        switch self {
        case .mocktail: AlertPreset.own
        case .datadog: AlertPreset.datadogSignals
        case .splunk: AlertPreset.splunkNotables
        case .elastic: AlertPreset.elasticAlerts
        case .panther: AlertPreset.pantherAlerts
        case .sentinel: AlertPreset.sentinelAlerts
        case .sigma: AlertPreset.sigmaResults
        case .hayabusa: AlertPreset.hayabusaTimelines
        case .alertmanager: AlertPreset.alertmanagerPayloads
        }
    }

    private static var own: AlertMapping {
        var mapping = AlertMapping(time: ["time"], rule: ["rule"], entities: ["entities"], score: ["score"])
        mapping.requiresEntities = true
        return mapping
    }

    /// Paths that the program itself names.
    static func paths(_ texts: [String]) -> [FieldPath] { texts.map(FieldPath.init(literal:)) }

    /// Members of Tailscale's records that name somebody, below a place in the alert.
    static func recordNames(below place: String) -> [String] {
        ["nodeId", "srcNode.**", "actor.**"].map { "\(place)\($0)" }
    }
}
