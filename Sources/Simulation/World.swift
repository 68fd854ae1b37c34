import Chance
public import ScenarioSpec
public import SimTime
import TailnetModel
import TailnetPolicy

/// A scenario made ready to be simulated: everything that does not change from one stretch of time to another.
///
/// It is shared by all lanes and threads and never written to after its making.
public final class World: Sendable {
    /// The scenario.
    public let plan: Plan
    let root: ChanceKey
    let nodes: [NodeFacts]
    let patterns: [PatternFacts]
    let presence: Presence
    let admission: Admission
    let underlay: Underlay
    /// Offsets of the users' time zones, one for each user.
    let userZones: [ZoneOffsets]
    let anomalies: [AnomalyFacts]

    /// Over how many lanes the nodes are spread, whatever the number of threads.
    public static let laneCount = 32
    /// Sessions are made in slices of time of this length.
    public static let sliceLength: TimeSpan = .minutes(5)
    /// Records are made in steps of this length, which divides a slice: short, so that they stay in the cache.
    public static let stepLength: TimeSpan = .seconds(15)

    /// Makes a world.
    ///
    /// - Throws: `SimulationError` for what only shows when the plan comes to life: a policy file that does not
    ///   compile, an anomaly whose actor sleeps.
    public init(plan: Plan) throws(SimulationError) {
        self.plan = plan
        let root = ChanceKey(seed: plan.seed)
        self.root = root
        let keys = plan.nodes.map { root.key("node").key($0.key) }
        let ranks = World.ranks(plan.nodes.map(\.stableID))
        var laneSizes = [UInt32](repeating: 0, count: World.laneCount)
        nodes = plan.nodes.indices.map { index in
            let node = plan.nodes[index]
            let lane = Int(keys[index].draw(7, below: UInt64(World.laneCount)))
            defer { laneSizes[lane] += 1 }
            return NodeFacts(
                key: keys[index], ipv4: UInt32(truncatingIfNeeded: node.ipv4.low), ipv6High: node.ipv6.high,
                ipv6Low: node.ipv6.low, rank: ranks[index],
                lane: UInt32(lane), indexInLane: laneSizes[lane],
                hasLinuxPorts: node.os == .linux || node.os == .android)
        }
        presence = Presence(plan: plan, keys: keys)
        admission = try Admission(plan: plan)
        underlay = Underlay(plan: plan, keys: keys)
        userZones = plan.users.map { ZoneOffsets($0.timeZone, around: plan.span) }
        patterns = plan.patterns.map { PatternFacts(pattern: $0, root: root, nodeKeys: keys) }
        anomalies = try World.resolve(plan: plan, root: root, presence: presence, keys: keys)
    }

    /// Each text's place in the order of all of them.
    private static func ranks(_ texts: [String]) -> [UInt32] {
        let order = texts.indices.sorted { texts[$0] < texts[$1] }
        var ranks = [UInt32](repeating: 0, count: texts.count)
        for (rank, index) in order.enumerated() { ranks[index] = UInt32(rank) }
        return ranks
    }

    /// Each node's place among all nodes by stable ID: the order of records that are logged at the same instant.
    public var ranks: [UInt32] { nodes.map(\.rank) }

    /// The key of everything that two nodes share, whichever comes first.
    @inline(__always)
    func pairKey(_ left: UInt32, _ right: UInt32) -> ChanceKey {
        let a = nodes[Int(left)].key.bits
        let b = nodes[Int(right)].key.bits
        return root.key(min(a, b)).key(max(a, b))
    }
}

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
    /// Whether its ephemeral ports are those of Linux (32768 to 60999) and not of the others (49152 to 65535).
    var hasLinuxPorts: Bool
}

/// What making a pattern's sessions needs.
struct PatternFacts: Sendable {
    var pattern: TrafficPattern
    var key: ChanceKey
    var table: ProfileTable
    /// The targets, by a weight that is drawn for each: a few are popular.
    var ring: KeyedRing

    init(pattern: TrafficPattern, root: ChanceKey, nodeKeys: [ChanceKey]) {
        self.pattern = pattern
        key = root.key("pattern").key(pattern.key)
        table = ProfileTable.table(pattern.profile)
        let ringKey = key.key("ring")
        ring = KeyedRing(
            pattern.targets.map { target in
                let memberKey = ringKey.key(nodeKeys[target].bits)
                // Points as 24 / u for an even u: popularity by Zipf's law, without a rank.
                let points = 24_000 / (1_000 + Int(memberKey.draw(1 << 40, below: 23_000))) + 1
                return (UInt32(target), memberKey, points * 4)
            })
    }
}

/// What cannot be simulated, in one sentence.
public struct SimulationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    /// Makes an error of that text.
    public init(_ description: String) {
        self.description = description
    }
}
