import ByteText
import Truth
import IncidentCatalog
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

/// What one incident does, written down once by its kind's script.
///
/// A script asks `world` for what it needs and adds bursts of connections and changes of the configuration; nothing is
/// made before a range of time is asked for.
struct IncidentScript {
    let world: ScriptStage
    let incident: PlannedIncident
    /// The key of everything drawn for the incident.
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
    /// Actors and targets beside those of the cast.
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
    /// The hosts that only this incident connects to.
    var ownHosts: [EndpointID] { incident.ownHosts.map { EndpointID(world.plan.nodes.count + $0) } }
    var ownNodes: [EndpointID] { incident.ownNodes.map { EndpointID($0) } }

    /// The value of a parameter that counts something.
    subscript(_ key: IncidentParameter.Key) -> Int64 { incident[key] }

    /// The value of a parameter that is a span of time.
    func span(_ key: IncidentParameter.Key) -> TimeSpan { .nanoseconds(incident[key]) }

    /// The instant at so many thousandths of the incident's time.
    func time(permille: Int64) -> Instant {
        window.start + window.length / 1_000 * permille
    }

    /// The part of the incident's time between two thousandths of it.
    func part(_ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(start: time(permille: from), end: time(permille: to))
    }

    /// Adds connections.
    mutating func connect(_ burst: Burst) { bursts.append(burst) }

    /// Says when one of the kind's stages is; those that are not named last as long as the incident.
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
            let longest = min(.milliseconds(200), window.length / 2_000)
            let wait = TimeSpan(draw: key.key("wait").draw(UInt64(events.count)), below: longest)
            instant = max(instant, events[before].time + .nanoseconds(1) + wait)
        }
        planned.append(time)
        let name = "\(incident.id) \(events.count + 1)"
        events.append(
            AdminEvent(
                key: name, time: instant, user: user, client: client, isByAPI: throughAPI || client != nil,
                action: action))
        return instant
    }

    /// The instant as it comes in life, a fiftieth of the incident's time away at most.
    ///
    /// What is planned for half past must not happen at half past, nor so many seconds after what was planned before it;
    /// the order of what is planned stays. Long incidents choose their hours themselves: nothing comes before its hour.
    private func late(_ time: Instant) -> Instant {
        guard window.length >= .seconds(50), window.contains(time) else { return time }
        let length = window.length
        let isLong = window.length > .hours(3)
        let most = isLong ? IncidentScript.latestInLongOnes : length / 50
        let pace = UnevenPace(key: key.key("late"), length: length, most: most, ramp: isLong ? most * 10 : length)
        return window.start + pace.place(of: time - window.start)
    }

    /// How late an event is in incidents of many hours.
    private static let latestInLongOnes = TimeSpan.seconds(30)

    /// A moment of the second that begins at `time`: nobody acts at round instants, and one must not give a record away.
    private func moment(_ time: Instant, ordinal: Int) -> Instant {
        guard time.floored(to: .seconds(1)) == time else { return time }
        let part = TimeSpan(draw: key.key("moment of change").draw(UInt64(ordinal)), below: .seconds(1))
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

    /// Sets what the tailnet has when the story begins and the scenario does not describe.
    mutating func assume(_ body: (inout TailnetObjects) -> Void) { body(&objects) }

    /// Lets the inventory show a fact about a node that is in no record.
    mutating func show(_ fact: InventoryChange.Fact, of node: Int, in window: TimeWindow) {
        inventory.append(InventoryChange(fact: fact, node: node, window: window))
    }

    /// Names somebody as an actor beside the cast.
    mutating func addActor(_ party: IncidentParty) { actors.append(party) }

    /// Names somebody as a target beside the cast.
    mutating func addTarget(_ party: IncidentParty) { targets.append(party) }
}

extension World {
    /// Finds out what every incident does, and refuses those whose actor cannot act.
    static func resolve(stage: ScriptStage) throws(SimulationError) -> [IncidentFacts] {
        var resolved: [IncidentFacts] = []
        for incident in stage.plan.incidents {
            let start = incident.window.start
            if let node = incident.node,
                (stage.availability.memberUntil(node, at: start) ?? start) < incident.window.end
            {
                throw SimulationError(
                    "incident \(incident.id): node \"\(stage.plan.nodes[node].key)\" is not in the tailnet from "
                        + "\(incident.window.start.rfc3339) to \(incident.window.end.rfc3339); "
                        + "give another time, another node, or none", incident: incident.id)
            }
            // The word of an earlier version, on which every draw of an incident depends.
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
        let slot = window.length / max(1, count)
        for ordinal in 0..<count {
            let key = key.key("moment").key(UInt64(bitPattern: window.start.nanoseconds)).key(UInt64(ordinal))
            body(&self, window.start + slot * ordinal + TimeSpan(draw: key.draw(0), below: slot), key)
        }
    }
}

extension IncidentScript {
    /// The acting user logs in to the admin console when the incident begins.
    mutating func login() { change(at: window.start, by: incident.user, .console(isLogin: true)) }

    /// Who undoes what the incident did.
    func other(at time: Instant) -> Int? { world.admin(besides: incident.user, at: time, key: key) }

    /// Lets the kind's last stage begin so many thousandths into the incident's time, and all others end there.
    mutating func stageRemediation(from permille: Int64) {
        let count = incident.kind.stages.count
        for index in 0..<count {
            stage(index, index + 1 < count || count == 1 ? part(0, permille) : part(permille, 1_000))
        }
    }
}
