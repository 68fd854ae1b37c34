import TailnetModel

/// What a node is for, as an overview groups them.
enum NodeKind: String, CaseIterable {
    case laptop
    case phone
    case server
    case subnetRouter = "subnet router"
    case exitNode = "exit node"
    case job = "fleet job"
    case shared = "shared in"

    /// The kind of a node of a plan.
    init(of node: Node, _ role: NodeRole) {
        if node.sharer != nil {
            self = .shared
        } else if node.isEphemeral, node.removed != nil {
            self = .job
        } else if node.approvedRoutes.contains(where: \.isDefaultRoute) {
            self = .exitNode
        } else if !node.approvedRoutes.isEmpty {
            self = .subnetRouter
        } else {
            switch role {
            case .laptop: self = .laptop
            case .phone: self = .phone
            case .server: self = .server
            }
        }
    }
}
