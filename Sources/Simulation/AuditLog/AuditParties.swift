import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

/// Who acts in audit records and what is acted on: made once for each user, node and client.
struct AuditParties: Sendable {
    private let users: [AuditActor]
    private let clients: [AuditActor]
    private let nodes: [AuditTarget]
    private let userTargets: [AuditTarget]
    private let plan: Plan
    private let control: ControlState
    private let root: RandomKey

    init(plan: Plan, control: ControlState, root: RandomKey) {
        self.plan = plan
        self.control = control
        self.root = root
        let ids = plan.users.map(\.stableID)
        users = zip(plan.users, ids).map { user, id in
            AuditActor(id: id, type: "USER", loginName: user.login, displayName: user.displayName)
        }
        userTargets = zip(plan.users, ids).map { AuditTarget(id: $1, name: $0.login, type: "USER") }
        clients = plan.oauthClients.map {
            AuditActor(id: $0.stableID, type: "OAUTH_CLIENT", loginName: "", displayName: "OAuth client")
        }
        nodes = plan.nodes.map {
            AuditTarget(id: $0.stableID, name: $0.name, type: "NODE", isEphemeral: $0.isEphemeral)
        }
    }

    func user(_ index: Int) -> AuditActor { users[index] }

    func client(_ index: Int) -> AuditActor { clients[index] }

    /// The service itself, or another system; its empty ID and its name are unverified.
    func system(_ kind: String) -> AuditActor {
        let name =
            switch AuditActorKind(rawValue: kind) {
            case .scim: "SCIM"
            case .mullvad: "Mullvad"
            case .logStream: "Log streaming"
            case .secretScanner: "Secret scanner"
            case .pamConnector: "PAM connector"
            case .pamServiceAccount: "PAM service account"
            default: "Tailscale"
            }
        return AuditActor(id: "", type: kind, loginName: "", displayName: name)
    }

    /// The node itself, where no person can be named for it.
    func nodeActor(_ index: Int, at time: Instant) -> AuditActor {
        let node = control.node(index, at: time.nanoseconds)
        return AuditActor(
            id: nodes[index].id, type: "NODE", loginName: "", displayName: node.name,
            tags: node.tags.map { String($0.dropFirst("tag:".count)) })
    }

    /// A node as it is called just before an instant.
    func node(_ index: Int, _ property: String? = nil, at time: Instant) -> AuditTarget {
        var target = nodes[index]
        if control.isChanged(node: index) { target.name = control.node(index, at: time.nanoseconds - 1).name }
        target.property = property
        return target
    }

    func userTarget(_ index: Int, _ property: String? = nil) -> AuditTarget {
        var target = userTargets[index]
        target.property = property
        return target
    }

    func tailnet(_ property: String? = nil, type: String = "TAILNET") -> AuditTarget {
        AuditTarget(id: plan.tailnet.stableID, name: plan.tailnet.organization, type: type, property: property)
    }

    /// An object that has no ID of the plan: drawn by its type and name.
    func object(
        _ type: String, _ kind: StableID.Kind, name: String, title: String, _ property: String? = nil
    ) -> AuditTarget {
        let number = root.key("object").key(type).key(name).draw(0, below: StableID.largestNumber)
        return AuditTarget(id: StableID.text(kind, number), name: title, type: type, property: property)
    }

    /// A credential by the name of its making.
    func credential(_ name: String, title: String) -> AuditTarget {
        let number = root.key("credential").key(name).draw(0, below: StableID.largestNumber)
        return AuditTarget(id: StableID.text(.key, number), name: title, type: "API_KEY")
    }
}
