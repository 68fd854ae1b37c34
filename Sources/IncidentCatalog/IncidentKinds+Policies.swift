import Truth
import TailnetModel

// The policy file is opened.
extension IncidentKinds {
    static let policies: [IncidentKind] = [
        .policyOpened, .sshOpened,
    ]
}

extension IncidentKind {
    private static let everyEdit: [IncidentKind.Rule] = [
        Rule("sentinel/policy-file-modified", on: [.attack, .over, .under, .lookalike]),
        Rule("tailscale2otel/acl-changed", on: [.attack, .over, .under, .lookalike]),
    ]

    static let policyOpened = IncidentKind(
        "policy-opened", "A rule that lets everybody reach everything is put at the head of the policy file.",
        story: """
            An admin's session inserts a rule into the policy file; the record has the whole text before and after. \
            From then on the new text decides. Another admin restores the old text. The service saves no file whose \
            tests fail, so the attack removes the tests. Rules on any edit of the file cannot tell the difference \
            between an opening and a narrow edit.
            """,
        attack: "A console login; any-to-any on all ports, and the file's tests removed.",
        over: "Any-to-any on all ports, inserted through the API; tests that allow it stay.",
        under: "Every member to every address, on all ports: not from any source.",
        lookalike: "One port of one address for one member, as somebody asked for.",
        stages: [
            Stage("defense-evasion", "T1562.007", "T1556"), Stage("remediation"),
        ],
        rules: everyEdit + [
            Rule("tailscale2otel/acl-unrestricted"), Rule("elastic/overly-permissive-policy"),
        ],
        cast: Cast(user: .admin), seconds: 1_800)

    static let sshOpened = IncidentKind(
        "ssh-opened", "A rule that lets everybody in as root over Tailscale SSH is put into the policy file.",
        story: """
            An admin's session adds a rule to the file's `ssh` section. It has no event of its own: it is an edit of \
            the policy file like any other, and published rules see only that. Another admin restores the text.
            """,
        attack:
            "A console login; every member, tagged server and guest as root on all tagged servers, without a check.",
        over: "Every member as root on all tagged servers, without a check.",
        under: "Every member on all tagged servers, not as root, with a check.",
        lookalike: "The admin on call, as root on the servers of one tag, with a check.",
        stages: [
            Stage("defense-evasion", "T1556"), Stage("lateral-movement", "T1021.004"),
            Stage("remediation"),
        ],
        rules: everyEdit, cast: Cast(user: .admin), seconds: 1_800)
}
