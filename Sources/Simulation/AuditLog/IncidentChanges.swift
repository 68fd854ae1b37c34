import ScenarioSpec
import SimTime
import TailnetControl

/// What incidents do to the configuration, as the log shows it.
struct IncidentChanges: Sendable {
    /// A change that an incident makes.
    private struct Change: Sendable {
        var event: AdminEvent
        var incident: Int
        var changes: [AuditChange]
    }

    private let plane: ControlPlane?
    /// The changes of all incidents, by instant.
    private let changes: [Change]

    init(world: World) {
        let events = world.incidents.indices.flatMap { index in
            world.incidents[index].events.map { (event: $0, incident: index) }
        }
        guard !events.isEmpty else {
            plane = nil
            changes = []
            return
        }
        // Old and new values are those of a tailnet in which the incidents' changes count.
        var plan = world.plan
        let all =
            plan.administration.events.map { (event: $0, incident: Int?.none) }
            + events.map { (event: $0.event, incident: Int?.some($0.incident)) }
        let ordered = all.indices.sorted { (all[$0].event.time, $0) < (all[$1].event.time, $1) }.map { all[$0] }
        plan.administration.events = ordered.map(\.event)
        plane = ControlPlane(world: world, plan: plan, control: ControlState(plan: plan, root: world.root))
        changes = IncidentChanges.changes(ordered, of: plan, in: world)
    }

    /// Makes all changes in their order of time.
    private static func changes(
        _ events: [(event: AdminEvent, incident: Int?)], of plan: Plan, in world: World
    ) -> [Change] {
        var state = plan.initialState(root: world.root)
        state.renewals = world.keyLife
        // Each story has objects of its own: what one does to a webhook says nothing about what another finds.
        var objects = world.incidents.map(\.objects)
        var changes: [Change] = []
        for (event, incident) in events {
            if let incident {
                swap(&state.objects, &objects[incident])
                // Whichever attribute a story sets, it sets for the first time.
                state.objects.attributes = [:]
            }
            let made = state.record(event.action, by: event.actor, at: event.time, key: event.identity(world.root))
            if let incident {
                swap(&state.objects, &objects[incident])
                changes.append(Change(event: event, incident: incident, changes: made))
            }
        }
        return changes
    }

    /// The configuration with what incidents change; nil where they change nothing.
    var control: ControlState? { plane?.control }

    /// Calls `body` with the groups of the changes in a window, by instant.
    func forEachGroup(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        guard let plane else { return }
        var index = changes.partitionPoint { $0.event.time < window.start }
        while index < changes.count, changes[index].event.time < window.end {
            var group = plane.group(changes[index].event, changes[index].changes)
            group.incident = changes[index].incident
            body(group)
            index += 1
        }
    }

    /// The records that an incident's changes make: the earliest `eventTime` and the latest `logged`.
    func extent(ofIncident incident: Int) -> (first: Instant, last: Instant)? {
        guard let plane else { return nil }
        let groups = changes.filter { $0.incident == incident }.map { plane.group($0.event, $0.changes) }
        guard let first = groups.map(\.time).min(), let last = groups.flatMap({ $0.records() }).map(\.logged).max()
        else { return nil }
        return (first, last)
    }
}
