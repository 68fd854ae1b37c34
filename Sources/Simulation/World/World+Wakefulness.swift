package import SimTime
import ScenarioSpec
import TailnetModel

extension World {
    /// As many nodes are asked when they are up.
    private static let mostAsked = 2_000
    /// How far apart the instants are at which they are asked.
    private static var samplingStep: TimeSpan { .minutes(15) }
    /// How long after a window the next node to wake is looked for: holidays are shorter.
    private static var searched: TimeSpan { .days(14) }
    /// As many kinds of working hours are named.
    private static let mostHours = 5

    /// Why the network log of a window is empty; nil where somebody is awake who could write one.
    ///
    /// Says who works when, and when the next node wakes.
    ///
    /// - Parameter withIncidents: Whether incidents happen; they wake the machines that they use.
    package func silence(in window: TimeWindow, withIncidents: Bool) -> String? {
        if !writesFlows(in: window) { return "network flow logs are switched off, so there are no flow records" }
        if withIncidents, incidents.contains(where: { !$0.bursts.isEmpty && $0.incident.window.overlaps(window) }) {
            return nil
        }
        if plan.patterns.isEmpty { return "the scenario has no traffic, so there are no flow records" }
        let nodes = askedNodes
        guard !nodes.isEmpty, firstUp(of: nodes, in: window) == nil else { return nil }
        let search = TimeWindow(start: window.end, end: window.end + World.searched)
        return "nobody is awake from \(window.start.rfc3339) to \(window.end.rfc3339), so there are no flow records; "
            + workingHours + "; " + advice(firstUp(of: nodes, in: search), window)
    }

    /// The nodes that patterns start from, or some of them where there are many.
    private var askedNodes: [Int] {
        var nodes: Set<Int> = []
        for pattern in plan.patterns {
            nodes.formUnion(pattern.sources)
            // Hosts do not sleep, and their routers record them.
            for host in pattern.sourceHosts {
                if case .lan(let routers) = plan.hosts[host].place { nodes.formUnion(routers) }
            }
        }
        let all = nodes.sorted()
        let step = max(1, all.count / World.mostAsked)
        return stride(from: 0, to: all.count, by: step).map { all[$0] }
    }

    /// The first instant asked about at which a node is up, and the node.
    private func firstUp(of nodes: [Int], in window: TimeWindow) -> (node: Int, instant: Instant)? {
        var instant = window.start
        while instant < window.end {
            for node in nodes where availability.upUntil(node, at: instant, horizon: instant) != nil {
                return (node, instant)
            }
            instant += World.samplingStep
        }
        return nil
    }

    /// Who works when, the most frequent hours first.
    private var workingHours: String {
        struct Habit: Hashable {
            var hours: WorkingHours
            var zone: TimeZoneRule
        }
        var order: [Habit] = []
        var members: [Habit: [Int]] = [:]
        for user in plan.users.indices {
            let habit = Habit(hours: plan.workingHours[user], zone: plan.users[user].timeZone)
            if members[habit] == nil { order.append(habit) }
            members[habit, default: []].append(user)
        }
        let ranked = order.enumerated().sorted { left, right in
            let counts = (members[left.element]?.count ?? 0, members[right.element]?.count ?? 0)
            return (-counts.0, left.offset) < (-counts.1, right.offset)
        }.map(\.element)
        let texts = ranked.prefix(World.mostHours).map { habit in
            let users = members[habit] ?? []
            let who = users.count == 1 ? plan.users[users[0]].key : "\(users.count) users"
            let days = habit.hours.weekends ? "every day" : "Monday to Friday"
            return "\(who): \(habit.hours.start.clock)-\(habit.hours.end.clock) \(habit.zone.name), \(days)"
        }
        let more = ranked.count - texts.count
        return "working hours are \(texts.joined(separator: "; "))" + (more > 0 ? "; and \(more) others" : "")
    }

    private func advice(_ next: (node: Int, instant: Instant)?, _ window: TimeWindow) -> String {
        guard let next else { return "no node wakes in the \(World.searched.text) after it either" }
        let offset = next.instant - plan.span.start
        let advice =
            next.instant < plan.span.end
            ? "write --from +\(offset.text), or a longer --duration"
            : "write another clock.start, or a clock.duration of more than \(offset.text)"
        return "\(plan.nodes[next.node].key) is awake again at \(next.instant.rfc3339); \(advice)"
    }
}

extension TimeSpan {
    /// `08:30`: a time of day on a clock.
    fileprivate var clock: String {
        let minutes = self / .minutes(1)
        func digits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(digits(minutes / 60)):\(digits(minutes % 60))"
    }
}
