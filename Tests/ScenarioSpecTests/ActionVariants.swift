import ScenarioSpec
import SimTime
import TailnetModel

/// Every action of the control plane with variants that differ in one field.
enum ActionVariants {
    typealias Action = AdminAction

    /// A list for each action; its first element is the ordinary form, each other one differs from it in one field.
    static var all: [[Action]] {
        var lists: [[Action]] = []
        var last: Action?
        while let list = next(after: last) {
            lists.append(list)
            last = list[0]
        }
        return lists + nodeChanges.map { $0.map { .changeNode($0, node: 1) } }
            + userChanges.map { [.changeUser($0, user: 1)] } + [
                [.changeUser(.setRole(.admin), user: 2), .changeUser(.setRole(.auditor), user: 2)]
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
            [
                .turn(.https, isOn: true, old: "a", new: "b"), .turn(.scim, isOn: true, old: "a", new: "b"),
                .turn(.https, isOn: false, old: "a", new: "b"), .turn(.https, isOn: true, old: "c", new: "b"),
                .turn(.https, isOn: true, old: "a", new: "c"), .turn(.https, isOn: true, old: nil, new: "b"),
                .turn(.https, isOn: true, old: "a", new: nil),
            ]
        case .turn: [.editPolicy(version: 1), .editPolicy(version: 2)]
        case .editPolicy: [.renameTailnet(suffix: "a"), .renameTailnet(suffix: "b")]
        case .renameTailnet: [.changeKeyDuration(days: 1), .changeKeyDuration(days: 2)]
        case .changeKeyDuration:
            [
                .changeTailnet(property: "a", action: "b", old: "c", new: "d"),
                .changeTailnet(property: "x", action: "b", old: "c", new: "d"),
                .changeTailnet(property: "a", action: "x", old: "c", new: "d"),
                .changeTailnet(property: "a", action: "b", old: "x", new: "d"),
                .changeTailnet(property: "a", action: "b", old: "c", new: "x"),
                .changeTailnet(property: "a", action: "b", old: nil, new: "d"),
                .changeTailnet(property: "a", action: "b", old: "c", new: nil),
            ]
        case .changeTailnet:
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
        case .revokeKey: [.mintToken(client: 0), .mintToken(client: 1)]
        case .mintToken: objectChanges.map { .changeObject($0) }
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
                .setAttribute(name: "a", old: "b", new: "c"), .setAttribute(name: "x", old: "b", new: "c"),
                .setAttribute(name: "a", old: "x", new: "c"), .setAttribute(name: "a", old: "b", new: "x"),
                .setAttribute(name: "a", old: nil, new: "c"),
            ]
        case .setAttribute:
            return [
                .deleteAttribute(name: "a", old: "b"), .deleteAttribute(name: "x", old: "b"),
                .deleteAttribute(name: "a", old: "x"),
            ]
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

    private static let objectChanges: [ObjectChange] = {
        let plain = ObjectChange(
            kind: .webhook, step: .create, name: "a", title: "b", node: 1, old: "c", new: "d")
        let changes: [(inout ObjectChange) -> Void] = [
            { $0.kind = .lockKey }, { $0.step = .cancel }, { $0.name = "x" }, { $0.title = "x" }, { $0.node = 2 },
            { $0.node = nil }, { $0.old = "x" }, { $0.old = nil }, { $0.new = "x" }, { $0.new = nil },
        ]
        return [plain] + changes.map { changed(plain, $0) }
    }()

    private static let loggedChanges: [LoggedChange] = {
        let plain = LoggedChange(
            code: "a", origin: "b", actorKind: "c", node: 1, target: 1, name: "d", old: "e", new: "f", details: "g",
            error: "h")
        let changes: [(inout LoggedChange) -> Void] = [
            { $0.code = "x" }, { $0.origin = "x" }, { $0.actorKind = "x" }, { $0.node = 2 }, { $0.node = nil },
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
