import SimTime
import TailnetModel

extension ScenarioSections {
    static let administration = Section(
        name: "administration", summary: "What people and programs do to the configuration.",
        fields: [
            .optional(
                "consoleLoginsPerDay", .decimal(0...1_000_000), default: "1",
                "Mean logins to the admin console a working day, of each user who may."),
            .optional(
                "failedRequestsPerDay", .decimal(0...1_000_000_000), default: "0",
                "Mean API requests a day that fail by mistake, over the whole tailnet."),
            .optional("events", .list(.section(event), atLeast: 0), "Explicit changes."),
        ])

    static let event = Section(
        name: "event", summary: "One explicit change.",
        fields: [
            .required("at", .moment, "When: after the scenario's start (+2h), or in RFC 3339."),
            .required("do", .choice(EventVerb.allCases.map(\.rawValue)), "What happens."),
            .optional("by", .text(.line), default: "the node's owner, where there is a node", "Who does it."),
            .optional("node", .text(.line), "The node, for join, delete, expire-key and reauthenticate."),
            .optional("policy", .text(.line), "The new policy file, for edit-policy."),
            .optional("name", .text(.title), "The key's name, for create-auth-key, create-api-token and revoke-key."),
            .optional("reusable", .flag, default: "false", "Whether the auth key works more than once."),
            .optional("ephemeral", .flag, default: "false", "Whether nodes that join with the key are ephemeral."),
            .optional("tags", .list(.text(.tag), atLeast: 1), "The tags of nodes that join with the key."),
        ])
}

/// What an explicit change is called in the file.
enum EventVerb: String, CaseIterable {
    case join
    case delete
    case expireKey = "expire-key"
    case reauthenticate
    case editPolicy = "edit-policy"
    case createAuthKey = "create-auth-key"
    case createAPIToken = "create-api-token"
    case revokeKey = "revoke-key"
}
