import ScenarioSpec
import Testing

/// Explicit changes that are impossible, each with the sentence that the user reads.
@Suite("Administration problem") struct AdministrationProblemTests {
    /// The fixture with these events; the first stands in line 37.
    private func problems(_ events: [String], with others: [(String, String)] = []) -> [String] {
        var text = Fixture.text
            .replacing("    - {at: +2h, do: expire-key, node: ben-laptop}\n", with: "")
            .replacing(
                "    - {at: +3h, do: reauthenticate, node: ben-laptop}",
                with: events.map { "    - " + $0 }.joined(separator: "\n"))
        for (old, new) in others { text = text.replacing(old, with: new) }
        return Fixture.problems(in: text)
    }

    struct Mistake: Sendable {
        var events: [String]
        var problem: String

        init(_ events: String..., problem: String) {
            self.events = events
            self.problem = problem
        }
    }

    static let switches: [Mistake] = [
        Mistake(
            "{at: +1h, do: enable, setting: https, by: ana}",
            problem: "37: administration.events[0]: https is on already by then"),
        Mistake(
            "{at: +1h, do: disable, setting: magic-dsn, by: ana}",
            problem: "37: administration.events[0].setting: there is no \"magic-dsn\" here; did you mean \"magic-dns\"?"
        ),
        Mistake(
            "{at: +1h, do: disable, setting: https}",
            problem: "37: administration.events[0]: disable needs the key \"by\""),
        Mistake(
            "{at: +1h, do: set-key-duration, days: 180, by: ana}",
            problem: "37: administration.events[0].days: keys last 180 days already"),
        Mistake(
            "{at: +1h, do: rename-tailnet, to: tail3f9c1, by: ana}",
            problem: "37: administration.events[0].to: the tailnet has that name already"),
        Mistake(
            "{at: +1h, do: edit-dns, nameservers: [dns.example], by: ana}",
            problem: "37: administration.events[0].nameservers[0]: \"dns.example\" is not an IP address"),
        Mistake(
            "{at: +1h, do: edit-dns, by: ana}",
            problem: "37: administration.events[0]: edit-dns needs the key \"nameservers\" or \"searchDomains\""),
    ]

    static let people: [Mistake] = [
        Mistake(
            "{at: +1h, do: approve-user, user: ben, by: ana}",
            problem: "37: administration.events[0]: the user does not wait for approval by then"),
        Mistake(
            "{at: +1h, do: restore-user, user: ben, by: ana}",
            problem: "37: administration.events[0]: the user is not suspended by then"),
        Mistake(
            "{at: +1h, do: invite-user, user: ben, by: ana}",
            problem: "37: administration.events[0]: the user has an account already by then"),
        Mistake(
            "{at: +1h, do: change-role, user: ben, role: member, by: ana}",
            problem: "37: administration.events[0].role: ben is member already by then"),
        Mistake(
            "{at: +1h, do: suspend-user, user: ben, by: ana}", "{at: +2h, do: log-out, node: ben-laptop, by: ben}",
            problem: "38: administration.events[1].by: ben is suspended by then and can do nothing"),
        Mistake(
            "{at: +1h, do: delete-user, user: ben, by: ana}",
            "{at: +2h, do: rename-node, node: ben-laptop, to: x, by: ana}",
            problem: "38: administration.events[1]: the node is deleted by then"),
        Mistake(
            "{at: +1h, do: change-role, user: ben, role: admin, by: ben}",
            problem: "37: administration.events[0].by: ben is member and may not do this; only these roles may: owner, "
                + "admin, it-admin"),
        Mistake(
            "{at: +1h, do: create-user, user: ben}",
            problem: "37: administration.events[0]: ben-laptop exists before its owner's account; let it join later"),
        Mistake(
            "{at: +1h, do: join, node: ben-laptop}", "{at: +2h, do: create-user, user: ben}",
            problem: "37: administration.events[0]: the owner of ben-laptop has no account by then, so it cannot join"),
    ]

    static let settings: [Mistake] = [
        Mistake(
            "{at: +1h, do: approve-node, node: ben-laptop, by: ana}",
            problem: "37: administration.events[0]: ben-laptop does not wait for approval by then"),
        Mistake(
            "{at: +1h, do: rename-node, node: ben-laptop, to: db, by: ana}",
            problem: "37: administration.events[0].to: there is a node with the host name \"db\" already"),
        Mistake(
            "{at: +1h, do: log-out, node: ben-laptop}", "{at: +2h, do: expire-key, node: ben-laptop}",
            problem: "38: administration.events[1]: the node is logged out already by then"),
        Mistake(
            "{at: +1h, do: log-out, node: ben-laptop}", "{at: +2h, do: ssh-check, node: ben-laptop}",
            problem: "38: administration.events[1]: the node is not connected by then"),
        Mistake(
            "{at: +1h, do: delete-attribute, node: db, attribute: \"custom:x\", by: ana}",
            problem: "37: administration.events[0].attribute: the node has no attribute \"custom:x\" by then"),
        Mistake(
            "{at: +1h, do: set-attribute, node: db, attribute: \"custom:x\", value: gold, by: ana}",
            problem:
                "37: administration.events[0].value: \"gold\" is not JSON; put double quotes around a text, within single ones"
        ),
        Mistake(
            "{at: +1h, do: rotate-webhook, name: chat, by: ana}",
            problem: "37: administration.events[0]: no webhook named \"chat\" is there by then"),
        Mistake(
            "{at: +1h, do: create-webhook, name: w, url: \"https://a.b\", subscriptions: [nodeCreate], by: ana}",
            problem: "37: administration.events[0].subscriptions[0]: there is no webhook event \"nodeCreate\"; "
                + "did you mean \"nodeCreated\"?"),
        Mistake(
            "{at: +1h, do: update-log-stream, log: network, provider: splunk, by: ana}",
            problem: "37: administration.events[0]: a log stream needs the key \"url\" or \"bucket\""),
        Mistake(
            "{at: +1h, do: share-node, name: s, node: db, by: ana}", "{at: +2h, do: end-share, name: s, by: ana}",
            problem: "38: administration.events[1]: nobody has accepted the share named \"s\" by then"),
        Mistake(
            "{at: +1h, do: console-login, by: poller}",
            problem: "37: administration.events[0].by: poller is an OAuth client and cannot do this; name a user"),
        Mistake(
            "{at: +1h, do: mint-token, by: ana}",
            problem: "37: administration.events[0].by: ana is no OAuth client, and only those mint tokens"),
        Mistake(
            "{at: +1h, do: log, event: NODE.UPDAT.TKA, node: db}",
            problem: "37: administration.events[0].event: there is no event code \"NODE.UPDAT.TKA\"; "
                + "did you mean \"NODE.UPDATE.TKA\"?"),
        Mistake(
            "{at: +1h, do: log, event: NODE.UPDATE.TKA}",
            problem: "37: administration.events[0]: a record of NODE.UPDATE.TKA needs the key \"node\""),
        Mistake(
            "{at: +1h, do: log, event: TAILNET.CREATE, origin: CONSOLE}",
            problem: "37: administration.events[0].origin: there is no origin \"CONSOLE\"; there are "
                + "ADMIN_CONSOLE, CONFIG_API, CONTROL, IDENTITY_PROVIDER, NODE, SUPPORT_REQUEST, STRIPE, "
                + "SECURITY_NOTIFICATION, LEGAL_NOTIFICATION, BORDER0_API"),
    ]

    @Test("One mistake is one problem", arguments: switches + people + settings)
    func oneMistakeIsOneProblem(mistake: Mistake) {
        #expect(problems(mistake.events) == ["fixture.yaml:" + mistake.problem])
    }

    @Test("A stream that nobody made has always been there") func aStreamThatNobodyMadeHasAlwaysBeenThere() {
        #expect(problems(["{at: +1h, do: delete-log-stream, log: network, by: ana}"]).isEmpty)
        #expect(
            problems([
                "{at: +1h, do: delete-log-stream, log: network, by: ana}",
                "{at: +2h, do: delete-log-stream, log: network, by: ana}",
            ]) == ["fixture.yaml:38: administration.events[1]: no stream of the network log is there by then"])
    }

    @Test("A new role counts from its instant on") func aNewRoleCountsFromItsInstantOn() {
        let change = "{at: +1h, do: change-role, user: ben, role: network-admin, by: ana}"
        #expect(problems([change, "{at: +2h, do: create-api-token, name: t, by: ben}"]).isEmpty)
        #expect(problems(["{at: +30m, do: create-api-token, name: t, by: ben}", change]).count == 1)
    }
}
