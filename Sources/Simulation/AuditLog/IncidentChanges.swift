import ScenarioSpec
import SimTime

/// What anomalies do to the configuration, as the log shows it.
struct IncidentChanges: Sendable {
    private let plane: ControlPlane?
    /// The events of all anomalies, by instant.
    private let events: [(event: AdminEvent, incident: Int)]

    init(world: World) {
        let events = world.incidents.indices.flatMap { index in
            world.incidents[index].events.map { (event: $0, incident: index) }
        }
        self.events = events.indices.sorted { (events[$0].event.time, $0) < (events[$1].event.time, $1) }
            .map { events[$0] }
        guard !events.isEmpty else {
            plane = nil
            return
        }
        // Old and new values are those of a tailnet in which the anomalies' changes count.
        var plan = world.plan
        plan.administration.events = (plan.administration.events + events.map(\.event)).sorted { $0.time < $1.time }
        plane = ControlPlane(world: world, plan: plan, control: ControlState(plan: plan, root: world.root))
    }

    /// The configuration with what anomalies change; nil where they change nothing.
    var control: ControlState? { plane?.control }

    /// Calls `body` with the groups of the changes in a window, by instant.
    func forEachGroup(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        guard let plane else { return }
        var index = events.partitionPoint { $0.event.time < window.start }
        while index < events.count, events[index].event.time < window.end {
            var group = plane.group(events[index].event)
            group.incident = events[index].incident
            body(group)
            index += 1
        }
    }

    /// The records that an anomaly's changes make: the earliest `eventTime` and the latest `logged`.
    func extent(ofIncident incident: Int) -> (first: Instant, last: Instant)? {
        guard let plane else { return nil }
        let groups = events.filter { $0.incident == incident }.map { plane.group($0.event) }
        guard let first = groups.map(\.time).min(), let last = groups.flatMap({ $0.records() }).map(\.logged).max()
        else { return nil }
        return (first, last)
    }
}
