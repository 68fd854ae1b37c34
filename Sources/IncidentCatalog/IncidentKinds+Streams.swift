import Truth
import TailnetModel

// Where logs and notices go. They count as settings.
extension IncidentKind {
    static let logStreamRepointed = IncidentKind(
        "log-stream-repointed", "The tailnet's logs are sent to somebody else's collector.",
        story: """
            An administrator's session gives the streams of the logs another endpoint. The service writes that as a creation and \
            a deletion of the same property in one event group, so a pipeline that keeps one record of a group loses half. \
            Another admin points the streams back. The look-alike is a change of the stream's options: a rule on any change of \
            streams cannot tell.
            """,
        attack: "A console login; the streams of both logs get a foreign endpoint, and theirs back at the end.",
        over: "The stream of the network log gets a foreign endpoint, and its own back at the end.",
        under: "Another receiver: a webhook gets other subscriptions, and its own back.",
        lookalike: "The stream of the network log is updated: the same endpoint, compressed.",
        stages: [Stage("defense-evasion", "T1562.008", "T1565"), Stage("remediation")],
        rules: [
            Rule("tailscale2otel/logstream-config-changed", on: [.attack, .over, .lookalike]),
            Rule("elastic/flow-log-deletion"),
        ],
        cast: Cast(user: .admin), seconds: 3_600)

    static let logStreamDeleted = IncidentKind(
        "log-stream-deleted", "The streams of the tailnet's logs are deleted.",
        story: """
            An administrator's session deletes the streams of the logs: the collector gets nothing more. Another admin makes \
            them anew. What the logs themselves say does not change; the simulated receiver still gets all of it.
            """,
        attack: "A console login; the streams of both logs are deleted, and made anew at the end.",
        over: "The stream of the configuration log is deleted, and made anew at the end.",
        under: "Another receiver: a webhook gets other subscriptions, and its own back.",
        lookalike: "The stream of the network log is updated: the same endpoint, compressed.",
        stages: [Stage("defense-evasion", "T1562.008"), Stage("remediation")],
        rules: [
            Rule("tailscale2otel/logstream-config-changed", on: [.attack, .over, .lookalike]),
            Rule("elastic/flow-log-deletion"),
        ],
        cast: Cast(user: .admin), seconds: 3_600)

    static let webhookDeleted = IncidentKind(
        "webhook-deleted", "The webhooks that tell of changes are deleted.",
        story: """
            An administrator's session silences a webhook and deletes it, so that nobody is told of what follows. Another admin \
            makes it anew. No published rule looks for it: what a detector makes of it is its own merit.
            """,
        attack: "A console login; a webhook loses its subscriptions, then it is deleted.",
        over: "A webhook is deleted.",
        under: "A webhook gets one subscription more, and loses it again.",
        lookalike: "A webhook gets a new secret, as it does every quarter.",
        stages: [Stage("defense-evasion", "T1562.008"), Stage("remediation")],
        rules: [], cast: Cast(user: .admin), seconds: 1_800)
}
