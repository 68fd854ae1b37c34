import SimTime
import TailnetModel

extension CanonicalWriter {
    mutating func write(_ administration: Administration) {
        line("milliConsoleLoginsPerDay", administration.milliConsoleLoginsPerDay)
        line("milliFailedRequestsPerDay", administration.milliFailedRequestsPerDay)
        line("milliSSHChecksPerDay", administration.milliSSHChecksPerDay)
        line("milliWebLoginsPerDay", administration.milliWebLoginsPerDay)
        line("milliAttributeUpdatesPerDay", administration.milliAttributeUpdatesPerDay)
        line("renewsKeys", administration.renewsKeys)
        list("event", administration.events) { $0.write($1) }
    }

    mutating func write(_ event: AdminEvent) {
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
            write(change)
        case .changeUser(let change, let user):
            line("changeUser", user)
            write(change)
        case .pushGroup(let name, let members):
            line("pushGroup", name)
            line("members", members)
        case .turn(let setting, let isOn, let old, let new):
            line("turn", setting.rawValue)
            line("isOn", isOn)
            write("old", old)
            write("new", new)
        case .editPolicy(let version): line("editPolicy", version)
        case .renameTailnet(let suffix): line("renameTailnet", suffix)
        case .changeKeyDuration(let days): line("changeKeyDuration", days)
        case .changeTailnet(let property, let action, let old, let new):
            line("changeTailnet", property)
            line("action", action)
            write("old", old)
            write("new", new)
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
        case .mintToken(let client): line("mintToken", client)
        case .changeObject(let change): write(change)
        case .console(let isLogin): line("console", isLogin)
        case .failRequest(let request): line("failRequest", request)
        case .log(let change): write(change)
        }
    }

    private mutating func write(_ change: NodeChange) {
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
        case .setAttribute(let name, let old, let new):
            line("setAttribute", name)
            write("old", old)
            line("new", new)
        case .deleteAttribute(let name, let old):
            line("deleteAttribute", name)
            line("old", old)
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

    private mutating func write(_ change: ObjectChange) {
        line("object", change.kind.rawValue)
        line("step", change.step.rawValue)
        line("name", change.name)
        line("title", change.title)
        line("node", change.node)
        write("old", change.old)
        write("new", change.new)
    }

    private mutating func write(_ change: LoggedChange) {
        line("code", change.code)
        line("origin", change.origin)
        line("actorKind", change.actorKind)
        line("node", change.node)
        line("target", change.target)
        line("name", change.name)
        write("old", change.old)
        write("new", change.new)
        write("details", change.details)
        write("error", change.error)
    }

    /// An absent text has no line, which no text looks like.
    private mutating func write(_ key: String, _ text: String?) {
        if let text { line(key, text) }
    }
}
