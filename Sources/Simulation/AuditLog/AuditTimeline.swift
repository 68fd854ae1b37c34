import KeyedRandom
import ScenarioSpec
public import SimTime
import TailnetControl
import TailnetModel

/// The control plane's history: what people and programs do to the tailnet's configuration, for any range of time.
public struct AuditTimeline: Sendable {
    let world: World
    let withIncidents: Bool
    let plane: ControlPlane
    let days: AuditDays
    let changes: IncidentChanges?

    /// Makes the timeline of a world.
    ///
    /// - Parameter withIncidents: false for the run as it would be without any.
    public init(world: World, withIncidents: Bool) {
        self.world = world
        self.withIncidents = withIncidents
        let plane = ControlPlane(world: world)
        self.plane = plane
        days = AuditDays(world: world, plane: plane)
        changes = withIncidents ? IncidentChanges(world: world) : nil
    }

    /// The records that are logged in `window`, in the order of the log.
    public func records(loggedIn window: TimeWindow) -> [TimelineRecord] {
        let past = TimeWindow(start: window.start - AuditGroup.longestDelay, end: window.end)
        var records: [TimelineRecord] = []
        func add(_ group: AuditGroup) { group.append(to: &records, loggedIn: window) }
        forEachOperation(past, add)
        forEachNodeMoment(past, add)
        forEachHabit(past, add)
        changes?.forEachGroup(past, add)
        AuditTimeline.order(&records)
        return records
    }

    /// Sorts places instead of the records, which are large, and then lets every record change place once.
    private static func order(_ records: inout [TimelineRecord]) {
        var order = records.indices.map { (logged: records[$0].logged, place: $0) }
        order.sort { left, right in
            if left.logged != right.logged { return left.logged < right.logged }
            return TimelineRecord.precedes(records[left.place], records[right.place])
        }
        for index in order.indices {
            var place = order[index].place
            // What stood there may have been moved on already.
            while place < index { place = order[place].place }
            if place != index { records.swapAt(index, place) }
        }
    }

    /// Explicit events and what follows from them.
    private func forEachOperation(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        let operations = plane.operations
        var index = operations.partitionPoint { plane.time($0) < window.start }
        while index < operations.count, plane.time(operations[index]) < window.end {
            if let group = plane.group(operations[index]) { body(group) }
            index += 1
        }
    }

    /// Nodes that come and go by themselves: ephemeral ones, and those of fleets.
    private func forEachNodeMoment(_ window: TimeWindow, _ body: (AuditGroup) -> Void) {
        var index = plane.arrivals.partitionPoint { $0.time < window.start }
        while index < plane.arrivals.count, plane.arrivals[index].time < window.end {
            let moment = plane.arrivals[index]
            body(
                AuditGroup(
                    key: world.nodes[moment.node].key.key("arrival"), time: moment.time, origin: .node,
                    actor: plane.joiner(ofNode: moment.node, at: moment.time),
                    changes: plane.joinChanges(moment.node, at: moment.time)))
            index += 1
        }
        index = plane.departures.partitionPoint { $0.time < window.start }
        while index < plane.departures.count, plane.departures[index].time < window.end {
            let moment = plane.departures[index]
            body(
                AuditGroup(
                    key: world.nodes[moment.node].key.key("departure"), time: moment.time, origin: .control,
                    actor: plane.entities.system(.worker),
                    changes: [AuditChange("DELETE", plane.entities.node(moment.node, at: moment.time))]))
            index += 1
        }
    }
}

extension Array {
    /// The first place whose element is not `before`, in an array whose elements that are come first.
    func partitionPoint(_ before: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if before(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
