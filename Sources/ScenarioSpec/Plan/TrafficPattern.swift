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
