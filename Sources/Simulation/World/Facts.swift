import Chance
import ScenarioSpec
import SimTime
import TailnetModel

/// What the hot paths need to know of a node.
struct NodeFacts: BitwiseCopyable, Sendable {
    var key: ChanceKey
    var ipv4: UInt32
    var ipv6High: UInt64
    var ipv6Low: UInt64
    /// The node's place among all nodes by stable ID.
    var rank: UInt32
    var lane: UInt32
    /// The node's place among those of its lane.
    var indexInLane: UInt32
    /// Index of the node that the node's traffic to the internet goes through; `nobody` for none.
    var exitNode: UInt32
    /// Index of the user it belongs to; `nobody` for tagged nodes.
    var owner: UInt32
    var habit: RecordingHabit
    /// The stretch in which an ephemeral node lives; of others, all time.
    var life: Stretch
    /// Whether its ephemeral ports are those of Linux (32768 to 60999) and not of the others (49152 to 65535).
    var hasLinuxPorts: Bool
    /// Whether it writes flow logs.
    var logsFlows: Bool
    /// Whether its own network stack takes the packets, which are not counted then.
    var isUserspace: Bool
    var runsSSH: Bool
    /// Whether another tailnet shares it into this one.
    var isShared: Bool
    /// Whether it gets another name, owner, tags or routes in the run.
    var isChanging: Bool
    /// Whether it is in the tailnet and awake at every instant.
    var isAlwaysUp = false

    /// In place of a node's index: no node.
    static let nobody = UInt32.max

    init(
        _ node: Node, role: NodeRole, key: ChanceKey, rank: UInt32, lane: UInt32, indexInLane: UInt32,
        isChanging: Bool
    ) {
        self.key = key
        ipv4 = UInt32(truncatingIfNeeded: node.ipv4.low)
        ipv6High = node.ipv6.high
        ipv6Low = node.ipv6.low
        self.rank = rank
        self.lane = lane
        self.indexInLane = indexInLane
        exitNode = node.exitNode.map { UInt32($0) } ?? NodeFacts.nobody
        owner = node.owner.map { UInt32($0) } ?? NodeFacts.nobody
        habit = RecordingHabit(role)
        life = Stretch(
            start: node.removed == nil ? .min : node.created.nanoseconds, end: node.removed?.nanoseconds ?? .max)
        hasLinuxPorts = node.os == .linux || node.os == .android
        logsFlows = node.logsFlows && node.sharer == nil
        isUserspace = node.isUserspace
        runsSSH = node.runsSSH
        isShared = node.sharer != nil
        self.isChanging = isChanging
    }
}

/// What making sessions needs to know of a host without Tailscale.
struct HostFacts: Sendable {
    var key: ChanceKey
    var ipv4: UInt32
    var place: Host.Place

    init(_ host: Host, key: ChanceKey) {
        self.key = key
        ipv4 = host.address
        place = host.place
    }
}

/// One who talks: a node, or a host by its index behind those of the nodes.
typealias Party = UInt32

/// What making a pattern's sessions needs.
struct PatternFacts: Sendable {
    var pattern: TrafficPattern
    var key: ChanceKey
    var table: ProfileTable
    /// The sources of each lane; a host belongs to the lane of its first router.
    var sourcesByLane: [[Party]]
    /// The targets, by a weight that is drawn for each: a few are popular.
    var ring: KeyedRing
    /// All targets, for patterns that keep a connection to each.
    var targets: [Party]

    init(pattern: TrafficPattern, root: ChanceKey, nodes: [NodeFacts], hosts: [HostFacts]) {
        self.pattern = pattern
        key = root.key("pattern").key(pattern.key)
        table = ProfileTable.table(pattern.profile)
        var byLane = [[Party]](repeating: [], count: World.laneCount)
        for source in pattern.sources { byLane[Int(nodes[source].lane)].append(Party(source)) }
        for source in pattern.sourceHosts {
            guard case .lan(let routers) = hosts[source].place, let first = routers.first else { continue }
            byLane[Int(nodes[first].lane)].append(Party(nodes.count + source))
        }
        sourcesByLane = byLane
        targets = pattern.targets.map { Party($0) } + pattern.targetHosts.map { Party(nodes.count + $0) }
        let ringKey = key.key("ring")
        ring = KeyedRing(
            targets.map { target in
                let index = Int(target)
                let own = index < nodes.count ? nodes[index].key : hosts[index - nodes.count].key
                let memberKey = ringKey.key(own.bits)
                return (target, memberKey, PatternFacts.points(memberKey))
            })
    }

    /// How many points a target has on the ring: popularity by Zipf's law, without a rank.
    ///
    /// 24 / u for an even u between 1 and 24: the weight at rank r of n is then about n / r.
    private static func points(_ key: ChanceKey) -> Int {
        (24_000 / (1_000 + Int(key.draw(1 << 40, below: 23_000))) + 1) * 4
    }
}
