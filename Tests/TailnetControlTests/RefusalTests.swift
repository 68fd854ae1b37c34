import SimTime
import TailnetControl
import TailnetModel
import Testing

/// Every reason for which a change is refused, and that a refused change leaves everything as it was.
@Suite("Refusal") struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// What happens before.
        var before: [(ControlAction, ControlActor)] = []
        var action: ControlAction
        var actor: ControlActor = .user(SmallControl.ana)
        var code: Refusal.Code
        var field: Refusal.Field?
        var text: String
        /// Where it differs from the text and ` by then`.
        var textOfThatTime: String?

        var testDescription: String { text }
    }

    private static let (ana, ben, dora) = (SmallControl.ana, SmallControl.ben, SmallControl.dora)
    private static let laptop = SmallControl.benLaptop

    private static func step(_ action: ControlAction, by actor: Int = ana) -> (ControlAction, ControlActor) {
        (action, .user(actor))
    }

    private static func object(_ change: ObjectChange) -> (ControlAction, ControlActor) {
        (.changeObject(change), .user(ana))
    }

    static let nodes: [Case] = [
        Case(
            before: [step(.delete(node: laptop))], action: .changeNode(.sign, node: laptop), code: .notFound,
            text: "the node is deleted"),
        Case(
            before: [step(.changeUser(.delete, user: ben))], action: .delete(node: laptop), code: .notFound,
            text: "the node is deleted"),
        Case(
            action: .join(node: laptop), code: .conflict, text: "the node is in the tailnet already",
            textOfThatTime: "the node is in the tailnet already"),
        Case(
            action: .delete(node: SmallControl.doraLaptop), code: .notFound, text: "the node has not joined"),
        Case(
            action: .reauthenticate(node: laptop), code: .conflict,
            text: "the node's key has not expired, so there is nothing to authenticate",
            textOfThatTime: "the node's key has not expired by then, so there is nothing to authenticate"),
        Case(
            before: [step(.changeNode(.logOut, node: laptop), by: ben)], action: .expireKey(node: laptop),
            code: .conflict, text: "the node is logged out already"),
        Case(
            before: [step(.expireKey(node: laptop))], action: .expireKey(node: laptop), code: .conflict,
            text: "the node's key has expired already"),
        Case(
            before: [step(.expireKey(node: laptop))], action: .changeNode(.checkIn, node: laptop), code: .conflict,
            text: "the node is not connected"),
        Case(
            action: .changeNode(.approve, node: laptop), code: .conflict,
            text: "ben-laptop does not wait for approval"),
        Case(
            action: .changeNode(.deleteAttribute(name: "x"), node: laptop), code: .notFound, field: .attribute,
            text: "the node has no attribute \"x\""),
    ]

    static let users: [Case] = [
        Case(
            action: .changeUser(.invite, user: ben), code: .conflict, text: "the user has an account already"),
        Case(action: .changeUser(.suspend, user: dora), code: .notFound, text: "the user has no account"),
        Case(
            before: [step(.changeUser(.delete, user: ben))], action: .changeUser(.restore, user: ben),
            code: .notFound, text: "the user is deleted"),
        Case(
            action: .changeUser(.approve, user: ben), code: .conflict,
            text: "the user does not wait for approval"),
        Case(
            before: [step(.changeUser(.suspend, user: ben))], action: .changeUser(.suspend, user: ben),
            code: .conflict, text: "the user is suspended already"),
        Case(action: .changeUser(.restore, user: ben), code: .conflict, text: "the user is not suspended"),
        Case(
            action: .changeUser(.setRole(.member), user: ben), code: .conflict, field: .role,
            text: "ben is member already"),
    ]

    static let settings: [Case] = [
        Case(action: .turn(.https, isOn: true), code: .conflict, text: "https is on already"),
        Case(
            action: .setPolicy("{}"), code: .conflict, field: .policy,
            text: "the policy file is the one in force already",
            textOfThatTime: "the policy file is the one in force already"),
        Case(
            action: .renameTailnet(suffix: "tail1234.ts.net"), code: .conflict, field: .newName,
            text: "the tailnet has that name already", textOfThatTime: "the tailnet has that name already"),
        Case(
            action: .changeKeyDuration(days: 180), code: .conflict, field: .keyDays,
            text: "keys last 180 days already", textOfThatTime: "keys last 180 days already"),
        Case(
            before: [step(.createAPIToken(name: "k"))], action: .createOAuthClient(name: "k", scopes: "all"),
            code: .conflict, field: .name, text: "there is a key named \"k\" already",
            textOfThatTime: "there is a key named \"k\" already"),
        Case(action: .revokeKey(name: "k"), code: .notFound, field: .name, text: "no key named \"k\" is there"),
    ]

    static let objects: [Case] = [
        Case(
            before: [object(.webhook(.create(subscriptions: []), name: "w"))],
            action: .changeObject(.webhook(.create(subscriptions: []), name: "w")), code: .conflict,
            text: "there is a webhook named \"w\" already"),
        Case(
            action: .changeObject(.webhook(.rotate, name: "w")), code: .notFound,
            text: "no webhook named \"w\" is there"),
        Case(
            before: [object(.logStream(.delete, log: "network"))],
            action: .changeObject(.logStream(.delete, log: "network")), code: .notFound,
            text: "no stream of the network log is there"),
        Case(
            before: [object(.postureIntegration(.create, provider: "p"))],
            action: .changeObject(.postureIntegration(.create, provider: "p")), code: .conflict,
            text: "there is a posture integration with \"p\" already"),
        Case(
            action: .changeObject(.lockKey(.update, name: "l")), code: .notFound,
            text: "no key of tailnet lock named \"l\" is there"),
        Case(
            before: [object(.share(.create(NodeShare(node: 2, label: "s")), name: "s"))],
            action: .changeObject(.share(.end, name: "s")), code: .conflict,
            text: "nobody has accepted the share named \"s\""),
        Case(
            before: [
                object(.share(.create(NodeShare(node: 2, label: "s")), name: "s")), object(.share(.accept, name: "s")),
            ], action: .changeObject(.share(.cancel, name: "s")), code: .conflict,
            text: "the share named \"s\" is accepted already"),
        Case(
            action: .changeObject(.invite(.accept, name: "i")), code: .notFound,
            text: "no invite named \"i\" is there"),
        Case(
            before: [object(.invite(.create(TailnetInvite(label: "i")), name: "i"))],
            action: .changeObject(.invite(.create(TailnetInvite(label: "i")), name: "i")), code: .conflict,
            text: "there is an invite named \"i\" already"),
    ]

    static let actors: [Case] = [
        Case(
            action: .setPolicy("{ }"), actor: .user(ben), code: .forbidden, field: .actor,
            text: "ben is member and may not do this; only these roles may: owner, admin, network-admin",
            textOfThatTime: "ben is member and may not do this; only these roles may: owner, admin, network-admin"),
        Case(
            action: .delete(node: SmallControl.anaLaptop), actor: .user(SmallControl.cleo), code: .forbidden,
            field: .actor,
            text: "cleo is network-admin and may not do this; only these roles may: owner, admin, it-admin",
            textOfThatTime:
                "cleo is network-admin and may not do this; only these roles may: owner, admin, it-admin"),
        Case(
            before: [step(.changeUser(.suspend, user: ben))], action: .changeNode(.logOut, node: laptop),
            actor: .user(ben), code: .forbidden, field: .actor, text: "ben is suspended and can do nothing",
            textOfThatTime: "ben is suspended by then and can do nothing"),
        Case(
            action: .console(isLogin: true), actor: .client(0), code: .forbidden, field: .actor,
            text: "poller is an OAuth client and cannot do this; name a user",
            textOfThatTime: "poller is an OAuth client and cannot do this; name a user"),
        Case(
            action: .mintToken, code: .forbidden, field: .actor,
            text: "ana is no OAuth client, and only those mint tokens",
            textOfThatTime: "ana is no OAuth client, and only those mint tokens"),
        Case(
            action: .join(node: SmallControl.doraLaptop), code: .forbidden,
            text: "the owner of dora-laptop has no account, so it cannot join",
            textOfThatTime: "the owner of dora-laptop has no account by then, so it cannot join"),
    ]

    @Test("A refused change has a reason and changes nothing", arguments: nodes + users + settings + objects + actors)
    func aRefusedChangeHasAReasonAndChangesNothing(refused: Case) throws {
        var control = SmallControl()
        for (action, actor) in refused.before { try control.apply(action, by: actor) }
        let before = control.state.everything
        let objects = control.state.objects
        let error = #expect(throws: Refusal.self) { try control.apply(refused.action, by: refused.actor) }
        let refusal = try #require(error)
        #expect(refusal.code == refused.code)
        #expect(refusal.field == refused.field)
        #expect(refusal.text == refused.text)
        #expect(refusal.textOfThatTime == refused.textOfThatTime ?? refused.text + " by then")
        #expect(control.state.everything == before && control.state.objects == objects)
    }

    @Test("A name that is not there comes with those that are") func aNameThatIsNotThereComesWithThoseThatAre() throws {
        var control = SmallControl()
        try control.apply(.createAPIToken(name: "export"))
        try control.apply(.createAPIToken(name: "backup"))
        let error = #expect(throws: Refusal.self) { try control.apply(.revokeKey(name: "exprt")) }
        #expect(error?.unknown?.name == "exprt")
        #expect(error?.unknown?.known == ["backup", "export"])
    }

    @Test("People may do to their own devices what others need a role for")
    func peopleMayDoToTheirOwnDevicesWhatOthersNeedARoleFor() throws {
        var control = SmallControl()
        try control.apply(.changeNode(.rename("bench"), node: SmallControl.benLaptop), by: .user(SmallControl.ben))
        // Tags take the device's owner away, not the right of who brought it.
        try control.apply(.changeNode(.setTags(["tag:web"]), node: SmallControl.benLaptop))
        try control.apply(.delete(node: SmallControl.benLaptop), by: .user(SmallControl.ben))
    }

    @Test("What is known to have happened is recorded whatever the state says")
    func whatIsKnownToHaveHappenedIsRecordedWhateverTheStateSays() {
        var control = SmallControl()
        let changes = control.state.record(
            .changeObject(.webhook(.delete, name: "w")), by: .user(SmallControl.ben), at: control.time,
            key: SmallControl.root)
        #expect(changes.map(\.action) == ["DELETE"])
        // Nothing brings a deleted node back.
        for action in [ControlAction.delete(node: 1), .expireKey(node: 1), .reauthenticate(node: 1)] {
            _ = control.state.record(action, by: .service, at: control.time, key: SmallControl.root)
        }
        #expect(control.state.device(1).membership == .deleted)
    }
}
