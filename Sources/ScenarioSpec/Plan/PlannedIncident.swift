public import Truth
public import IncidentCatalog
public import SimTime
import TailnetModel

/// One incident that the scenario puts into the logs.
public struct PlannedIncident: Sendable, Hashable {
    /// `i1`, `i2`, … or the name that the scenario gives; also the key of its draws.
    public var id: String
    public var kind: IncidentKind
    public var variant: IncidentVariant
    /// When it acts.
    public var window: TimeWindow
    /// The acting node, for kinds that have one.
    public var node: Int?
    /// The acting user, for kinds that have one.
    public var user: Int?
    /// The acting OAuth client, for kinds that have one.
    public var oauthClient: Int?
    /// The nodes that it is done to.
    public var targets: [Int]
    /// Nodes that only this incident has: devices that join for it, or that lie in the inventory to be deleted.
    public var ownNodes: [Int]
    /// Indices of the hosts that only this incident talks to.
    public var ownHosts: [Int]
    /// The exit node that its traffic to the internet goes through.
    public var exit: Int?
    /// The parameters' values, in the order of the kind's parameters; spans in nanoseconds.
    public var values: [Int64]

    /// Makes an incident; without `values` it has those of its kind and variant.
    public init(
        id: String, kind: IncidentKind, variant: IncidentVariant, window: TimeWindow, node: Int? = nil,
        user: Int? = nil, oauthClient: Int? = nil, targets: [Int] = [], ownNodes: [Int] = [],
        ownHosts: [Int] = [], exit: Int? = nil, values: [Int64]? = nil
    ) {
        self.id = id
        self.kind = kind
        self.variant = variant
        self.window = window
        self.node = node
        self.user = user
        self.oauthClient = oauthClient
        self.targets = targets
        self.ownNodes = ownNodes
        self.ownHosts = ownHosts
        self.exit = exit
        self.values = values ?? kind.parameters.map { $0.value(variant) }
    }

    /// The value of one of the kind's parameters; 0 for a key that the kind does not have.
    public subscript(_ key: IncidentParameter.Key) -> Int64 {
        guard let place = kind.parameters.firstIndex(where: { $0.key == key }) else { return 0 }
        return values[place]
    }
}
