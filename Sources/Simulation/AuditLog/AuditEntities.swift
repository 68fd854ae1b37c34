import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

/// Who acts in audit records and what is acted on: made once for each user, node and client.
struct AuditEntities: Sendable {
    /// What has no place in the plan's tables.
    let targets: AuditTargets
    private let users: [AuditActor]
    private let clients: [AuditActor]
    private let nodes: [AuditTarget]
    private let control: ControlState

    init(plan: Plan, control: ControlState, root: RandomKey) {
        self.control = control
        targets = AuditTargets(tailnet: plan.tailnet, root: root)
        users = plan.users.map { user in
            AuditActor(id: user.stableID, type: "USER", loginName: user.login, displayName: user.displayName)
        }
        clients = plan.oauthClients.map {
            AuditActor(id: $0.stableID, type: "OAUTH_CLIENT", loginName: "", displayName: "OAuth client")
        }
        nodes = plan.nodes.map { [targets] in targets.node($0) }
    }

    func user(_ index: Int) -> AuditActor { users[index] }

    func client(_ index: Int) -> AuditActor { clients[index] }

    /// The service itself, or another system; its empty ID and its name are unverified.
    func system(_ kind: AuditActorKind) -> AuditActor {
        let name =
            switch kind {
            case .scim: "SCIM"
            case .mullvad: "Mullvad"
            case .logStream: "Log streaming"
            case .secretScanner: "Secret scanner"
            case .pamConnector: "PAM connector"
            case .pamServiceAccount: "PAM service account"
            case .user, .node, .worker, .oauthClient: "Tailscale"
            }
        return AuditActor(id: "", type: kind.rawValue, loginName: "", displayName: name)
    }

    /// The node itself, where no person can be named for it.
    func nodeActor(_ index: Int, at time: Instant) -> AuditActor {
        let node = control.node(index, at: time)
        return AuditActor(
            id: nodes[index].id, type: "NODE", loginName: "", displayName: node.name,
            tags: node.tags.map { String($0.dropFirst("tag:".count)) })
    }

    /// A node as it is called just before an instant.
    func node(_ index: Int, _ property: String? = nil, at time: Instant) -> AuditTarget {
        var target = nodes[index]
        if control.isChanged(node: index) { target.name = control.node(index, at: time - .nanoseconds(1)).name }
        target.property = property
        return target
    }
}
