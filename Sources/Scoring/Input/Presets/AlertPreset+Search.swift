extension AlertPreset {
    static var splunkNotables: AlertMapping {
        var mapping = AlertMapping(
            time: ["orig_time", "orig_event_time", "_time", "time"],
            rule: ["search_name", "rule_name", "source", "rule_title", "rule_id"],
            entities: [
                "src", "src_ip", "src_host", "src_user", "src_dns", "src_nt_host", "dest", "dest_ip", "dest_host",
                "dest_dns", "dest_nt_host", "user", "user_name", "user_id", "user_email", "src_user_id", "orig_host",
                "orig_src", "orig_dest", "orig_user", "dvc", "dvc_ip", "dvc_host", "risk_object",
                "normalized_risk_object", "entity",
            ] + recordNames(below: ""),
            score: ["risk_score", "score"])
        mapping.lists = paths(["results"])
        mapping.wrappers = ["result"]
        // The fields of a notable event may stand in its text alone; its host is then the search head that wrote it.
        mapping.eventText = "_raw"
        mapping.lastEntities = paths(["host"])
        mapping.envelopes = ["preview", "lastrow", "messages"]
        mapping.provisional = AlertMapping.Mark("preview", "true")
        return mapping
    }

    static var elasticAlerts: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "kibana.alert.original_time", "signal.original_time", "kibana.alert.start", "@timestamp",
            ],
            rule: [
                "kibana.alert.rule.name", "signal.rule.name", "rule.name", "kibana.alert.rule.rule_id",
                "signal.rule.rule_id",
            ],
            entities: [
                "host.name", "host.hostname", "host.id", "host.ip", "user.name", "user.email", "user.id",
                "user.target.**", "source.ip", "source.address", "source.domain", "source.user.name",
                "source.user.email", "client.ip", "client.address", "client.user.name", "client.user.email",
                "destination.ip", "destination.address", "destination.domain", "server.ip", "server.address",
                "related.ip", "related.user", "related.hosts", "observer.name", "agent.name", "tailscale.**",
                "kibana.alert.threshold_result.terms.value", "signal.threshold_result.terms.value",
                "kibana.alert.suppression.terms.value", "kibana.alert.new_terms",
            ] + ["", "event.original.", "message."].flatMap(recordNames),
            score: ["kibana.alert.risk_score", "signal.rule.risk_score"])
        mapping.lists = paths(["hits.hits", "context.alerts", "alerts"])
        mapping.wrappers = ["_source", "fields"]
        return mapping
    }
}
