import KeyedRandom
public import ScenarioSpec
public import SimTime
public import TailnetModel
import TailnetPolicy

/// A scenario made ready to be simulated: everything that does not change from one range of time to another.
///
/// It is shared by all lanes and threads and never written to after its making.
public final class World: Sendable {
    /// The scenario.
    public let plan: Plan
    let root: RandomKey
    let nodes: [NodeFacts]
    let hosts: [HostFacts]
    let patterns: [PatternFacts]
    let control: ControlState
    package let keyLife: KeyLife
    let versions: NodeVersions
    let availability: Availability
    let admission: Admission
    /// What may connect to what where incidents edit the policy; nil where none does.
    let changedAdmission: Admission?
    let underlay: Underlay
    /// Offsets of the users' time zones, one for each user.
    let userZones: [ZoneOffsets]
    let incidents: [IncidentFacts]
    /// What incidents keep out of the flow log.
    let suppressions: [RecordSuppression]
    /// Where incidents put nodes.
    let relocations: [Relocation]

    /// Over how many lanes the nodes are spread, whatever the number of threads.
    public static let laneCount = 32
    /// Sessions are made in buckets of time of this length.
    public static var bucketLength: TimeSpan { .minutes(5) }

    /// Makes a world.
    ///
    /// - Throws: `SimulationError` for what only shows when the plan comes to life: a policy file that does not
    ///   compile, an incident whose actor sleeps.
    public convenience init(plan: Plan) throws(SimulationError) {
        try self.init(plan: plan, suppressions: [], relocations: [])
    }

    /// Makes a world in which some records are tampered with besides what the plan's incidents do.
    package init(plan: Plan, suppressions: [RecordSuppression], relocations: [Relocation] = []) throws(SimulationError)
    {
        self.plan = plan
        let root = RandomKey(seed: plan.seed)
        self.root = root
        let keys = plan.nodes.map { root.key("node").key($0.key) }
        let ranks = World.ranks(plan.nodes.map(\.stableID))
        let control = ControlState(plan: plan, root: root)
        self.control = control
        let versions = NodeVersions(plan: plan, control: control)
        self.versions = versions
        var laneSizes = [UInt32](repeating: 0, count: World.laneCount)
        var nodes: [NodeFacts] = []
        nodes.reserveCapacity(plan.nodes.count)
        for index in plan.nodes.indices {
            let lane = Int(keys[index].draw(7, below: UInt64(World.laneCount)))
            nodes.append(
                NodeFacts(
                    plan.nodes[index], role: plan.roles[index], key: keys[index], rank: ranks[index],
                    lane: UInt32(lane), indexInLane: laneSizes[lane], isChanging: versions.isChanging(index)))
            laneSizes[lane] += 1
        }
        let hosts = plan.hosts.map { HostFacts($0, key: root.key("host").key($0.key)) }
        self.hosts = hosts
        admission = try Admission(
            plan: plan, versions: plan.policies.filter { $0.incident == nil }, control: control)
        underlay = Underlay(plan: plan, keys: keys)
        var zones: [TimeZoneRule: ZoneOffsets] = [:]
        userZones = plan.users.map { user in
            if let known = zones[user.timeZone] { return known }
            let offsets = ZoneOffsets(user.timeZone, around: plan.span)
            zones[user.timeZone] = offsets
            return offsets
        }
        keyLife = KeyLife(plan: plan, control: control, keys: keys, zones: userZones)
        availability = Availability(plan: plan, keys: keys, userZones: userZones, control: control, keyLife: keyLife)
        for index in nodes.indices { nodes[index].isAlwaysUp = availability.isAlwaysUp(index) }
        self.nodes = nodes
        patterns = plan.patterns.map { PatternFacts(pattern: $0, root: root, nodes: nodes, hosts: hosts) }
        let incidents = try World.resolve(
            stage: ScriptStage(
                plan: plan, root: root, control: control, admission: admission, availability: availability,
                underlay: underlay, userZones: userZones))
        self.incidents = incidents
        var edited = plan
        for index in incidents.indices {
            edited.policies += incidents[index].policyEdits.map { edit in
                PolicyVersion(
                    since: edit.time, file: "of incident \(incidents[index].incident.id)", text: edit.text,
                    incident: index
                )
            }
        }
        changedAdmission = try Admission.changed(plan: edited, control: control)
        self.suppressions = incidents.indices.flatMap { incidents[$0].suppressions(incident: $0) } + suppressions
        self.relocations = incidents.indices.flatMap { incidents[$0].relocations(incident: $0) } + relocations
    }

    /// Each text's place in the order of all of them.
    private static func ranks(_ texts: [String]) -> [UInt32] {
        let order = texts.indices.sorted { texts[$0] < texts[$1] }
        var ranks = [UInt32](repeating: 0, count: texts.count)
        for (rank, index) in order.enumerated() { ranks[index] = UInt32(rank) }
        return ranks
    }

    /// Each node's place among all nodes by stable ID: the order of records that are logged at the same instant.
    ///
    /// Behind those of the plan's nodes are the later versions of nodes that change in the run; see `versionNodes`.
    public var ranks: [UInt32] { versions.nodes.indices.map { nodes[Int(versions.node(UInt32($0)))].rank } }

    /// The nodes as records show them: the plan's, and behind them the later states of those that change in the run.
    ///
    /// What records name by index means these.
    public var versionNodes: [Node] { versions.nodes }

    /// Whether nodes write network flow logs at any instant of a window.
    public func writesFlows(in window: TimeWindow) -> Bool {
        let past = WindowGrid.longestDelay + WindowGrid.longestWindow
        return control.isFlowLoggingOn(within: TimeWindow(start: window.start - past, end: window.end))
    }

    /// The key of everything that two nodes share, whichever comes first.
    @inline(__always)
    func pairKey(_ left: UInt32, _ right: UInt32) -> RandomKey {
        let a = nodes[Int(left)].key.bits
        let b = nodes[Int(right)].key.bits
        return root.key(min(a, b)).key(max(a, b))
    }
}
