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
    /// Detection alerts (`kibana.alert.*`) or the older signals (`signal.*`), as documents or search hits.
    case elastic
    /// Alerts as a custom webhook or the API gives them.
    case panther
    /// Rows of the tables `SecurityAlert` and `SecurityIncident`.
    case sentinel
    /// Results of programs that run Sigma rules: a rule's title or id, and the events that matched.
    case sigma
    /// Webhook payloads of the Prometheus Alertmanager, or of Grafana.
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
        case .alertmanager: AlertPreset.alertmanagerPayloads
        }
    }

    private static var own: AlertMapping {
        var mapping = AlertMapping(time: ["time"], rule: ["rule"], entities: ["entities"], score: ["score"])
        mapping.requiresEntities = true
        return mapping
    }

    private static var datadogSignals: AlertMapping {
        var mapping = AlertMapping(
            // When a signal was first seen may lie before the incident, where a rule counts over a window of time.
            time: ["timestamp", "date", "custom.first_seen", "attributes.first_seen"],
            rule: [
                "custom.workflow.rule.name", "attributes.workflow.rule.name", "workflow.rule.name", "rule.name",
                "custom.rule.name", "custom.title", "attributes.title", "title",
            ],
            entities: [
                "custom.usr.**", "custom.host", "custom.network.client.ip", "custom.nodeId", "custom.actor.**",
                "custom.srcNode.**", "attributes.usr.**", "attributes.host", "attributes.network.client.ip",
                "attributes.nodeId", "attributes.actor.**", "usr.**", "host", "hostname", "network.client.ip", "tags",
            ],
            score: ["custom.risk_score", "attributes.risk_score"])
        mapping.lists = [FieldPath(literal: "data")]
        mapping.wrappers = ["attributes"]
        mapping.takesTags = true
        return mapping
    }

    private static var splunkNotables: AlertMapping {
        var mapping = AlertMapping(
            time: ["orig_time", "orig_event_time", "_time", "time"],
            rule: ["search_name", "rule_name", "source", "rule_title", "rule_id"],
            entities: [
                "src", "src_ip", "src_host", "src_user", "src_dns", "src_nt_host", "dest", "dest_ip", "dest_host",
                "user",
                "user_name", "orig_host", "dvc", "host", "nodeId", "risk_object", "normalized_risk_object", "entity",
            ],
            score: ["risk_score", "score"])
        mapping.lists = [FieldPath(literal: "results")]
        mapping.wrappers = ["result"]
        return mapping
    }

    private static var elasticAlerts: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "kibana.alert.original_time", "signal.original_time", "kibana.alert.start", "@timestamp",
            ],
            rule: [
                "kibana.alert.rule.name", "signal.rule.name", "rule.name", "kibana.alert.rule.rule_id",
                "signal.rule.rule_id",
            ],
            entities: [
                "host.name", "host.hostname", "host.id", "host.ip", "user.name", "user.email", "user.id", "source.ip",
                "source.address", "source.user.name", "source.user.email", "client.ip", "client.user.email",
                "related.ip", "related.user", "related.hosts", "observer.name", "agent.name", "nodeId", "srcNode.**",
                "actor.**", "tailscale.**", "kibana.alert.threshold_result.terms.value",
                "signal.threshold_result.terms.value",
            ],
            score: ["kibana.alert.risk_score", "signal.rule.risk_score"])
        mapping.lists = [FieldPath(literal: "hits.hits")]
        mapping.wrappers = ["_source", "fields"]
        return mapping
    }

    private static var pantherAlerts: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "firstEventOccurredAt", "firstEventMatchTime", "alertContext.p_event_time", "p_event_time", "createdAt",
                "creationTime",
            ],
            rule: ["detection.id", "detectionId", "ruleId", "p_rule_id", "id", "name", "title"],
            entities: [
                "alertContext.**", "p_any_ip_addresses", "p_any_usernames", "p_any_emails", "p_any_domain_names",
                "p_any_actor_ids", "event.actor.**", "event.nodeId", "event.srcNode.**",
            ])
        mapping.lists = [FieldPath(literal: "results"), FieldPath(literal: "alerts")]
        return mapping
    }

    private static var sentinelAlerts: AlertMapping {
        var mapping = AlertMapping(
            time: ["EndTime", "LastActivityTime", "StartTime", "TimeGenerated", "CreatedTime"],
            rule: ["AlertName", "DisplayName", "Title", "AlertType"],
            entities: ["Entities.**", "CompromisedEntity", "ExtendedProperties.Entities.**", "relatedEntities.**"],
            score: ["ConfidenceScore"])
        mapping.lists = [FieldPath(literal: "value")]
        mapping.wrappers = ["properties"]
        mapping.identity = [
            FieldPath(literal: "SystemAlertId"), FieldPath(literal: "IncidentNumber"),
        ]
        return mapping
    }

    private static var sigmaResults: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "matches.eventTime", "matches.end", "matches.logged", "matches.recorded", "matches.@timestamp",
                "matches.timestamp", "event.eventTime", "event.end", "event.logged", "event.@timestamp",
                "event.timestamp", "document.data.eventTime", "document.data.end", "document.data.logged",
                "eventTime", "end", "logged", "@timestamp", "timestamp",
            ],
            rule: [
                "rule.title", "rule_title", "title", "name", "rule.name", "rule.id", "rule_id", "id", "rule",
            ],
            entities: [
                "matches.**", "event.**", "document.data.**", "nodeId", "srcNode.**", "actor.**", "entities",
            ],
            score: ["score", "risk_score"])
        mapping.lists = [FieldPath(literal: "results"), FieldPath(literal: "detections")]
        mapping.matches = "matches"
        return mapping
    }

    private static var alertmanagerPayloads: AlertMapping {
        var mapping = AlertMapping(
            time: ["startsAt"], rule: ["labels.alertname", "labels.rule"], entities: ["labels.**"],
            score: ["annotations.score", "labels.score"])
        mapping.lists = [FieldPath(literal: "alerts")]
        mapping.identity = ["fingerprint", "labels.**", "startsAt"].map(FieldPath.init(literal:))
        mapping.end = AlertMapping.EndMark(path: FieldPath(literal: "status"), text: "resolved")
        return mapping
    }
}
