import Truth
import TailnetModel

// Where logs and notices go. They count as settings.
extension IncidentKind {
    static let logStreamRepointed = IncidentKind(
        "log-stream-repointed", "The tailnet's logs are sent to somebody else's collector.",
        story: """
            An admin's session gives the streams of the logs another endpoint. The service writes that as a creation \
            and a deletion of the same property in one event group, so a pipeline that keeps one record for each group \
            loses half. Another admin reverts the endpoint. The look-alike is a change of the stream's options: a rule \
            on any change of streams cannot tell the difference.
            """,
        attack: "A console login; the streams of both logs get a foreign endpoint, which is reverted at the end.",
        over: "The stream of the network log gets a foreign endpoint, which is reverted at the end.",
        under: "Another receiver: a webhook's subscriptions are changed, and reverted.",
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
            An admin's session deletes the streams of the logs: the collector gets nothing more. Another admin creates \
            them again. The generated logs do not change; the simulated receiver still gets everything.
            """,
        attack: "A console login; the streams of both logs are deleted, and created again at the end.",
        over: "The stream of the configuration log is deleted, and created again at the end.",
        under: "Another receiver: a webhook's subscriptions are changed, and reverted.",
        lookalike: "The stream of the network log is updated: the same endpoint, compressed.",
        stages: [Stage("defense-evasion", "T1562.008"), Stage("remediation")],
        rules: [
            Rule("tailscale2otel/logstream-config-changed", on: [.attack, .over, .lookalike]),
            Rule("elastic/flow-log-deletion"),
        ],
        cast: Cast(user: .admin), seconds: 3_600)

    static let webhookDeleted = IncidentKind(
        "webhook-deleted", "The webhooks that report changes are deleted.",
        story: """
            An admin's session silences a webhook and deletes it, so that nobody is notified of what follows. Another \
            admin creates it again. No published rule looks for it.
            """,
        attack: "A console login; a webhook loses its subscriptions, then it is deleted.",
        over: "A webhook is deleted.",
        under: "A webhook gets one more subscription, and loses it again.",
        lookalike: "A webhook gets a new secret, as it does every quarter.",
        stages: [Stage("defense-evasion", "T1562.008"), Stage("remediation")],
        rules: [], cast: Cast(user: .admin), seconds: 1_800)
}
