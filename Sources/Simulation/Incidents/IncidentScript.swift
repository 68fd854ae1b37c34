import ByteText
import Truth
import IncidentCatalog
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

/// What one anomaly does, written down once by its kind's script.
///
/// A script asks `world` for what it needs and adds bursts of connections and changes of the configuration; nothing is
/// made before a stretch of time is asked for.
struct IncidentScript {
    let world: ScriptStage
    let incident: PlannedIncident
    /// The key of everything drawn for the anomaly.
    let key: RandomKey
    private(set) var bursts: [Burst] = []
    private(set) var events: [AdminEvent] = []
    /// What each event was planned for.
    private var planned: [Instant] = []
    private(set) var stages: [IncidentStage] = []
    private(set) var hidden: [(node: Int?, peer: Int?, window: TimeWindow)] = []
    private(set) var moved: [(node: Int, window: TimeWindow)] = []
    private(set) var policyEdits: [(time: Instant, text: String)] = []
    private(set) var inventory: [InventoryChange] = []
    /// DNS, webhooks, log streams and the like as the story finds them: those of a new tailnet unless the script says
    /// otherwise.
    private(set) var objects = TailnetObjects()
    /// Parties beside those of the cast.
    private(set) var actors: [IncidentParty] = []
    private(set) var targets: [IncidentParty] = []

    init(world: ScriptStage, incident: PlannedIncident, key: RandomKey) {
        self.world = world
        self.incident = incident
        self.key = key
    }

    var variant: IncidentVariant { incident.variant }
    var window: TimeWindow { incident.window }
    /// The acting node; kinds whose cast has none do not ask.
    var node: EndpointID { EndpointID(incident.node ?? 0) }
    var targetNodes: [EndpointID] { incident.targets.map { EndpointID($0) } }
    /// The hosts that only this anomaly talks to.
    var ownHosts: [EndpointID] { incident.ownHosts.map { EndpointID(world.plan.nodes.count + $0) } }
    var ownNodes: [EndpointID] { incident.ownNodes.map { EndpointID($0) } }

    /// A parameter's value; spans in nanoseconds.
    subscript(_ key: IncidentParameter.Key) -> Int64 { incident[key] }

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
        let stage = incident.kind.stages[index]
        stages.append(IncidentStage(name: stage.name, start: window.start, end: window.end, attack: stage.attack))
    }

    /// Adds a change of the configuration, made by a person in the admin console, by a client, or by the service.
    ///
    /// - Returns: the very instant: a round one is moved within its second.
    @discardableResult
    mutating func change(
        at time: Instant, by user: Int? = nil, client: Int? = nil, throughAPI: Bool = false, _ action: ControlAction
    ) -> Instant {
        var instant = moment(late(time), ordinal: events.count)
        // What is planned for one instant happens in one second, and in the order in which it was planned.
        if let before = planned.lastIndex(of: time) {
            let longest = UInt64(max(1, min(200_000_000, window.length.nanoseconds / 2_000)))
            let wait = key.key("wait").draw(UInt64(events.count), below: longest)
            instant = max(instant, events[before].time + .nanoseconds(1 + Int64(wait)))
        }
        planned.append(time)
        let name = "\(incident.id) \(events.count + 1)"
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
        let most = isLong ? IncidentScript.latestInLongOnes : length / 50
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
        if policyEdits.isEmpty { objects.policy = world.policy(at: time) }
        let instant = change(at: time, by: user, client: client, .setPolicy(text))
        policyEdits.append((instant, text))
    }

    /// Says what the tailnet has when the story begins, of which the scenario does not tell.
    mutating func assume(_ body: (inout TailnetObjects) -> Void) { body(&objects) }

    /// Lets the inventory show something of a node that no record tells.
    mutating func show(_ fact: InventoryChange.Fact, of node: Int, in window: TimeWindow) {
        inventory.append(InventoryChange(fact: fact, node: node, window: window))
    }

    /// Names somebody as an actor beside the cast.
    mutating func addActor(_ party: IncidentParty) { actors.append(party) }

    /// Names somebody as a target beside the cast.
    mutating func addTarget(_ party: IncidentParty) { targets.append(party) }
}

extension World {
    /// Finds out what every anomaly does, and refuses those whose actor cannot act.
    static func resolve(stage: ScriptStage) throws(SimulationError) -> [IncidentFacts] {
        var resolved: [IncidentFacts] = []
        for incident in stage.plan.incidents {
            let start = incident.window.start.nanoseconds
            if let node = incident.node,
                (stage.availability.memberUntil(node, at: start) ?? start) < incident.window.end.nanoseconds
            {
                throw SimulationError(
                    "anomaly \(incident.id): node \"\(stage.plan.nodes[node].key)\" is not in the tailnet from "
                        + "\(incident.window.start.rfc3339) to \(incident.window.end.rfc3339); "
                        + "give another time, another node, or none")
            }
            let key = stage.root.key("anomaly").key(incident.id)
            resolved.append(try IncidentFacts(incident, key: key, world: stage))
        }
        return resolved
    }
}

extension IncidentScript {
    /// Calls `body` with so many moments of a window, one in each of as many equal slots, and a key for each.
    mutating func forEachMoment(
        _ count: Int64, in window: TimeWindow, _ body: (inout IncidentScript, Instant, RandomKey) -> Void
    ) {
        let slot = window.length.nanoseconds / max(1, count)
        for ordinal in 0..<count {
            let key = key.key("moment").key(UInt64(bitPattern: window.start.nanoseconds)).key(UInt64(ordinal))
            let offset = ordinal * slot + Int64(key.draw(0, below: UInt64(max(1, slot))))
            body(&self, window.start + .nanoseconds(offset), key)
        }
    }
}

extension IncidentScript {
    /// The acting user logs in to the admin console when the incident begins.
    mutating func login() { change(at: window.start, by: incident.user, .console(isLogin: true)) }

    /// Who sets things right again.
    func other(at time: Instant) -> Int? { world.admin(besides: incident.user, at: time, key: key) }

    /// Lets the kind's last stage begin so many thousandths into the anomaly's time, and all others end there.
    mutating func stageRemediation(from permille: Int64) {
        let count = incident.kind.stages.count
        for index in 0..<count {
            stage(index, index + 1 < count || count == 1 ? part(0, permille) : part(permille, 1_000))
        }
    }
}
