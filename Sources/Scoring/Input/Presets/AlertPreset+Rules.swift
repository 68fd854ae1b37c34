extension AlertPreset {
    static var sigmaResults: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "matches.eventTime", "matches.end", "matches.logged", "matches.recorded", "matches.@timestamp",
                "matches.timestamp", "event.eventTime", "event.end", "event.logged", "event.@timestamp",
                "event.timestamp", "document.data.eventTime", "document.data.end", "document.data.logged",
                "eventTime", "end", "logged", "@timestamp", "timestamp", "Timestamp",
            ],
            rule: [
                "rule.title", "rule_title", "RuleTitle", "title", "name", "rule.name", "rule.id", "rule_id", "RuleID",
                "id", "rule",
            ],
            entities: ["matches.**", "event.**", "document.data.**", "entities"] + recordNames(below: "")
                + hayabusaNames,
            score: ["score", "risk_score"])
        // In a table Hayabusa's details are one text: `SrcIP: 10.0.0.1 ¦ TgtUser: ana`.
        mapping.takesTags = true
        mapping.lists = paths(["results", "detections"])
        mapping.matches = "matches"
        return mapping
    }

    static var hayabusaTimelines: AlertMapping {
        var mapping = AlertMapping(
            time: ["Timestamp", "timestamp", "datetime"], rule: ["RuleTitle", "RuleID", "message"],
            entities: hayabusaNames)
        mapping.takesTags = true
        return mapping
    }

    private static let hayabusaNames = ["Computer", "Details.**", "ExtraFieldInfo.**", "AllFieldInfo.**"]

    static var alertmanagerPayloads: AlertMapping {
        var mapping = AlertMapping(
            time: ["startsAt", "activeAt"], rule: ["labels.alertname", "labels.rule"], entities: ["labels.**"],
            score: ["annotations.score", "labels.score"])
        mapping.lists = paths(["data.alerts", "alerts"])
        mapping.identity = paths(["fingerprint", "labels.**", "startsAt", "activeAt"])
        mapping.end = AlertMapping.Mark("status", "resolved")
        // Prometheus also lists those whose condition has not held for long enough.
        mapping.provisional = AlertMapping.Mark("state", "pending")
        return mapping
    }
}
