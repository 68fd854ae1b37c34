extension AlertPreset {
    static var datadogSignals: AlertMapping {
        // What a rule grouped by or copied from its logs stands at one depth or another: below `custom`,
        // `custom.signal.attributes`, `attributes`, or samples of the logs.
        let names = [
            "usr.**", "host", "hostname", "network.client.ip", "network.client.name", "network.destination.ip",
            "network.destination.name", "network.ip.list", "srcNode.**", "actor.**", "nodeId", "user.**",
        ]
        var mapping = AlertMapping(
            // When a signal was first seen may lie before the incident, where a rule counts over a window of time.
            time: ["timestamp", "date", "custom.first_seen", "first_seen", "attributes.first_seen"],
            rule: [
                "custom.workflow.rule.name", "**.workflow.rule.name", "rule.name", "custom.rule.name", "custom.title",
                "attributes.title", "title",
            ],
            entities: names.map { "**.\($0)" } + ["tags"],
            score: ["custom.risk_score", "attributes.risk_score"])
        mapping.lists = paths(["data"])
        mapping.wrappers = ["attributes"]
        mapping.takesTags = true
        return mapping
    }

    static var pantherAlerts: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "firstEventOccurredAt", "firstEventMatchTime", "alertContext.p_event_time", "p_event_time", "createdAt",
                "creationTime", "p_alert_creation_time",
            ],
            rule: [
                "detection.id", "detectionId", "origin.id", "ruleId", "p_rule_id", "detection.name", "origin.name",
                "id", "name", "title",
            ],
            entities: ["alertContext.**", "p_alert_context.**"]
                + [
                    "p_any_ip_addresses", "p_any_usernames", "p_any_emails", "p_any_domain_names", "p_any_actor_ids",
                ].flatMap { [$0, "event.\($0)", "events.\($0)"] }
                + ["", "event.", "events."].flatMap(recordNames))
        // A webhook's `id` is that of the rule, the API's is that of the alert.
        mapping.avoidsAlertIDs = true
        // The longest first: GraphQL has a list in an object of the name that REST has for the list.
        mapping.lists = paths([
            "data.alerts.edges.node", "alerts.edges.node", "edges.node", "results", "alerts",
        ])
        return mapping
    }

    static var sentinelAlerts: AlertMapping {
        var mapping = AlertMapping(
            time: [
                "EndTime", "EndTimeUtc", "endTimeUtc", "LastActivityTime", "LastActivityTimeUtc", "lastActivityTimeUtc",
                "lastActivityDateTime", "StartTime", "StartTimeUtc", "startTimeUtc", "FirstActivityTime",
                "FirstActivityTimeUtc", "firstActivityTimeUtc", "TimeGenerated", "timeGenerated", "CreatedTime",
                "CreatedTimeUtc", "createdTimeUtc", "createdDateTime",
            ],
            rule: [
                "AlertName", "AlertDisplayName", "alertDisplayName", "DisplayName", "displayName", "Title", "title",
                "AlertType", "alertType",
            ],
            entities: [
                "Entities.**", "entities.**", "CompromisedEntity", "compromisedEntity", "relatedEntities.**",
                "ExtendedProperties.Entities.**", "ExtendedProperties.Custom Details.**", "CustomDetails.**",
                "extendedProperties.Custom Details.**", "evidence.**",
            ],
            score: ["ConfidenceScore", "confidenceScore"])
        mapping.lists = paths(["value"])
        mapping.wrappers = ["object", "properties"]
        mapping.joins = [
            AlertMapping.Join(first: "Name", separator: "@", second: "UPNSuffix"),
            AlertMapping.Join(first: "accountName", separator: "@", second: "upnSuffix"),
            AlertMapping.Join(first: "HostName", separator: ".", second: "DnsDomain"),
            AlertMapping.Join(first: "hostName", separator: ".", second: "dnsDomain"),
        ]
        mapping.identity = paths([
            "SystemAlertId", "systemAlertId", "IncidentNumber", "incidentNumber",
        ])
        return mapping
    }
}
