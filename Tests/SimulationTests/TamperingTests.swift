import Truth
import Generation
import KeyedRandom
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// What incidents do to the log besides adding sessions: records that are missing or say less, nodes that are elsewhere.
@Suite("Tampered logs")
struct TamperingTests {
    /// The number of the plan's incident that tampers.
    private static let tampering = 1

    private func plan(seed: Int) throws -> Plan {
        try SmallTailnet(seed: seed, incidents: [SmallTailnet.spike, SmallTailnet.calls]).plan()
    }

    private func window(_ plan: Plan, _ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(start: plan.span.start + .minutes(from), end: plan.span.start + .minutes(to))
    }

    private func node(_ plan: Plan, _ key: String) throws -> Int {
        try #require(plan.nodes.firstIndex { $0.key == key })
    }

    private func suppressions(_ plan: Plan) throws -> [RecordSuppression] {
        let ben = try node(plan, "ben-laptop")
        let web = try node(plan, "web-1")
        let db = try node(plan, "db")
        return [
            // Across the spike's beginning, and within it.
            RecordSuppression(node: ben, window: window(plan, 28, 33), incident: Self.tampering),
            RecordSuppression(node: ben, window: window(plan, 32, 35), incident: 0),
            RecordSuppression(window: window(plan, 50, 56), incident: Self.tampering),
            RecordSuppression(node: web, window: window(plan, 60, 90), peer: db, incident: Self.tampering),
            RecordSuppression(node: db, window: window(plan, 36, 39), peer: ben, incident: Self.tampering),
        ]
    }

    private func relocations(_ plan: Plan) throws -> [Relocation] {
        let place = RandomKey(seed: 77)
        return [
            Relocation(
                node: try node(plan, "ben-laptop"), window: window(plan, 20, 65), place: place.key("there"),
                incident: Self.tampering),
            Relocation(
                node: try node(plan, "web-1"), window: window(plan, 40, 70), place: place.key("there"), incident: 0),
        ]
    }

    @Test(
        "Taking back what labels say of hidden records gives the run without incidents", arguments: PromiseTests.seeds)
    func hidden(seed: Int) async throws {
        let plan = try plan(seed: seed)
        let world = try World(plan: plan, suppressions: try suppressions(plan))
        let with = await LabelledLog(world)
        try with.checkAgainst(await LabelledLog(world, withIncidents: false), of: world)
        #expect(with.count(.suppressed) > 20)
        #expect(with.labels.values.contains { $0.effect == .altered && !$0.removedPeers.isEmpty })
        let off = window(plan, 50, 56)
        for line in with.lines {
            let flow = try FlowLogCodec.decode(Array(line.utf8), channel: .object, strictness: .strict)
            #expect(!off.contains(flow.start) && !off.contains(flow.end))
        }
    }

    @Test("Taking back what labels say of relocations gives the run without incidents", arguments: PromiseTests.seeds)
    func relocated(seed: Int) async throws {
        let plan = try plan(seed: seed)
        let world = try World(plan: plan, suppressions: [], relocations: try relocations(plan))
        let with = await LabelledLog(world)
        try with.checkAgainst(await LabelledLog(world, withIncidents: false), of: world)
        #expect(with.count(.suppressed) == 0)
        let moved = with.labels(ofIncident: Self.tampering)
        #expect(moved.filter { $0.effect == .altered }.count > 20)
        // The packets go to another endpoint; nothing else changes but where the spike adds something.
        for label in moved where label.incidents == [Self.tampering] {
            #expect(label.changes.allSatisfy { $0.kind == .physical })
            #expect(label.changes.contains { $0.before == nil } && label.changes.contains { $0.after == nil })
        }
    }

    @Test("All together, with any number of threads and in any window", arguments: PromiseTests.seeds)
    func threadsAndWindows(seed: Int) async throws {
        let plan = try plan(seed: seed)
        let world = try World(plan: plan, suppressions: try suppressions(plan), relocations: try relocations(plan))
        let whole = await LabelledLog(world)
        try whole.checkAgainst(await LabelledLog(world, withIncidents: false), of: world)
        #expect(await LabelledLog(world, threads: 3) == whole)
        for part in [
            window(plan, 31, 34),
            TimeWindow(start: plan.span.start + .seconds(3_001), end: plan.span.start + .seconds(3_090)),
        ] {
            let log = await LabelledLog(world, window: part, threads: 2)
            #expect(log.lines == whole.lines.filter { part.contains(logged($0)) })
            #expect(log.labels.count == whole.labels.values.filter { part.contains($0.logged) }.count)
            #expect(log.missing.map(\.text) == whole.missing.filter { part.contains($0.label.logged) }.map(\.text))
            #expect(!log.missing.isEmpty)
            let skipped = whole.lines.prefix { logged($0) < part.start }.count
            #expect(
                log.missing.map { $0.place + skipped }
                    == whole.missing.filter { part.contains($0.label.logged) }.map(\.place))
        }
    }

    @Test("A missing record has the log's own form", arguments: Channel.allCases)
    func channels(channel: Channel) async throws {
        let plan = try plan(seed: 3)
        let world = try World(plan: plan, suppressions: try suppressions(plan))
        let without = Set(await LabelledLog(world, channel: channel, withIncidents: false).lines)
        let with = await LabelledLog(world, channel: channel)
        #expect(with.missing.count > 20)
        #expect(with.missing.allSatisfy { without.contains(String(decoding: $0.text, as: UTF8.self)) })
        #expect(with.lines.count + with.missing.count == without.count + with.count(.added))
    }

    @Test("On random tailnets too", arguments: RandomTailnet.seeds)
    func random(seed: Int) async throws {
        var tailnet = RandomTailnet(seed: seed)
        tailnet.incidents = [RandomTailnet.spike]
        let plan = try tailnet.world().plan
        let some = plan.nodes.indices.filter { plan.nodes[$0].logsFlows }
        let world = try World(
            plan: plan,
            suppressions: [
                RecordSuppression(window: window(plan, 40, 44), incident: 0),
                RecordSuppression(node: some[seed % some.count], window: window(plan, 15, 35), incident: 0),
                RecordSuppression(window: window(plan, 5, 15), peer: some[seed * 7 % some.count], incident: 0),
            ],
            relocations: some.prefix(4).map { index in
                Relocation(
                    node: index, window: window(plan, 10 + Int64(index), 50), place: RandomKey(seed: UInt64(seed)),
                    incident: 0)
            })
        let with = await LabelledLog(world, threads: 2)
        try with.checkAgainst(await LabelledLog(world, withIncidents: false), of: world)
        #expect(with.count(.suppressed) > 0 && with.count(.altered) > 0)
    }

    /// The small tailnet with another policy between two minutes, which an incident makes and takes back.
    private func editedPlan(seed: Int, _ policy: String, _ from: Int64, _ to: Int64) throws -> Plan {
        var plan = try plan(seed: seed)
        let edit = window(plan, from, to)
        plan.policies += [
            PolicyVersion(since: edit.start, file: "theirs.hujson", text: policy, incident: Self.tampering),
            PolicyVersion(since: edit.end, file: "back.hujson", text: plan.policies[0].text, incident: Self.tampering),
        ]
        return plan
    }

    private static let open =
        #"{"tagOwners": {"tag:web": ["ana@example.com"], "tag:db": ["ana@example.com"]}, "#
        + #""acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}]}"#
    private static let closed =
        #"{"tagOwners": {"tag:web": ["ana@example.com"], "tag:db": ["ana@example.com"]}, "acls": []}"#

    @Test(
        "Taking back what labels say of an edited policy gives the run without incidents",
        arguments: PromiseTests.seeds, [open, closed])
    func editedPolicy(seed: Int, policy: String) async throws {
        let plan = try editedPlan(seed: seed, policy, 40, 70)
        let world = try World(plan: plan)
        let with = await LabelledLog(world)
        let without = await LabelledLog(world, withIncidents: false)
        try with.checkAgainst(without, of: world)
        #expect(await LabelledLog(world, threads: 3) == with)
        // Without incidents the edit is not there.
        let unedited = try World(plan: try self.plan(seed: seed))
        #expect(await LabelledLog(unedited, withIncidents: false).lines == without.lines)
        let touched = with.labels(ofIncident: Self.tampering)
        #expect(touched.filter { $0.effect == .altered }.count > 5)
        // The edit's own time counts, and what is touched beyond it: connections that begin under it go on.
        let extent = try #require(world.incidents(in: plan.span).first { $0.id == "calls" })
        let edit = window(plan, 40, 70)
        #expect(extent.firstRecord == min(edit.start, touched.map(\.start).min() ?? edit.start))
        #expect(extent.lastRecord == max(edit.end, touched.map(\.logged).max() ?? edit.end))
        if policy == Self.closed {
            // Refused where they were let in, and nothing that needs an answer from then on.
            #expect(with.count(.suppressed) > 0)
            #expect(touched.contains { $0.changes.contains { $0.entry.proto == 99 && $0.before == nil } })
        } else {
            #expect(touched.contains { $0.changes.contains { $0.entry.proto == 99 && $0.after == nil } })
        }
        let part = window(plan, 55, 60)
        let log = await LabelledLog(world, window: part)
        #expect(log.lines == with.lines.filter { part.contains(logged($0)) })
        #expect(log.missing.map(\.text) == with.missing.filter { part.contains($0.label.logged) }.map(\.text))
    }

    @Test("An edit that is taken back is over, whatever comes later", arguments: [false, true])
    func takenBack(isSuperseded: Bool) async throws {
        var plan = try editedPlan(seed: 3, Self.closed, 40, 50)
        let edit = window(plan, 40, 50)
        if isSuperseded {
            // An ordinary edit, and the incident goes back behind it: then its policy is in force to the end.
            plan.policies.append(
                PolicyVersion(
                    since: plan.span.start + .minutes(45), file: "ours.hujson", text: Self.open, incident: nil)
            )
        }
        let world = try World(plan: plan)
        let with = await LabelledLog(world)
        try with.checkAgainst(await LabelledLog(world, withIncidents: false), of: world)
        let incident = try #require(world.incidents(in: plan.span).first { $0.id == "calls" })
        let touched = with.labels(ofIncident: Self.tampering)
        #expect(touched.allSatisfy { incident.firstRecord <= $0.start && $0.logged <= incident.lastRecord })
        if isSuperseded {
            #expect(incident.lastRecord >= plan.span.end)
            #expect(touched.contains { $0.logged > edit.end + .minutes(30) })
        } else {
            // Its requests are made until the 55th minute.
            let requests = plan.span.start + .minutes(57)
            #expect(incident.lastRecord <= max(requests, touched.map(\.logged).max() ?? requests))
        }
    }

    @Test("What an incident does after an edit is judged by it")
    func incidentUnderEditedPolicy() async throws {
        let spiked = try editedPlan(seed: 3, Self.open, 20, 45)
        let ben = try node(spiked, "ben-laptop")
        func answered(_ plan: Plan) async throws -> Int {
            await LabelledLog(try World(plan: plan)).labels(ofIncident: 0).filter { label in
                Int(label.node) == ben
                    && label.changes.contains { $0.entry.target.port == 22 && ($0.after?.rxPackets ?? 0) > 3 }
            }.count
        }
        // Ben may not log in anywhere.
        #expect(try await answered(plan(seed: 3)) == 0)
        #expect(try await answered(spiked) > 10)
    }

    @Test("An incident's extent holds every record that it touched", arguments: PromiseTests.seeds)
    func extents(seed: Int) async throws {
        let plan = try plan(seed: seed)
        let world = try World(plan: plan, suppressions: try suppressions(plan), relocations: try relocations(plan))
        let log = await LabelledLog(world)
        for (index, id) in ["spike", "calls"].enumerated() {
            let incident = try #require(world.incidents(in: plan.span).first { $0.id == id })
            let touched = log.labels(ofIncident: index)
            #expect(touched.count > 20)
            #expect(touched.allSatisfy { incident.firstRecord <= $0.start && $0.logged <= incident.lastRecord })
        }
    }
}
