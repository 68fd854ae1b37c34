import KeyedRandom
import SimTime
import TailnetControl
import TailnetModel

extension CanonicalWriter {
    mutating func write(_ administration: Administration, of plan: Plan) {
        line("milliConsoleLoginsPerDay", administration.milliConsoleLoginsPerDay)
        line("milliFailedRequestsPerDay", administration.milliFailedRequestsPerDay)
        line("milliSSHChecksPerDay", administration.milliSSHChecksPerDay)
        line("milliWebLoginsPerDay", administration.milliWebLoginsPerDay)
        line("milliAttributeUpdatesPerDay", administration.milliAttributeUpdatesPerDay)
        line("renewsKeys", administration.renewsKeys)
        // The text has what changes find beside what they make: the changes are made once for it.
        let root = RandomKey(seed: plan.seed)
        var state = plan.initialState(root: root)
        list("event", administration.events) { writer, event in
            let found = state.objects
            let changes = state.record(event.action, by: event.actor, at: event.time, key: event.identity(root))
            writer.write(event, finding: found, changes, of: plan)
        }
    }

    private mutating func write(
        _ event: AdminEvent, finding found: TailnetObjects, _ changes: [AuditChange], of plan: Plan
    ) {
        line("key", event.key)
        line("time", event.time.nanoseconds)
        line("user", event.user)
        line("client", event.client)
        line("isByAPI", event.isByAPI)
        switch event.action {
        case .join(let node): line("join", node)
        case .delete(let node): line("delete", node)
        case .expireKey(let node): line("expireKey", node)
        case .reauthenticate(let node): line("reauthenticate", node)
        case .changeNode(let change, let node):
            line("changeNode", node)
            write(change, node: node, finding: found)
        case .changeUser(let change, let user):
            line("changeUser", user)
            write(change)
        case .pushGroup(let name, let members):
            line("pushGroup", name)
            line("members", members)
        case .turn(let setting, let isOn):
            line("turn", setting.rawValue)
            line("isOn", isOn)
            if changes.count > 1 {
                write("old", changes[1].old)
                write("new", changes[1].new)
            }
        case .setPolicy(let text):
            if let version = plan.policies.firstIndex(where: { $0.since == event.time && $0.text == text }) {
                line("editPolicy", version)
            } else {
                line("setPolicy", text)
            }
        case .setDNS, .setContact, .verifyContact, .joinTailnet, .leaveTailnet:
            for change in changes {
                line("changeTailnet", change.target.property ?? "")
                line("action", change.action)
                write("old", change.old)
                write("new", change.new)
            }
        case .renameTailnet(let suffix): line("renameTailnet", suffix)
        case .changeKeyDuration(let days): line("changeKeyDuration", days)
        case .createAuthKey(let name, let reusable, let ephemeral, let tags, let lifetime):
            line("createAuthKey", name)
            line("reusable", reusable)
            line("ephemeral", ephemeral)
            list("tag", tags) { $0.line("tag", $1) }
            line("lifetime", lifetime.nanoseconds)
        case .createAPIToken(let name, let lifetime):
            line("createAPIToken", name)
            line("lifetime", lifetime.nanoseconds)
        case .createOAuthClient(let name, let scopes):
            line("createOAuthClient", name)
            line("scopes", scopes)
        case .revokeKey(let name): line("revokeKey", name)
        case .mintToken: line("mintToken", event.client)
        case .changeObject(let change): write(change, finding: found, changes, of: plan)
        case .console(let isLogin): line("console", isLogin)
        case .failRequest(let request): line("failRequest", request)
        case .log(let change): write(change)
        }
    }

    private mutating func write(_ change: NodeChange, node: Int, finding found: TailnetObjects) {
        func attribute(_ name: String) -> String? {
            found.attributes[TailnetObjects.AttributeID(node: node, name: name)]
        }
        switch change {
        case .approve: line("change", "approve")
        case .rename(let name): line("rename", name)
        case .setTags(let tags): list("setTags", tags) { $0.line("tag", $1) }
        case .setRoutes(let routes): list("setRoutes", routes) { $0.line("route", $1.description) }
        case .autoApproveRoutes(let routes): list("autoApproveRoutes", routes) { $0.line("route", $1.description) }
        case .setExitNode(let isOn): line("setExitNode", isOn)
        case .setKeyExpiry(let isOn): line("setKeyExpiry", isOn)
        case .extendKey(let span): line("extendKey", span.nanoseconds)
        case .logOut: line("change", "logOut")
        case .checkIn: line("change", "checkIn")
        case .sign: line("change", "sign")
        case .setAttribute(let name, let value):
            line("setAttribute", name)
            write("old", attribute(name))
            line("new", value)
        case .deleteAttribute(let name):
            line("deleteAttribute", name)
            line("old", attribute(name) ?? "")
        case .setPostureReporting(let isOn): line("setPostureReporting", isOn)
        case .disconnect(let reason): line("disconnect", reason)
        case .webInterface(let isLogin): line("webInterface", isLogin)
        }
    }

    private mutating func write(_ change: UserChange) {
        switch change {
        case .invite: line("change", "invite")
        case .resendInvite: line("change", "resendInvite")
        case .create: line("change", "create")
        case .approve: line("change", "approve")
        case .setRole(let role): line("setRole", role.rawValue)
        case .suspend: line("change", "suspend")
        case .restore: line("change", "restore")
        case .delete: line("change", "delete")
        case .push: line("change", "push")
        }
    }

    private mutating func write(_ change: LoggedChange) {
        line("code", change.code)
        line("origin", change.origin.rawValue)
        line("actorKind", change.actorKind.rawValue)
        line("node", change.node)
        line("target", change.target)
        line("name", change.name)
        write("old", change.old)
        write("new", change.new)
        write("details", change.details)
        write("error", change.error)
    }

    /// An absent text has no line, which no text looks like.
    mutating func write(_ key: String, _ text: String?) {
        if let text { line(key, text) }
    }
}
