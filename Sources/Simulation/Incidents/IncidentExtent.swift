import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

extension World {
    /// The records that an incident's traffic touches: the earliest `start` and the latest `logged`, over the whole run.
    ///
    /// Of the incident's own sessions they are exact. What it does to other records is bounded by the recording windows
    /// of the nodes that may have such a record, whether or not they have traffic in them: for suppressions the nodes
    /// whose records are suppressed, for relocations the node and those that it has traffic with. An edit of the policy
    /// counts from its instant until it is taken back, and beyond that as far as there are records of connections that
    /// it lets in, keeps out or cuts.
    func flowExtent(ofIncident index: Int) -> (first: Instant, last: Instant)? {
        var extent = RecordExtent()
        addSessions(ofIncident: index, to: &extent)
        for suppression in suppressions where suppression.incident == index {
            let recorded = suppression.node.map { $0..<$0 + 1 } ?? nodes.indices
            for node in recorded { addWindows(of: node, in: suppression.window, byEndAlone: false, to: &extent) }
        }
        for relocation in relocations where relocation.incident == index {
            for node in neighbours(of: relocation.node) {
                addWindows(of: node, in: relocation.window, byEndAlone: true, to: &extent)
            }
        }
        for edited in changedAdmission?.editedWindows ?? [] where edited.incident == index {
            let window = TimeWindow(start: edited.window.start, end: min(edited.window.end, plan.span.end))
            guard window.start < window.end else { continue }
            addEdit(window, ofIncident: index, to: &extent)
        }
        return extent.bounds
    }

    private func addSessions(ofIncident index: Int, to extent: inout RecordExtent) {
        let maker = SessionMaker(world: self, withIncidents: true)
        maker.forEachSession(of: incidents[index], index: index) {
            add($0, from: $0.start, until: .distantFuture, to: &extent)
        }
    }

    /// Adds the windows between two instants in which an end of a session has something to record.
    private func add(
        _ session: Session, from instant: Instant, until end: Instant, to extent: inout RecordExtent
    ) {
        for (node, isSource) in [(session.source, true), (session.target, false)] {
            if !isSource, !session.isSeenByTarget { continue }
            let facts = nodes[Int(node)]
            guard facts.logsFlows else { continue }
            var grid = WindowGrid(node: facts.key, habit: facts.habit, at: instant)
            var flow = ActiveFlow(
                session, isSource: isSource, from: grid.start, nodes: nodes, hosts: hosts)
            var count = WindowCount()
            while min(session.over, end) > grid.start {
                count.removeAll()
                if count.add(&flow, from: grid.start, to: grid.end, logsExits: true) { extent.add(grid) }
                grid.advance()
            }
        }
    }

    /// Adds what an edit of the policy touches while it is in force, and the records that reach out of that time.
    ///
    /// Only connections that are open within the longest window of the edit's instant can have a record that begins
    /// before it, and only those open within the longest window of its end, or later, one that is logged behind that.
    private func addEdit(_ edit: TimeWindow, ofIncident index: Int, to extent: inout RecordExtent) {
        extent.add(edit)
        func take(_ session: Session) {
            guard Int(session.incident) == index + 1 else { return }
            add(session, from: max(session.start, edit.start), until: plan.span.end, to: &extent)
        }
        let bucket = World.bucketLength
        for instant in [edit.start, edit.end - WindowGrid.longestWindow] {
            let start = instant.floored(to: bucket)
            // Up to the bucket in which the range that matters ends.
            let last = (instant + WindowGrid.longestWindow).floored(to: bucket)
            for lane in 0..<UInt32(World.laneCount) {
                var maker = SessionMaker(world: self, withIncidents: true)
                maker.makeOpenSessions(lane: lane, before: start, sink: take)
                maker.makeSessions(lane: lane, window: TimeWindow(start: start, end: last + bucket), sink: take)
            }
        }
    }

    /// Adds a node's windows that end in a range of time, or that begin in it unless the end alone counts.
    private func addWindows(
        of node: Int, in window: TimeWindow, byEndAlone: Bool, to extent: inout RecordExtent
    ) {
        let facts = nodes[node]
        guard facts.logsFlows, window.start < window.end, facts.life.overlaps(window) else { return }
        var grid = WindowGrid(node: facts.key, habit: facts.habit, at: window.start)
        func counts(_ grid: WindowGrid) -> Bool {
            window.contains(grid.end) || (!byEndAlone && window.contains(grid.start))
        }
        if counts(grid) { extent.add(grid) }
        // The first one decides the beginning; none that is left out is logged after the last one ends.
        grid.seek(to: max(grid.end, window.end - WindowGrid.longestDelay - WindowGrid.longestWindow))
        while grid.start < window.end {
            if counts(grid) { extent.add(grid) }
            grid.advance()
        }
    }

    /// A node and the nodes that it may have ordinary traffic with, or an incident's.
    private func neighbours(of node: Int) -> [Int] {
        var found = Set([node])
        func carriers(_ endpoint: EndpointID) -> [Int] {
            let index = Int(endpoint)
            guard index >= nodes.count else { return [index] }
            if case .lan(let routers) = hosts[index - nodes.count].place { return routers }
            return []
        }
        for facts in patterns {
            let sources = facts.sourcesByLane.joined().flatMap(carriers)
            let targets = facts.targets.flatMap(carriers)
            if sources.contains(node) { found.formUnion(targets) }
            if targets.contains(node) { found.formUnion(sources) }
        }
        for burst in incidents.flatMap(\.bursts) {
            let sources = burst.sources.flatMap(carriers)
            let targets = burst.targets.flatMap(carriers) + (burst.exit.map { [$0] } ?? [])
            if sources.contains(node) { found.formUnion(targets) }
            if targets.contains(node) { found.formUnion(sources) }
        }
        if nodes[node].exitNode != NodeFacts.nobody { found.insert(Int(nodes[node].exitNode)) }
        found.formUnion(nodes.indices.filter { nodes[$0].exitNode == UInt32(node) })
        return found.sorted()
    }
}

/// The earliest `start` and the latest `logged` of some records.
private struct RecordExtent {
    private var first = Instant.distantFuture
    private var last = Instant.distantPast

    /// Takes the record of a window.
    mutating func add(_ grid: WindowGrid) {
        first = min(first, grid.start)
        last = max(last, grid.logged)
    }

    /// Takes a range of time.
    mutating func add(_ window: TimeWindow) {
        first = min(first, window.start)
        last = max(last, window.end)
    }

    var bounds: (first: Instant, last: Instant)? { first <= last ? (first, last) : nil }
}
