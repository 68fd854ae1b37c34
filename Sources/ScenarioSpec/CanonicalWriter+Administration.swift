import SimTime
import TailnetModel

extension CanonicalWriter {
    mutating func write(_ event: AdminEvent) {
        line("key", event.key)
        line("time", event.time.nanoseconds)
        line("user", event.user)
        switch event.action {
        case .join(let node): line("join", node)
        case .delete(let node): line("delete", node)
        case .expireKey(let node): line("expireKey", node)
        case .reauthenticate(let node): line("reauthenticate", node)
        case .editPolicy(let version): line("editPolicy", version)
        case .createAuthKey(let name, let reusable, let ephemeral, let tags):
            line("createAuthKey", name)
            line("reusable", reusable)
            line("ephemeral", ephemeral)
            list("tag", tags) { $0.line("tag", $1) }
        case .createAPIToken(let name): line("createAPIToken", name)
        case .revokeKey(let name): line("revokeKey", name)
        }
    }
}
