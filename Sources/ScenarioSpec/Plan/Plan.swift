public import KeyedRandom
public import SimTime
public import TailnetControl
public import TailnetModel

/// A scenario with every default filled in and every name resolved: all that the simulation needs to know.
///
/// Indices point into `users`, `nodes` and `oauthClients`. They order nothing that is drawn: draws are keyed by names.
public struct Plan: Sendable {
    /// The scenario's name.
    public var name: String
    /// One sentence on what the scenario is for.
    public var summary: String
    public var seed: UInt64
    /// The scenario's range of time, on `logged`.
    public var span: TimeWindow
    public var tailnet: Tailnet
    public var users: [User]
    /// Working hours, one for each user.
    public var workingHours: [WorkingHours]
    public var nodes: [Node]
    /// How each node lives, one for each node.
    public var roles: [NodeRole]
    /// How each node is connected to the internet, one for each node.
    public var connections: [NodeConnection]
    /// Hosts without Tailscale that traffic patterns name.
    public var hosts: [Host]
    /// Days without work, as days since 1970-01-01; ascending.
    public var holidays: [Int64]
    /// The policy file and its edits, ordered by instant; the first one is in force from the beginning of time.
    public var policies: [PolicyVersion]
    public var oauthClients: [OAuthClient]
    public var patterns: [TrafficPattern]
    public var administration: Administration
    /// Ordered by start, then identity.
    public var incidents: [PlannedIncident]
    /// How many of the nodes are the scenario's own; those behind them belong to incidents.
    public var ordinaryNodeCount: Int

    /// Makes a plan.
    public init(
        name: String, summary: String, seed: UInt64, span: TimeWindow, tailnet: Tailnet, users: [User],
        workingHours: [WorkingHours], nodes: [Node], roles: [NodeRole], connections: [NodeConnection]? = nil,
        hosts: [Host] = [], holidays: [Int64] = [], policies: [PolicyVersion],
        oauthClients: [OAuthClient], patterns: [TrafficPattern], administration: Administration,
        incidents: [PlannedIncident],
        ordinaryNodeCount: Int? = nil
    ) {
        self.name = name
        self.summary = summary
        self.seed = seed
        self.span = span
        self.tailnet = tailnet
        self.users = users
        self.workingHours = workingHours
        self.nodes = nodes
        self.roles = roles
        self.connections = connections ?? nodes.map { _ in NodeConnection() }
        self.hosts = hosts
        self.holidays = holidays
        self.policies = policies
        self.oauthClients = oauthClients
        self.patterns = patterns
        self.administration = administration
        self.incidents = incidents
        self.ordinaryNodeCount = ordinaryNodeCount ?? nodes.count
    }

    /// The tailnet's configuration before the first explicit change.
    ///
    /// - Parameter root: The key of the run.
    public func initialState(root: RandomKey) -> TailnetState {
        TailnetState(
            tailnet: tailnet, nodes: nodes, users: users, clients: oauthClients, policy: policies.first?.text ?? "",
            root: root, awaiting: administration.events.lazy.map(\.action))
    }
}
