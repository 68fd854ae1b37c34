public import SimTime
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
    /// The scenario's stretch of time, on `logged`.
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
    public var anomalies: [Anomaly]
    /// How many of the nodes lead a life of their own; those behind them belong to anomalies.
    public var ordinaryNodeCount: Int

    /// Makes a plan.
    public init(
        name: String, summary: String, seed: UInt64, span: TimeWindow, tailnet: Tailnet, users: [User],
        workingHours: [WorkingHours], nodes: [Node], roles: [NodeRole], connections: [NodeConnection]? = nil,
        hosts: [Host] = [], holidays: [Int64] = [], policies: [PolicyVersion],
        oauthClients: [OAuthClient], patterns: [TrafficPattern], administration: Administration, anomalies: [Anomaly],
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
        self.anomalies = anomalies
        self.ordinaryNodeCount = ordinaryNodeCount ?? nodes.count
    }
}

/// When a person works, in their own time zone.
public struct WorkingHours: Sendable, Hashable {
    /// After local midnight.
    public var start: TimeSpan
    /// After local midnight, later than `start`.
    public var end: TimeSpan
    /// Whether Saturday and Sunday are working days too.
    public var weekends: Bool

    /// Makes working hours.
    public init(start: TimeSpan, end: TimeSpan, weekends: Bool) {
        self.start = start
        self.end = end
        self.weekends = weekends
    }
}

/// How a node lives.
public enum NodeRole: String, Sendable, Hashable, CaseIterable {
    /// Up while its owner works, with a lunch break now and then; asleep otherwise.
    case laptop
    /// Up from early morning to late evening of its owner's day.
    case phone
    /// Always up.
    case server
}

/// How a node is connected to the internet.
public struct NodeConnection: Sendable, Hashable {
    /// The name of the place where the node stands; nodes of one site reach each other over its network.
    ///
    /// Nil for where its owner lives, or the organization's own network for tagged nodes.
    public var site: String?
    /// Whether the NAT in front of it keeps direct paths from coming about; nil where it is drawn.
    public var isHardToReach: Bool?

    /// Makes a connection that leaves everything to be drawn.
    public init(site: String? = nil, isHardToReach: Bool? = nil) {
        self.site = site
        self.isHardToReach = isHardToReach
    }
}

/// The policy file from one instant on.
public struct PolicyVersion: Sendable, Hashable {
    /// When it comes into force; the scenario's first policy has `nil`.
    public var since: Instant?
    /// The file's name, for messages.
    public var file: String
    /// The whole HuJSON text.
    public var text: String
    /// Index of the plan's anomaly that makes it; nil in ordinary life.
    ///
    /// An anomaly that edits the policy and takes that back makes two versions.
    public var anomaly: Int?

    /// Makes a version.
    public init(since: Instant?, file: String, text: String, anomaly: Int? = nil) {
        self.since = since
        self.file = file
        self.text = text
        self.anomaly = anomaly
    }
}

/// A program that uses the API with OAuth client credentials.
public struct OAuthClient: Sendable, Hashable {
    /// The scenario's name; the key of everything drawn for the client.
    public var key: String
    /// The numeric key ID; `StableID.text(.key, …)` gives its text.
    public var number: UInt64
    /// What the client may do, as in `actionDetails`: `all:read`, `devices:core:read` and so on.
    public var scopes: String
    /// How often the client mints an access token; nil for never.
    public var tokenEvery: TimeSpan?

    /// Makes a client.
    public init(key: String, number: UInt64, scopes: String, tokenEvery: TimeSpan?) {
        self.key = key
        self.number = number
        self.scopes = scopes
        self.tokenEvery = tokenEvery
    }

    /// The client's stable ID.
    public var stableID: String { StableID.text(.key, number) }
}

/// Sessions of one kind between some nodes and others.
public struct TrafficPattern: Sendable, Hashable {
    /// The scenario's name; part of the key of everything drawn for the pattern.
    public var key: String
    public var profile: TrafficProfile
    /// IP protocol number: 6, 17 or 1.
    public var proto: UInt8
    /// Destination ports, drawn with equal weight; empty for ICMP.
    public var ports: [UInt16]
    /// Nodes that open sessions.
    public var sources: [Int]
    /// Nodes that sessions go to; a source never talks to itself.
    public var targets: [Int]
    /// Indices of hosts that open sessions.
    public var sourceHosts: [Int]
    /// Indices of hosts that sessions go to.
    public var targetHosts: [Int]
    /// Whether each source keeps one connection to each target open day and night, renewed once a day.
    public var isEndless: Bool
    /// Mean sessions an hour and source at the busiest hour, in thousandths.
    public var milliSessionsPerHour: Int
    public var schedule: Schedule
    /// Share of sessions over IPv6, in thousandths.
    public var ipv6Permille: Int

    /// Makes a pattern.
    public init(
        key: String, profile: TrafficProfile, proto: UInt8, ports: [UInt16], sources: [Int], targets: [Int],
        sourceHosts: [Int] = [], targetHosts: [Int] = [], isEndless: Bool = false, milliSessionsPerHour: Int,
        schedule: Schedule, ipv6Permille: Int
    ) {
        self.key = key
        self.profile = profile
        self.proto = proto
        self.ports = ports
        self.sources = sources
        self.targets = targets
        self.sourceHosts = sourceHosts
        self.targetHosts = targetHosts
        self.isEndless = isEndless
        self.milliSessionsPerHour = milliSessionsPerHour
        self.schedule = schedule
        self.ipv6Permille = ipv6Permille
    }
}

/// The sizes, durations and shapes of a pattern's sessions.
public enum TrafficProfile: String, Sendable, Hashable, CaseIterable {
    case web
    case ssh
    case database
    case dns
    case metrics
    case backup
    case download
    case chat
    case ping
    /// A scanner's tries: one port after the other, hardly any payload.
    case scan
}

/// When a pattern's sessions start.
public enum Schedule: String, Sendable, Hashable, CaseIterable {
    /// Follows the working hours of the source's owner (UTC office hours for tagged nodes).
    case workingHours = "working-hours"
    /// The same all day and night.
    case always
    /// Between 01:00 and 04:00 UTC.
    case nightly
}
