import SimTime
import KeyedRandom
import ScenarioSpec
import TailnetModel

/// What the hot paths need to know of a node.
struct NodeFacts: BitwiseCopyable, Sendable {
    var key: RandomKey
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
    /// The range in which an ephemeral node lives; of others, all time.
    var life: TimeWindow
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
        _ node: Node, role: NodeRole, key: RandomKey, rank: UInt32, lane: UInt32, indexInLane: UInt32,
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
        life = TimeWindow(
            start: node.removed == nil ? .distantPast : node.created, end: node.removed ?? .distantFuture)
        hasLinuxPorts = node.os == .linux || node.os == .android
        logsFlows = node.logsFlows && node.sharer == nil
        isUserspace = node.isUserspace
        runsSSH = node.runsSSH
        isShared = node.sharer != nil
        self.isChanging = isChanging
    }
}
