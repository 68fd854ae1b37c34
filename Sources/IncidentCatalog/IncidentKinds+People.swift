import Truth
import TailnetModel

// Accounts, roles and administrators.
extension IncidentKinds {
    static let people: [IncidentKind] = [
        .roleEscalation, .firstSeenAdmin, .offHoursAdministration, .userInvited, .concurrentSessions,
    ]
}

extension IncidentKind {
    static let roleEscalation = IncidentKind(
        "role-escalation", "Members are made administrators.",
        story: """
            An admin's session gives members roles that may change the tailnet. Another admin reverts the roles. The \
            look-alike makes a member an auditor, who may only read: a rule on any role change cannot tell the \
            difference, a rule on the new role can.
            """,
        attack: "A console login; 3 members become admins.",
        over: "1 member becomes network admin.",
        under: "The identity provider pushes the attributes of 1 member, without a role.",
        lookalike: "1 member becomes auditor and keeps the role.",
        stages: [
            Stage("privilege-escalation", "T1098", "T1078"), Stage("remediation"),
        ],
        rules: [
            Rule("datadog/user-role-updated", on: [.attack, .over, .lookalike]),
            Rule("tailscale2otel/user-role-escalation", on: [.attack, .over, .lookalike]),
            Rule("sentinel/user-role-escalation"),
        ],
        cast: Cast(user: .admin),
        parameters: [IncidentParameter(.items, "members", attack: 3, over: 1, under: 1, lookalike: 1)], seconds: 7_200,
        historyDays: 1)

    static let firstSeenAdmin = IncidentKind(
        "first-seen-admin", "A user works in the admin console for the first time.",
        story: """
            An admin's session gives a member a role; the member then logs in to the admin console for the first time \
            and creates keys. Members without a device are chosen first, because they leave no other records. Another \
            admin reverts the role. The look-alike is a new auditor's first day: a rule on new actors cannot tell the \
            difference.
            """,
        attack: "A member becomes admin, logs in 3 times and creates 2 auth keys.",
        over: "A member becomes auditor and logs in once.",
        under: "A known admin logs in and out.",
        lookalike: "A member becomes auditor as planned, logs in once and keeps the role.",
        stages: [
            Stage("privilege-escalation", "T1098"), Stage("initial-access", "T1078"),
            Stage("remediation"),
        ],
        rules: [
            Rule("datadog/console-login-by-new-user", on: [.attack, .over, .lookalike]),
            Rule("sentinel/first-seen-actor", on: [.attack, .over, .lookalike]),
        ],
        cast: Cast(user: .admin), seconds: 3_600, historyDays: 7)

    static let offHoursAdministration = IncidentKind(
        "off-hours-administration", "The configuration changes outside working hours.",
        story: """
            An account makes changes outside office hours (Monday to Friday, 08 to 18 UTC) and outside its owner's own \
            hours, if there is such an hour during the incident; another admin revokes the keys. The look-alike is an \
            admin in another time zone in the middle of the day: a rule on UTC hours cannot tell the difference, a \
            rule that knows the user's usual hours can.
            """,
        attack: "A console login and 6 new auth keys, outside office hours.",
        over: "1 new auth key, outside office hours.",
        under: "1 new auth key, in office hours.",
        lookalike: "4 new auth keys in the daytime of an admin whose working day is outside office hours in UTC.",
        stages: [Stage("persistence", "T1078", "T1098"), Stage("remediation")],
        rules: [
            Rule("sentinel/off-hours-config", on: [.attack, .over, .lookalike]),
            Rule("elastic/rare-hour-for-user"),
        ],
        cast: Cast(),
        parameters: [IncidentParameter(.items, "changes", attack: 6, over: 1, under: 1, lookalike: 4)],
        seconds: 39_600, historyDays: 7)

    static let userInvited = IncidentKind(
        "user-invited", "Somebody from outside is invited into the tailnet and accepts.",
        story: """
            An admin's session invites addresses of another organization; each accepts within minutes and gets an \
            account. Another admin deletes the accounts. The look-alike is a new colleague: the rule cannot tell the \
            difference.
            """,
        attack: "A console login; 3 strangers invited, each accepts and gets an account.",
        over: "1 stranger invited, who accepts.",
        under: "1 stranger invited; the invitation is withdrawn before anybody accepts.",
        lookalike: "1 new colleague invited, who accepts and stays.",
        stages: [Stage("initial-access", "T1078"), Stage("remediation")],
        rules: [Rule("runreveal/new-user-by-invite", on: [.attack, .over, .lookalike])],
        cast: Cast(user: .admin),
        parameters: [IncidentParameter(.items, "invitations", attack: 3, over: 1, under: 1, lookalike: 1)],
        seconds: 1_800)

    static let concurrentSessions = IncidentKind(
        "concurrent-sessions", "One account is logged in to the admin console several times at once.",
        story: """
            A session cookie is stolen: the account logs in repeatedly while it is logged in. The log does not have \
            the client's address, so a rule can only count logins without a logout between them.
            """,
        attack: "6 logins of one account within 10 minutes, no logout.",
        over: "2 logins of one account, no logout between them.",
        under: "2 logins of one account, a logout between them.",
        lookalike: "2 logins of two accounts.",
        stages: [Stage("initial-access", "T1078")],
        rules: [Rule("splunk/concurrent-sessions")],
        cast: Cast(user: .admin),
        parameters: [IncidentParameter(.items, "logins", attack: 6, over: 2, under: 2, lookalike: 2)], seconds: 600)
}
