import ByteText
import Chance
import ScenarioSpec
import SimTime
import TailnetModel

/// What one anomaly does, written down once by its kind's script.
///
/// A script asks `world` for what it needs and adds bursts of connections and changes of the configuration; nothing is
/// made before a stretch of time is asked for.
struct AnomalyScript {
    let world: AnomalyStage
    let anomaly: Anomaly
    /// The key of everything drawn for the anomaly.
    let key: ChanceKey
    private(set) var bursts: [Burst] = []
    private(set) var events: [AdminEvent] = []
    /// What each event was planned for.
    private var planned: [Instant] = []
    private(set) var stages: [IncidentStage] = []
    private(set) var hidden: [(node: Int?, peer: Int?, window: TimeWindow)] = []
    private(set) var moved: [(node: Int, window: TimeWindow)] = []
    private(set) var policyEdits: [(time: Instant, text: String)] = []
    private(set) var inventory: [InventoryChange] = []
    /// Parties beside those of the cast.
    private(set) var actors: [IncidentParty] = []
    private(set) var targets: [IncidentParty] = []

    init(world: AnomalyStage, anomaly: Anomaly, key: ChanceKey) {
        self.world = world
        self.anomaly = anomaly
        self.key = key
    }

    var variant: IncidentVariant { anomaly.variant }
    var window: TimeWindow { anomaly.window }
    /// The acting node; kinds whose cast has none do not ask.
    var node: Party { Party(anomaly.node ?? 0) }
    var targetNodes: [Party] { anomaly.targets.map { Party($0) } }
    /// The hosts that only this anomaly talks to.
    var ownHosts: [Party] { anomaly.ownHosts.map { Party(world.plan.nodes.count + $0) } }
    var ownNodes: [Party] { anomaly.ownNodes.map { Party($0) } }

    /// A parameter's value; spans in nanoseconds.
    subscript(_ key: AnomalyParameter.Key) -> Int64 { anomaly[key] }

    /// The instant at so many thousandths of the anomaly's time.
    func time(permille: Int64) -> Instant {
        window.start + .nanoseconds(window.length.nanoseconds / 1_000 * permille)
    }

    /// The part of the anomaly's time between two thousandths of it.
    func part(_ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(start: time(permille: from), end: time(permille: to))
    }

    /// Adds connections.
    mutating func connect(_ burst: Burst) { bursts.append(burst) }

    /// Says when one of the kind's stages is; those that are not named last as long as the anomaly.
    mutating func stage(_ index: Int, _ window: TimeWindow) {
        let stage = anomaly.kind.stages[index]
        stages.append(IncidentStage(name: stage.name, start: window.start, end: window.end, attack: stage.attack))
    }

    /// Adds a change of the configuration, made by a person in the admin console, by a client, or by the service.
    ///
    /// - Returns: the very instant: a round one is moved within its second.
    @discardableResult
    mutating func change(
        at time: Instant, by user: Int? = nil, client: Int? = nil, throughAPI: Bool = false, _ action: AdminAction
    ) -> Instant {
        var instant = moment(late(time), ordinal: events.count)
        // What is planned for one instant happens in one second, and in the order in which it was planned.
        if let before = planned.lastIndex(of: time) {
            let longest = UInt64(max(1, min(200_000_000, window.length.nanoseconds / 2_000)))
            let wait = key.key("wait").draw(UInt64(events.count), below: longest)
            instant = max(instant, events[before].time + .nanoseconds(1 + Int64(wait)))
        }
        planned.append(time)
        let name = "\(anomaly.id) \(events.count + 1)"
        events.append(
            AdminEvent(
                key: name, time: instant, user: user, client: client, isByAPI: throughAPI || client != nil,
                action: action))
        return instant
    }

    /// The instant as it comes in life, a fiftieth of the anomaly's time away at most.
    ///
    /// What is planned for half past must not happen at half past, nor so many seconds after what was planned before it;
    /// the order of what is planned stays. Long anomalies choose their hours themselves: nothing comes before its hour.
    private func late(_ time: Instant) -> Instant {
        guard window.length >= .seconds(50), window.contains(time) else { return time }
        let length = window.length.nanoseconds
        let isLong = window.length > .hours(3)
        let most = isLong ? AnomalyScript.latestInLongOnes : length / 50
        let pace = UnevenPace(key: key.key("late"), length: length, most: most, ramp: isLong ? 10 * most : length)
        return window.start + .nanoseconds(pace.place(of: (time - window.start).nanoseconds))
    }

    /// How late things happen in anomalies of many hours.
    private static let latestInLongOnes: Int64 = 30_000_000_000

    /// A moment of the second that begins at `time`: nobody acts at round instants, and no record must tell by that.
    private func moment(_ time: Instant, ordinal: Int) -> Instant {
        guard time.floored(to: .seconds(1)) == time else { return time }
        let draw = key.key("moment of change").draw(UInt64(ordinal), below: 1_000_000_000)
        let part = TimeSpan.nanoseconds(Int64(draw))
        return time + .seconds(1) > window.end ? max(window.start, time - .seconds(1)) + part : time + part
    }

    /// Keeps back what nodes report of a time: everything, or what they report of one peer.
    ///
    /// - Parameters:
    ///   - node: nil for all nodes of the tailnet.
    ///   - peer: nil for whole records.
    mutating func hide(node: Int?, peer: Int? = nil, in window: TimeWindow) {
        hidden.append((node, peer, window))
    }

    /// Moves a node to another place of the world for a time: its peers reach it at other endpoints.
    mutating func move(node: Int, in window: TimeWindow) { moved.append((node, window)) }

    /// Replaces the policy file; what is in force from then on decides about connections.
    mutating func editPolicy(at time: Instant, by user: Int?, client: Int? = nil, text: String) {
        let old = policyEdits.last?.text ?? world.policy(at: time)
        let instant = change(
            at: time, by: user, client: client,
            .changeTailnet(property: "ACL", action: "UPDATE", old: old.jsonQuoted, new: text.jsonQuoted))
        policyEdits.append((instant, text))
    }

    /// Lets the inventory show something of a node that no record tells.
    mutating func show(_ fact: InventoryChange.Fact, of node: Int, in window: TimeWindow) {
        inventory.append(InventoryChange(fact: fact, node: node, window: window))
    }

    /// Names somebody as an actor beside the cast.
    mutating func addActor(_ party: IncidentParty) { actors.append(party) }

    /// Names somebody as a target beside the cast.
    mutating func addTarget(_ party: IncidentParty) { targets.append(party) }
}

/// What an anomaly makes the inventory show of a node for a time.
struct InventoryChange: Sendable {
    enum Fact: Sendable {
        /// Tailscale SSH answers.
        case runsSSH
        /// Tailnet lock is on, and nobody has signed the node's key.
        case isUnsigned
    }

    var fact: Fact
    var node: Int
    var window: TimeWindow
}

/// What scripts may ask of the tailnet.
struct AnomalyStage {
    let plan: Plan
    let root: ChanceKey
    let control: ControlState
    let admission: Admission
    let presence: Presence
    let underlay: Underlay
    let userZones: [ZoneOffsets]

    /// An admin other than `other` who is there at an instant: who sets things right again; the actor where nobody else is.
    func admin(besides other: Int?, at time: Instant, key: ChanceKey) -> Int? {
        let roles: [UserRole] = [.owner, .admin]
        let candidates = plan.users.indices.filter {
            $0 != other && roles.contains(plan.users[$0].role) && control.isActive(user: $0, at: time.nanoseconds)
        }
        let own = key.key("admin")
        return candidates.max { own.key(plan.users[$0].key).bits < own.key(plan.users[$1].key).bits } ?? other
    }

    /// Whether the policy of an instant lets a node connect to another one's port.
    func admits(_ source: Party, _ target: Party, proto: UInt8 = 6, port: UInt16, at time: Instant) -> Bool {
        let count = plan.nodes.count
        guard Int(source) < count, Int(target) < count else { return true }
        return admission.admits(
            Conversation(
                source: source, target: target, sourceHost: 0, targetHost: 0, proto: proto, port: port, isIPv6: false),
            at: time.nanoseconds)
    }

    /// Those of some nodes that the policy lets a node connect to on one of some ports, each with the first such port.
    func reachable(_ targets: [Party], from source: Party, ports: [UInt16], at time: Instant)
        -> [(node: Party, port: UInt16)]
    {
        targets.compactMap { target in
            ports.first { admits(source, target, port: $0, at: time) }.map { (target, $0) }
        }
    }

    /// The policy file in force at an instant.
    func policy(at time: Instant) -> String {
        plan.policies.last { version in version.since.map { $0 <= time } ?? true }?.text ?? ""
    }
}

/// Some connections of one kind.
struct Burst: Sendable {
    /// How the connections lie in time.
    enum Rhythm: Sendable {
        /// One in each of as many equal slots, anywhere in it.
        case spread
        /// As regular as a clock, but for so many nanoseconds either way.
        case regular(jitter: Int64)
    }

    /// Which target and port a connection has.
    enum Aim: Sendable {
        /// Drawn.
        case drawn
        /// One after the other: all targets on the first port, then all on the next.
        case inTurn
    }

    var sources: [Party]
    var targets: [Party]
    var ports: [UInt16]
    var proto: UInt8 = 6
    var count: Int
    var window: TimeWindow
    var rhythm = Rhythm.spread
    var aim = Aim.inTurn
    /// Nanoseconds.
    var duration: ClosedRange<Int64> = 400_000_000...6_400_000_000
    /// Payload of each connection, in bytes.
    var up: ClosedRange<UInt64> = 1_300...2_800
    var down: ClosedRange<UInt64> = 1_700...3_500
    /// The exit node that traffic to the internet goes through.
    var exit: Int?
    /// Whether all packets go through a relay.
    var isRelayed = false
    /// Whether only the source reports it: the other side never saw it.
    var isOneSided = false
    /// Whether a try is one packet: nothing is sent again, and nothing follows the answer.
    var isHalfOpen = false
}

/// An anomaly with what its script wrote down.
struct AnomalyFacts: Sendable {
    var anomaly: Anomaly
    var key: ChanceKey
    var bursts: [Burst]
    var events: [AdminEvent]
    var stages: [IncidentStage]
    var hidden: [(node: Int?, peer: Int?, window: TimeWindow)]
    var moved: [(node: Int, window: TimeWindow)]
    var policyEdits: [(time: Instant, text: String)]
    var inventory: [InventoryChange]
    var actors: [IncidentParty]
    var targets: [IncidentParty]

    /// Runs the script of an anomaly's kind.
    init(_ anomaly: Anomaly, key: ChanceKey, world: AnomalyStage) throws(SimulationError) {
        self.anomaly = anomaly
        self.key = key
        var script = AnomalyScript(world: world, anomaly: anomaly, key: key)
        try AnomalyScripts.run(&script)
        bursts = script.bursts
        events = script.events.sorted { $0.time < $1.time }
        stages =
            script.stages.isEmpty
            ? anomaly.kind.stages.map {
                IncidentStage(name: $0.name, start: anomaly.window.start, end: anomaly.window.end, attack: $0.attack)
            } : script.stages
        hidden = script.hidden
        moved = script.moved
        policyEdits = script.policyEdits
        inventory = script.inventory
        actors = script.actors
        targets = script.targets
    }
}

extension World {
    /// Finds out what every anomaly does, and refuses those whose actor cannot act.
    static func resolve(stage: AnomalyStage) throws(SimulationError) -> [AnomalyFacts] {
        var resolved: [AnomalyFacts] = []
        for anomaly in stage.plan.anomalies {
            let start = anomaly.window.start.nanoseconds
            if let node = anomaly.node,
                (stage.presence.memberUntil(node, at: start) ?? start) < anomaly.window.end.nanoseconds
            {
                throw SimulationError(
                    "anomaly \(anomaly.id): node \"\(stage.plan.nodes[node].key)\" is not in the tailnet from "
                        + "\(anomaly.window.start.rfc3339) to \(anomaly.window.end.rfc3339); "
                        + "give another time, another node, or none")
            }
            let key = stage.root.key("anomaly").key(anomaly.id)
            resolved.append(try AnomalyFacts(anomaly, key: key, world: stage))
        }
        return resolved
    }
}

extension AnomalyScript {
    /// Calls `body` with so many moments of a window, one in each of as many equal slots, and a key for each.
    mutating func forEachMoment(
        _ count: Int64, in window: TimeWindow, _ body: (inout AnomalyScript, Instant, ChanceKey) -> Void
    ) {
        let slot = window.length.nanoseconds / max(1, count)
        for ordinal in 0..<count {
            let key = key.key("moment").key(UInt64(bitPattern: window.start.nanoseconds)).key(UInt64(ordinal))
            let offset = ordinal * slot + Int64(key.draw(0, below: UInt64(max(1, slot))))
            body(&self, window.start + .nanoseconds(offset), key)
        }
    }
}

extension AnomalyScript {
    /// The acting user logs in to the admin console when the incident begins.
    mutating func login() { change(at: window.start, by: anomaly.user, .console(isLogin: true)) }

    /// Who sets things right again.
    func other(at time: Instant) -> Int? { world.admin(besides: anomaly.user, at: time, key: key) }

    /// Lets the kind's last stage begin so many thousandths into the anomaly's time, and all others end there.
    mutating func stageRemediation(from permille: Int64) {
        let count = anomaly.kind.stages.count
        for index in 0..<count {
            stage(index, index + 1 < count || count == 1 ? part(0, permille) : part(permille, 1_000))
        }
    }
}
