import SimTime
import TailnetControl
import TailnetModel

/// Every action of the control plane with variants that differ in one field.
enum ActionVariants {
    typealias Action = ControlAction

    /// A list for each action; its first element is the ordinary form, each other one differs from it in one field.
    static var all: [[Action]] {
        var lists: [[Action]] = []
        var last: Action?
        while let list = next(after: last) {
            lists.append(list)
            last = list[0]
        }
        return lists + nodeChanges.map { $0.map { .changeNode($0, node: 1) } }
            + (objectChanges + objectSteps).map { $0.map { .changeObject($0) } }
            + userChanges.map { [.changeUser($0, user: 1)] } + [
                [.changeUser(.setRole(.admin), user: 0), .changeUser(.setRole(.auditor), user: 0)]
            ]
    }

    /// The list of the action that follows another; a new action does not compile until it is here.
    private static func next(after action: Action?) -> [Action]? {
        switch action {
        case nil: [.join(node: 1), .join(node: 2)]
        case .join: [.delete(node: 1), .delete(node: 2)]
        case .delete: [.expireKey(node: 2), .expireKey(node: 3)]
        case .expireKey: [.reauthenticate(node: 2), .reauthenticate(node: 3)]
        case .reauthenticate:
            [.changeNode(.approve, node: 2), .changeNode(.approve, node: 3), .changeNode(.sign, node: 2)]
        case .changeNode: [.changeUser(.approve, user: 0), .changeUser(.approve, user: 1), .changeUser(.push, user: 0)]
        case .changeUser:
            [
                .pushGroup(name: "a", members: [0]), .pushGroup(name: "b", members: [0]),
                .pushGroup(name: "a", members: [1]), .pushGroup(name: "a", members: []),
            ]
        case .pushGroup:
            [.turn(.https, isOn: true), .turn(.scim, isOn: true), .turn(.https, isOn: false)]
        case .turn: [.setPolicy("{}"), .setPolicy("{} ")]
        case .setPolicy:
            [
                .setDNS(nameservers: ["1.1.1.1"], searchDomains: ["a"]),
                .setDNS(nameservers: ["8.8.8.8"], searchDomains: ["a"]),
                .setDNS(nameservers: nil, searchDomains: ["a"]),
                .setDNS(nameservers: ["1.1.1.1"], searchDomains: ["b"]),
                .setDNS(nameservers: ["1.1.1.1"], searchDomains: nil),
            ]
        case .setDNS: [.renameTailnet(suffix: "a"), .renameTailnet(suffix: "b")]
        case .renameTailnet: [.changeKeyDuration(days: 1), .changeKeyDuration(days: 2)]
        case .changeKeyDuration:
            [
                .setContact(.support, email: "a"), .setContact(.security, email: "a"),
                .setContact(.support, email: "b"),
            ]
        case .setContact: [.verifyContact(.support), .verifyContact(.security)]
        case .verifyContact: [.joinTailnet(name: "a"), .joinTailnet(name: "b")]
        case .joinTailnet: [.leaveTailnet(name: "a"), .leaveTailnet(name: "b")]
        case .leaveTailnet:
            [
                .createAuthKey(name: "1", reusable: false, ephemeral: false, tags: ["tag:db"]),
                .createAuthKey(name: "2", reusable: false, ephemeral: false, tags: ["tag:db"]),
                .createAuthKey(name: "1", reusable: true, ephemeral: false, tags: ["tag:db"]),
                .createAuthKey(name: "1", reusable: false, ephemeral: true, tags: ["tag:db"]),
                .createAuthKey(name: "1", reusable: false, ephemeral: false, tags: ["tag:web"]),
                .createAuthKey(name: "1", reusable: false, ephemeral: false, tags: []),
                .createAuthKey(name: "1", reusable: false, ephemeral: false, tags: ["tag:db"], lifetime: .days(1)),
            ]
        case .createAuthKey:
            [
                .createAPIToken(name: "1", lifetime: .days(2)), .createAPIToken(name: "2", lifetime: .days(2)),
                .createAPIToken(name: "1", lifetime: .days(1)),
            ]
        case .createAPIToken:
            [
                .createOAuthClient(name: "1", scopes: "a"), .createOAuthClient(name: "2", scopes: "a"),
                .createOAuthClient(name: "1", scopes: "b"),
            ]
        case .createOAuthClient: [.revokeKey(name: "1"), .revokeKey(name: "2")]
        case .revokeKey: [.mintToken]
        case .mintToken: [.changeObject(.lockKey(.create, name: "a")), .changeObject(.lockKey(.create, name: "b"))]
        case .changeObject: [.console(isLogin: true), .console(isLogin: false)]
        case .console: [.failRequest("a"), .failRequest("b")]
        case .failRequest: loggedChanges.map { .log($0) }
        case .log: nil
        }
    }

    /// The changes of a node but for `approve`, which `next` has.
    private static var nodeChanges: [[NodeChange]] {
        var lists: [[NodeChange]] = []
        var last = NodeChange.approve
        while let list = next(after: last) {
            lists.append(list)
            last = list[0]
        }
        return lists
    }

    private static func next(after change: NodeChange) -> [NodeChange]? {
        let routes = ["10.0.0.0/8", "10.0.0.0/9"].compactMap(IPPrefix.init)
        switch change {
        case .approve: return [.rename("a"), .rename("b")]
        case .rename: return [.setTags(["tag:a"]), .setTags(["tag:b"]), .setTags([])]
        case .setTags: return [.setRoutes([routes[0]]), .setRoutes([routes[1]]), .setRoutes([])]
        case .setRoutes:
            return [.autoApproveRoutes([routes[0]]), .autoApproveRoutes([routes[1]]), .autoApproveRoutes([])]
        case .autoApproveRoutes: return [.setExitNode(true), .setExitNode(false)]
        case .setExitNode: return [.setKeyExpiry(true), .setKeyExpiry(false)]
        case .setKeyExpiry: return [.extendKey(.days(1)), .extendKey(.days(2))]
        case .extendKey: return [.logOut]
        case .logOut: return [.checkIn]
        case .checkIn: return [.sign]
        case .sign:
            return [
                .setAttribute(name: "a", value: "b"), .setAttribute(name: "x", value: "b"),
                .setAttribute(name: "a", value: "x"),
            ]
        case .setAttribute:
            return [.deleteAttribute(name: "a"), .deleteAttribute(name: "x")]
        case .deleteAttribute: return [.setPostureReporting(true), .setPostureReporting(false)]
        case .setPostureReporting: return [.disconnect(reason: "a"), .disconnect(reason: "b")]
        case .disconnect: return [.webInterface(isLogin: true), .webInterface(isLogin: false)]
        case .webInterface: return nil
        }
    }

    /// The changes of a user, from the second on; a new one does not compile until it is here.
    private static var userChanges: [UserChange] {
        var changes: [UserChange] = []
        var last: UserChange? = .invite
        while let change = last {
            changes.append(change)
            last =
                switch change {
                case .invite: .resendInvite
                case .resendInvite: .create
                case .create: .setRole(.auditor)
                case .setRole: .suspend
                case .suspend: .restore
                case .restore: .delete
                case .delete: nil
                // `next` has them.
                case .approve, .push: nil
                }
        }
        return changes
    }

    /// The changes of objects, but for the making of a key of tailnet lock, which `next` has; the first of each list is
    /// the ordinary form.
    private static var objectChanges: [[ObjectChange]] {
        var lists: [[ObjectChange]] = []
        var last = ObjectChange.lockKey(.create, name: "a")
        while let list = next(after: last) {
            lists.append(list)
            last = list[0]
        }
        return lists
    }

    /// What follows another change; a new object or step does not compile until it is here.
    private static func next(after change: ObjectChange) -> [ObjectChange]? {
        let plain = LogDestination(provider: "a", place: .url("b"), compression: "c")
        let others = [
            LogDestination(provider: "x", place: .url("b"), compression: "c"),
            LogDestination(provider: "a", place: .url("x"), compression: "c"),
            LogDestination(provider: "a", place: .bucket("b"), compression: "c"),
            LogDestination(provider: "a", place: .url("b"), compression: "x"),
            LogDestination(provider: "a", place: .url("b"), compression: nil),
        ]
        switch change {
        case .lockKey(.create, _): return [.lockKey(.update, name: "a")]
        case .lockKey(.update, _): return [.lockKey(.delete, name: "a")]
        case .lockKey(.delete, _):
            return [
                .webhook(.create(subscriptions: ["a"]), name: "b"), .webhook(.create(subscriptions: ["x"]), name: "b"),
                .webhook(.create(subscriptions: []), name: "b"), .webhook(.create(subscriptions: ["a"]), name: "x"),
            ]
        case .webhook(.create, _):
            return [.webhook(.subscribe(["a"]), name: "b"), .webhook(.subscribe(["x"]), name: "b")]
        case .webhook(.subscribe, _): return [.webhook(.rotate, name: "b")]
        case .webhook(.rotate, _): return [.webhook(.delete, name: "b")]
        case .webhook(.delete, _):
            return [.logStream(.create(plain), log: "network"), .logStream(.create(plain), log: "configuration")]
                + others.map { .logStream(.create($0), log: "network") }
        case .logStream(.create, _): return [.logStream(.update(plain), log: "network")]
        case .logStream(.update, _): return [.logStream(.repoint(plain), log: "network")]
        case .logStream(.repoint, _): return [.logStream(.delete, log: "network")]
        case .logStream(.delete, _):
            return [.postureIntegration(.create, provider: "a"), .postureIntegration(.create, provider: "b")]
        case .postureIntegration(.create, _): return [.postureIntegration(.update, provider: "a")]
        case .postureIntegration(.update, _): return [.postureIntegration(.delete, provider: "a")]
        case .postureIntegration(.delete, _):
            return [
                .share(.create(NodeShare(node: 1, label: "a", email: "b")), name: "c"),
                .share(.create(NodeShare(node: 2, label: "a", email: "b")), name: "c"),
                .share(.create(NodeShare(node: 1, label: "x", email: "b")), name: "c"),
                .share(.create(NodeShare(node: 1, label: "a", email: "x")), name: "c"),
                .share(.create(NodeShare(node: 1, label: "a", email: nil)), name: "c"),
                .share(.create(NodeShare(node: 1, label: "a", email: "b")), name: "x"),
            ]
        case .share(.create, _): return [.share(.resend, name: "c")]
        case .share(.resend, _): return [.share(.accept, name: "c")]
        case .share(.accept, _): return [.share(.update, name: "c")]
        case .share(.update, _): return [.share(.end, name: "c")]
        case .share(.end, _): return [.share(.cancel, name: "c")]
        case .share(.cancel, _):
            return [
                .invite(.create(TailnetInvite(label: "a", email: "b", role: .admin)), name: "c"),
                .invite(.create(TailnetInvite(label: "x", email: "b", role: .admin)), name: "c"),
                .invite(.create(TailnetInvite(label: "a", email: "x", role: .admin)), name: "c"),
                .invite(.create(TailnetInvite(label: "a", email: nil, role: .admin)), name: "c"),
                .invite(.create(TailnetInvite(label: "a", email: "b", role: .auditor)), name: "c"),
                .invite(.create(TailnetInvite(label: "a", email: "b", role: nil)), name: "c"),
                .invite(.create(TailnetInvite(label: "a", email: "b", role: .admin)), name: "x"),
            ]
        case .invite(.create, _): return [.invite(.resend, name: "c")]
        case .invite(.resend, _): return [.invite(.accept, name: "c")]
        case .invite(.accept, _): return [.invite(.cancel, name: "c")]
        case .invite(.cancel, _): return nil
        }
    }

    /// For each kind of object two steps of the same one, and what the lists of `objectChanges` do not vary.
    private static let objectSteps: [[ObjectChange]] = {
        let bucket = LogDestination(provider: "a", place: .bucket("b"))
        let otherBucket = LogDestination(provider: "a", place: .bucket("x"))
        let share = NodeShare(node: 1, label: "a", email: "b")
        let invite = TailnetInvite(label: "a", email: "b", role: .admin)
        return [
            [.lockKey(.create, name: "a"), .lockKey(.update, name: "a"), .webhook(.rotate, name: "a")],
            [.webhook(.rotate, name: "a"), .webhook(.delete, name: "a")],
            [.webhook(.subscribe(["a"]), name: "b"), .webhook(.subscribe([]), name: "b")],
            [.logStream(.update(bucket), log: "network"), .logStream(.delete, log: "network")],
            [.logStream(.create(bucket), log: "network"), .logStream(.create(otherBucket), log: "network")],
            [.postureIntegration(.create, provider: "a"), .postureIntegration(.update, provider: "a")],
            [.share(.resend, name: "a"), .share(.accept, name: "a")],
            [.share(.create(share), name: "a"), .share(.create(changed(share) { $0.isAccepted = true }), name: "a")],
            [.invite(.resend, name: "a"), .invite(.accept, name: "a")],
            [
                .invite(.create(invite), name: "a"),
                .invite(.create(changed(invite) { $0.isAccepted = true }), name: "a"),
            ],
        ]
    }()

    private static let loggedChanges: [LoggedChange] = {
        let plain = LoggedChange(
            code: "a", origin: .node, actorKind: .worker, node: 1, target: 1, name: "d", old: "e", new: "f",
            details: "g",
            error: "h")
        let changes: [(inout LoggedChange) -> Void] = [
            { $0.code = "x" }, { $0.origin = .control }, { $0.actorKind = .user }, { $0.node = 2 }, { $0.node = nil },
            { $0.target = 2 }, { $0.target = nil }, { $0.name = "x" }, { $0.old = "x" }, { $0.old = nil },
            { $0.new = "x" }, { $0.new = nil }, { $0.details = "x" }, { $0.details = nil }, { $0.error = "x" },
            { $0.error = nil },
        ]
        return [plain] + changes.map { changed(plain, $0) }
    }()

    private static func changed<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
        var value = value
        change(&value)
        return value
    }
}
