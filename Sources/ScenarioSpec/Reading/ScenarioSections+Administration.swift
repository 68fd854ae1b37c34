import SimTime
import TailnetControl
import TailnetModel

extension ScenarioSections {
    static let administration = ScenarioSection(
        name: "administration", summary: "What people and programs do to the configuration.",
        fields: [
            .optional(
                "consoleLoginsPerDay", .decimal(0...1_000_000), default: "1",
                "Mean logins to the admin console a working day, of each user with access."),
            .optional(
                "failedRequestsPerDay", .decimal(0...1_000_000_000), default: "0",
                "Mean API requests a day that fail by mistake, over the whole tailnet."),
            .optional(
                "sshChecksPerDay", .decimal(0...1_000_000), default: "0",
                "Mean logins by the check mode of SSH rules a working day, of each owned node."),
            .optional(
                "webLoginsPerDay", .decimal(0...1_000_000), default: "0",
                "Mean logins to a device's web interface a working day, of each user with access to the console."),
            .optional(
                "attributeUpdatesPerDay", .decimal(0...1_000_000), default: "0",
                "Mean posture attributes that programs set a day, of each owned node."),
            .optional(
                "renewsKeys", .flag, default: "true",
                "Whether owned nodes' keys expire by the calendar and their owners renew them."),
            .optional("events", .list(.section(event), atLeast: 0, atMost: Limits.events), "Explicit changes."),
        ])

    static let event = ScenarioSection(
        name: "event", summary: "One explicit change.",
        fields: [
            .required("at", .moment, "When: after the scenario's start (+2h), or in RFC 3339."),
            .required("do", .choice(EventVerb.allCases.map(\.rawValue)), "What happens."),
            .optional(
                "by", .text(.line), default: "the node's owner or the user, if the change is theirs",
                "The actor: a user or an OAuth client."),
            .optional(
                "via", .choice(["console", "api"]), default: "console for users, api for OAuth clients",
                "How the change is made."),
            .optional("node", .text(.line), "The node that changes."),
            .optional("user", .text(.line), "The user whose account changes."),
            .optional(
                "name", .text(.title), "The name of a key, webhook, share or other object in this scenario."),
            .optional("to", .text(.label), "The new host name, or the tailnet's new name in MagicDNS without .ts.net."),
            .optional("policy", .text(.line), "The new policy file."),
            .optional("setting", .choice(TailnetSwitch.allCases.map(\.rawValue)), "The switch to turn."),
            .optional("role", .choice(UserRole.allCases.map(\.rawValue)), "The user's new role."),
            .optional(
                "tags", .list(.text(.tag), atLeast: 1, atMost: Limits.details),
                "The node's new tags, or those of nodes that join."),
            .optional(
                "routes", .list(.text(.prefix), atLeast: 0, atMost: Limits.details),
                "The subnet routes that are approved from now on."),
            .optional("days", .integer(1...180), "Days until keys that are made from now on expire."),
            .optional(
                "lifetime", .span(.seconds(1)...Limits.duration), default: "90d for new credentials",
                "How long a key lasts."),
            .optional("reusable", .flag, default: "false", "Whether the auth key works more than once."),
            .optional("ephemeral", .flag, default: "false", "Whether nodes that join with the key are ephemeral."),
            .optional("scopes", .text(.scopes), "What the OAuth client may do."),
            .optional("members", .list(.text(.line), atLeast: 0, atMost: Limits.details), "The users in the group."),
            .optional("nameservers", .list(.text(.line), atLeast: 0, atMost: Limits.details), "Global DNS servers."),
            .optional("searchDomains", .list(.text(.line), atLeast: 0, atMost: Limits.details), "DNS search domains."),
            .optional("contact", .choice(["account", "support", "security"]), "Which contact address."),
            .optional("email", .text(.login), "An e-mail address."),
            .optional("url", .text(.line), "The destination of a webhook or log stream."),
            .optional("bucket", .text(.line), "The bucket of a log stream to object storage."),
            .optional(
                "subscriptions", .list(.text(.line), atLeast: 1, atMost: Limits.details), "The webhook's events."),
            .optional("log", .choice(["configuration", "network"]), "The log that is streamed."),
            .optional("provider", .text(.label), "The log stream's or posture integration's provider."),
            .optional("attribute", .text(.title), "The posture attribute's name, such as custom:tier."),
            .optional("value", .text(.line), "The attribute's value in JSON."),
            .optional("on", .flag, "Whether the client reports its identity from now on."),
            .optional("reason", .text(.line), "The reason that the person gives."),
            .optional("request", .text(.line), "Method and path of the request that fails."),
            .optional("event", .text(.line), "The record's code: TARGETTYPE.ACTION.PROPERTY."),
            .optional("origin", .text(.line), default: "the code's usual one", "The record's origin."),
            .optional(
                "actor", .text(.line), default: "the code's usual one", "The kind of actor, if by is left out."),
            .optional("old", .text(.line), "The value before, in JSON."),
            .optional("new", .text(.line), "The value after, in JSON."),
            .optional("details", .text(.line), "The record's details."),
            .optional("error", .text(.line), "Why the change failed."),
        ])
}
