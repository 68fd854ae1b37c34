package import KeyedRandom
package import ScenarioSpec
package import SimTime
package import TailnetControl
package import TailnetModel

/// The tailnet's configuration at any instant, looked up in the history of the scenario's explicit changes and never
/// replayed.
///
/// It also knows what follows from the changes by habit: devices that wait for approval are approved after a while.
package struct ControlState: Sendable {
    /// A node from one instant on.
    package struct NodeState: Sendable {
        /// `distantPast` for the first one.
        package var since: Instant
        package var node: Node
    }

    private let plan: Plan
    /// What the explicit changes made of the tailnet.
    let history: TailnetHistory
    /// When each node is made and goes for good, without touching the large nodes.
    private let lifetimes: [TimeWindow]
    private let owners: [Int?]
    /// Owned nodes that join in the run while new devices wait, with the instant of approval; by that instant.
    package private(set) var approvals: [(time: Instant, node: Int)] = []
    /// When each of the nodes that had to wait is approved.
    private var approvedAt: [Int: Instant] = [:]
    /// The nodes that are not in the tailnet before their approval.
    private var waiting: Set<Int> = []
    /// The nodes whose name, tags, owner or routes change, ascending.
    package let changedNodes: [Int]

    /// Makes the state of a plan.
    package init(plan: Plan, root: RandomKey) {
        self.plan = plan
        lifetimes = plan.nodes.map { node in
            TimeWindow(start: node.created, end: node.removed ?? .distantFuture)
        }
        owners = plan.nodes.map(\.owner)
        var history = TailnetHistory(plan.initialState(root: root))
        for event in plan.administration.events {
            history.record(event.action, by: event.actor, at: event.time, key: event.identity(root))
        }
        self.history = history
        changedNodes = history.changedNodes
        findApprovals(root)
    }

    /// Lets nodes that join while new devices wait be approved: at the explicit instant, or after some minutes or hours.
    private mutating func findApprovals(_ root: RandomKey) {
        var explicit: [Int: Instant] = [:]
        for event in plan.administration.events {
            if case .changeNode(.approve, let node) = event.action { explicit[node] = event.time }
        }
        // Devices that only an incident knows are let in by its script.
        for (node, time) in explicit where node >= plan.ordinaryNodeCount { approvedAt[node] = time }
        for (index, node) in plan.nodes.prefix(plan.ordinaryNodeCount).enumerated()
        where node.created >= plan.span.start && node.owner != nil {
            guard isOn(.deviceApproval, at: node.created) else { continue }
            waiting.insert(index)
            if let time = explicit[index] {
                approvedAt[index] = time
                continue
            }
            let key = root.key("approval").key(node.key)
            let time = node.created + .minutes(2) + TimeSpan(draw: key.draw(0), below: .minutes(150))
            approvals.append((time, index))
            approvedAt[index] = time
        }
        approvals.sort { ($0.time, $0.node) < ($1.time, $1.node) }
    }
}

extension ControlState {
    /// Whether nodes write network flow logs at an instant.
    package func isFlowLoggingOn(at instant: Instant) -> Bool { isOn(.flowLogging, at: instant) }

    /// Whether nodes write network flow logs at any instant of a window.
    package func isFlowLoggingOn(within window: TimeWindow) -> Bool {
        if isFlowLoggingOn(at: window.start) { return true }
        return states(of: .flowLogging).contains { $0.isOn && window.contains($0.since) }
    }

    /// Whether exit traffic keeps its destinations at an instant.
    package func logsExitFlows(at instant: Instant) -> Bool { isOn(.exitFlowLogging, at: instant) }

    /// How a switch of the tailnet stands at an instant.
    package func isOn(_ setting: TailnetSwitch, at instant: Instant) -> Bool { history.isOn(setting, at: instant) }

    /// When a switch stands how: the first entry holds from the beginning of time.
    package func states(of setting: TailnetSwitch) -> [(since: Instant, isOn: Bool)] {
        history.states(of: setting).map { ($0.since, $0.value) }
    }

    /// Days that a key lasts which is made or renewed at an instant.
    package func days(at instant: Instant) -> Int64 { Int64(history.keyDays(at: instant)) }

    /// When the days that keys last change, after the beginning.
    package var keyDaysChanges: [(since: Instant, days: Int64)] {
        history.keyDaysChanges.map { ($0.since, Int64($0.days)) }
    }

    /// The tailnet's MagicDNS suffix at an instant.
    package func dnsSuffix(at instant: Instant) -> String { history.dnsSuffix(at: instant) }

    /// The node as it is at an instant.
    package func node(_ index: Int, at instant: Instant) -> Node { history.node(index, at: instant) }

    /// The node's owner at an instant; nil where it is tagged by then.
    package func owner(ofNode index: Int, at instant: Instant) -> Int? {
        history.isChanged(node: index) ? history.owner(ofNode: index, at: instant) : owners[index]
    }

    /// The node's names, tags, owners and routes, one after another; one state where nothing changes.
    package func states(ofNode index: Int) -> [NodeState] {
        history.states(ofNode: index).map { NodeState(since: $0.since, node: $0.value) }
    }

    /// Whether the node ever differs from the plan's.
    package func isChanged(node index: Int) -> Bool { history.isChanged(node: index) }

    /// The user's role at an instant.
    package func role(ofUser user: Int, at instant: Instant) -> UserRole { history.role(ofUser: user, at: instant) }

    /// Whether the account is there at an instant, approved and not suspended.
    package func isActive(user: Int, at instant: Instant) -> Bool { history.isActive(user: user, at: instant) }

    /// Whether the scenario ever gives the user a role beside that in the plan.
    package func hasOtherRoles(user: Int) -> Bool { history.hasOtherRoles(user: user) }

    /// The intervals in which explicit changes keep a node out of the tailnet, in order and apart from each other.
    ///
    /// All that an event can do is in: joining, deletion, logging out, explicit expiry of the key, waiting for approval,
    /// the account's creation, suspension and deletion, and the node's own `removed`. What the calendar does to keys is
    /// `KeyLife`'s.
    package func absences(ofNode index: Int) -> [TimeWindow] {
        let node = plan.nodes[index]
        var list = history.absences(ofNode: index)
        if waiting.contains(index), let time = approvedAt[index] {
            list.append(TimeWindow(start: .distantPast, end: time))
        }
        if node.created >= plan.span.start || node.removed != nil {
            list.append(TimeWindow(start: .distantPast, end: node.created))
        }
        if let removed = node.removed { list.append(TimeWindow(start: removed, end: .distantFuture)) }
        guard list.count > 1 else { return list }
        list.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        var merged = [list[0]]
        for interval in list.dropFirst() {
            if interval.start <= merged[merged.count - 1].end {
                merged[merged.count - 1].end = max(merged[merged.count - 1].end, interval.end)
            } else {
                merged.append(interval)
            }
        }
        return merged
    }

    /// The scenario's explicit changes, by instant.
    package var events: [AdminEvent] { plan.administration.events }

    /// Whether a node that joined while new devices wait has been approved by an instant; true for all others.
    package func isApproved(node index: Int, at instant: Instant) -> Bool {
        guard let approval = approvedAt[index] else { return true }
        return approval <= instant
    }

    /// Whether the node belongs to the tailnet at an instant, by explicit changes.
    package func isMember(node index: Int, at instant: Instant) -> Bool {
        guard lifetimes[index].contains(instant) else { return false }
        if waiting.contains(index), !isApproved(node: index, at: instant) { return false }
        return history.isMember(node: index, at: instant)
    }

    /// How the node's key lives, phase after phase; the first begins before all others.
    package func keyPhases(ofNode index: Int) -> [KeyPhase] {
        [firstKeyPhase(ofNode: index)] + history.laterKeyPhases(ofNode: index)
    }

    /// Whether explicit changes touch the node's key.
    package func hasKeyChanges(node index: Int) -> Bool { !history.laterKeyPhases(ofNode: index).isEmpty }

    /// How the node's key lives until an explicit change.
    package func firstKeyPhase(ofNode index: Int) -> KeyPhase {
        let node = plan.nodes[index]
        let isEndless = node.owner == nil || node.keyExpiryDisabled
        return KeyPhase(
            since: node.created,
            expiry: isEndless ? nil : node.created + .days(days(at: node.created)))
    }

    /// When the node's key expires as seen at an instant: what `expires` of the API and `old` of the log show.
    ///
    /// Nil where it never does.
    func keyExpiry(ofNode node: Int, at instant: Instant, _ life: KeyLife) -> Instant? {
        guard let phase = keyPhases(ofNode: node).last(where: { $0.since < instant }) else { return nil }
        return life.expiry(ofNode: node, in: phase, before: instant)
    }
}
