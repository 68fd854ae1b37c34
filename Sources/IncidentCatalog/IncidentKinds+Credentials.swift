import Truth
import TailnetModel

// Keys, tokens and clients.
extension IncidentKinds {
    static let credentials: [IncidentKind] = [
        .unauthorizedAPICalls, .apiCredentialStuffing, .tokenMintedThenUsed, .writeScopeClient, .massRevocation,
        .reusableAuthKey, .secretScannerHit,
    ]
}

extension IncidentKind {
    static let apiCredentialStuffing = IncidentKind(
        "api-credential-stuffing", "Many stolen API credentials are tried, each a few times.",
        story: """
            Requests with the credentials of many users and programs are refused, one after the other. A request with \
            a key that does not exist leaves no record; these keys exist but lack the permission. No more users and \
            OAuth clients take part than the tailnet has.
            """,
        attack: "64 refused requests by 8 actors.",
        over: "15 refused requests by 5 actors: 3 each.",
        under: "4 refused requests by 4 actors: 1 each.",
        lookalike: "3 refused requests by 3 actors whose scopes were cut.",
        stages: [Stage("credential-access", "T1110.004"), Stage("initial-access", "T1078.004")],
        rules: [
            Rule("elastic/api-brute-force-multi-source"), Rule("runreveal/api-brute-force"),
            Rule(
                "tailscale2otel/audit-config-change-warn", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(),
        parameters: [
            IncidentParameter(.requests, "refused requests", attack: 64, over: 15, under: 4, lookalike: 3),
            IncidentParameter(.items, "users and clients", attack: 8, over: 5, under: 4, lookalike: 3),
        ], seconds: 600)

    static let tokenMintedThenUsed = IncidentKind(
        "token-minted-then-used", "An API token is created, and used within minutes for a burst of changes.",
        story: """
            An admin's session creates an API access token; then attributes of devices change through the API, one \
            after the other. Another admin revokes the token. The look-alike is a CI client that exchanges its secret \
            for an access token and does its work: it creates no API key.
            """,
        attack: "A console login and a token; then 30 changes through the API.",
        over: "A token, then 6 changes through the API.",
        under: "A token that nobody uses; somebody else makes 6 changes in the admin console.",
        lookalike: "An OAuth client requests an access token and makes 12 changes through the API.",
        stages: [
            Stage("persistence", "T1098"), Stage("impact", "T1078.004"),
            Stage("remediation"),
        ],
        rules: [
            Rule("elastic/api-token-created-then-used"),
            Rule("sentinel/api-credential-created", on: [.attack, .over, .under]),
        ],
        cast: Cast(user: .admin, client: true, targets: .servers),
        parameters: [IncidentParameter(.requests, "changes", attack: 30, over: 6, under: 6, lookalike: 12)],
        seconds: 900)

    static let writeScopeClient = IncidentKind(
        "write-scope-client", "An OAuth client with write access is created.",
        story: """
            An admin's session creates an OAuth client whose scopes let it write. Another admin revokes it. The \
            look-alike is a monitoring client that may only read: a rule on any new client cannot tell the difference.
            """,
        attack: "A console login; 3 clients that may write devices, keys and the policy file.",
        over: "1 client that may write devices.",
        under: "1 client that may only read.",
        lookalike: "1 client for monitoring that may only read, created in a planned change; it stays.",
        stages: [Stage("persistence", "T1098"), Stage("remediation")],
        rules: [
            Rule("sentinel/credential-with-write-scopes"),
            Rule("sentinel/api-credential-created", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(user: .admin),
        parameters: [IncidentParameter(.items, "clients", attack: 3, over: 1, under: 1, lookalike: 1)], seconds: 1_800)

    static let massRevocation = IncidentKind(
        "mass-revocation", "One admin revokes many keys within minutes.",
        story: """
            Auth keys and tokens are revoked within minutes, all in one clock hour. Another admin creates a new one at \
            the end. The look-alike is a rotation by two admins: each key is replaced before the old one is revoked.
            """,
        attack: "A console login; 20 keys revoked by one admin.",
        over: "5 keys revoked by one admin within one clock hour: what the rule asks for.",
        under: "4 keys revoked by one admin.",
        lookalike: "6 keys rotated by two admins, 3 each: replaced, then revoked.",
        stages: [Stage("impact", "T1531", "T1070"), Stage("remediation")],
        rules: [Rule("sentinel/mass-credential-revocation")],
        cast: Cast(user: .admin),
        parameters: [IncidentParameter(.items, "keys", attack: 20, over: 5, under: 4, lookalike: 6)], seconds: 900)

    static let reusableAuthKey = IncidentKind(
        "reusable-auth-key", "A reusable, pre-approved auth key is created.",
        story: """
            An admin's session creates auth keys that are reusable and pre-approved. Another admin revokes them. \
            Records say API_KEY with the name "Auth key"; a rule that asks for the type AUTH_KEY never fires on true \
            records, and the rule that should fire here asks for API_KEY. It ignores capabilities, so it also fires on \
            the look-alike, a CI key that works once.
            """,
        attack: "A console login; 3 reusable, pre-approved keys for 90 days.",
        over: "1 such key.",
        under: "An old auth key is revoked: the same target, another action.",
        lookalike: "1 ephemeral key for CI that works once and lasts an hour.",
        stages: [Stage("persistence", "T1098"), Stage("remediation")],
        rules: [
            Rule("sentinel/auth-key-created", on: [.attack, .over, .lookalike]),
            Rule("sentinel/api-credential-created", on: [.attack, .over, .lookalike]),
        ],
        cast: Cast(user: .admin),
        parameters: [IncidentParameter(.items, "keys", attack: 3, over: 1, under: 1, lookalike: 1)], seconds: 1_800)

    static let secretScannerHit = IncidentKind(
        "secret-scanner-hit", "A secret scanner finds published keys of the tailnet, and they are revoked.",
        story: """
            Somebody published keys. A secret scanner reports them to the service, which revokes them; an admin \
            creates a new one. The empty ID of the actor is unverified: no such record was ever published.
            """,
        attack: "3 keys revoked by the secret scanner.",
        over: "1 key revoked by the secret scanner.",
        under: "1 key expires by itself: the actor is the service.",
        lookalike: "1 key revoked by an admin who found it in a repository.",
        stages: [Stage("credential-access", "T1552"), Stage("remediation")],
        rules: [Rule("tailscale2otel/secret-scanner-fired")],
        cast: Cast(),
        parameters: [IncidentParameter(.items, "keys", attack: 3, over: 1, under: 1, lookalike: 1)], seconds: 900,
        matchesTargets: true)
}
