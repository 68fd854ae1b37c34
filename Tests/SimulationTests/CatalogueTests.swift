import Truth
import IncidentCatalog
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// Every incident kind in a tailnet that has a little of everything.
@Suite("Catalogue")
struct CatalogueTests {
    private static let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    /// The scenario of the fixtures with some incidents.
    private static func plan(_ injections: [String], seed: UInt64? = nil) throws -> Plan {
        try Scenario.load(
            path + "/Scenarios/fixtures.yaml",
            overrides: ScenarioOverrides(seed: seed, injections: try injections.map { try IncidentInjection.parse($0) })
        )
    }

    @Test("The catalogue is complete") func theCatalogueIsComplete() {
        #expect(IncidentKinds.all.count >= 40)
        #expect(Set(IncidentKinds.all.map(\.name)).count == IncidentKinds.all.count)
        for kind in IncidentKinds.all {
            #expect(kind.variants.count == 4 && kind.variants.allSatisfy { $0.hasSuffix(".") })
            #expect(!kind.attack.isEmpty, "\(kind.name)")
            for id in kind.attack { #expect(id.wholeMatch(of: /T\d{4}(\.\d{3})?/) != nil, "\(kind.name): \(id)") }
            for rule in kind.rules {
                #expect(rule.id.wholeMatch(of: /[a-z0-9]+\/[a-z0-9-]+/) != nil, "\(rule.id)")
                #expect(
                    PublishedRules.all[rule.id] != nil || PublishedRules.ofFlows[rule.id] != nil
                        || PublishedRules.ofSequences[rule.id] != nil, "\(rule.id)")
            }
            // What fires on attack and over alike is what the variants are made for.
            #expect(kind.rules.isEmpty || kind.rules.contains { $0.fires.contains(.over) }, "\(kind.name)")
        }
    }

    @Test("The page of incidents has every kind") func thePageOfIncidentsHasEveryKind() throws {
        let page = try DiskFiles().text(of: CatalogueTests.path + "/Docs/Incidents.md")
        for kind in IncidentKinds.all {
            #expect(page.contains("| `\(kind.name)` | \(kind.summary) |"), "the page lacks \(kind.name)")
            let rows = CatalogueTests.ruleRow(kind)
            #expect(page.contains(rows), "the page has other rules for \(kind.name): \(rows)")
        }
        let rules = try DiskFiles().text(of: CatalogueTests.path + "/Docs/Rules.md")
        for rule in IncidentKinds.all.flatMap(\.rules) {
            #expect(rules.contains("| `\(rule.id)` |"), "the page of rules lacks \(rule.id)")
        }
    }

    @Test("The example of every kind has every kind, and each kind's rules find their days before it")
    func everyKindIsInTheExample() throws {
        let plan = try Scenario.load(CatalogueTests.path + "/Examples/every-kind/every-kind.yaml")
        #expect(plan.incidents.map(\.kind.name).sorted() == IncidentKinds.all.map(\.name).sorted())
        for incident in plan.incidents {
            #expect(incident.id == incident.kind.name && incident.variant == .attack)
            #expect(
                incident.window.start >= plan.span.start + .days(Int64(incident.kind.historyDays)), "\(incident.id)")
        }
        let page = try DiskFiles().text(of: CatalogueTests.path + "/Docs/Incidents.md")
        #expect(page.contains("Examples/every-kind"))
    }

    /// The row of the table of rules by kind.
    private static func ruleRow(_ kind: IncidentKind) -> String {
        func list(_ rules: [String]) -> String { rules.map { "`\($0)`" }.joined(separator: ", ") }
        let attack = kind.expectedRules(.attack)
        let over = kind.expectedRules(.over)
        let fooled = kind.rules.map(\.id).filter {
            kind.fooledRules(.under).contains($0) || kind.fooledRules(.lookalike).contains($0)
        }
        return "| `\(kind.name)` | \(attack.isEmpty ? "none published" : list(attack)) "
            + "| \(attack.isEmpty ? "" : attack == over ? "all" : list(over)) | \(list(fooled)) |"
    }

    @Test("Who has a part in an incident does not depend on the other incidents")
    func castsAreIndependent() throws {
        // Devices that one incident brings are no laptops and servers to another.
        let kinds = IncidentKinds.all.sorted { $0.cast.ownNodes != nil && $1.cast.ownNodes == nil }
        let all = try CatalogueTests.plan(kinds.map { "\($0.name)@+8d\($0.hour)h,id=\($0.name)" })
        #expect(all.nodes.count > all.ordinaryNodeCount)
        for kind in kinds {
            let alone = try CatalogueTests.plan(["\(kind.name)@+8d\(kind.hour)h,id=\(kind.name)"])
            let here = try #require(all.incidents.first { $0.id == kind.name })
            let there = try #require(alone.incidents.first)
            #expect(here.node == there.node && here.user == there.user && here.targets == there.targets, "\(kind.name)")
            #expect(here.oauthClient == there.oauthClient && here.exit == there.exit, "\(kind.name)")
        }
    }

    @Test("A webhook is deleted on attack and over, and not on under and look-alike: no published rule looks for it")
    func webhooks() async throws {
        let kind = try #require(IncidentKinds.kind("webhook-deleted"))
        #expect(kind.rules.isEmpty)
        for variant in IncidentVariant.allCases {
            let world = try World(
                plan: try CatalogueTests.plan(["webhook-deleted@+8d\(kind.hour)h,variant=\(variant.rawValue)"]))
            let incident = try #require(world.incidents(in: world.plan.span).first)
            let window = TimeWindow(start: incident.start - .minutes(5), end: incident.end + .minutes(16))
            let evidence = try await CatalogueTests.evidence(world, window, history: 0, withIncidents: true)
            let deleted = evidence.audit.filter { $0.action == "DELETE" && $0.target.type == "WEBHOOK_ENDPOINT" }
            #expect(deleted.isEmpty != variant.isToBeDetected, "\(variant.rawValue)")
        }
    }

    /// Kinds whose plain rule needs days of history; they are run with them.
    private static func evidence(_ world: World, _ window: TimeWindow, history days: Int, withIncidents: Bool)
        async throws
        -> Evidence
    {
        func flows(_ window: TimeWindow, _ withIncidents: Bool) async throws -> [FlowLog] {
            try await lines(world, window: window, withIncidents: withIncidents).map {
                try FlowLogCodec.decode(Array($0.text.utf8), channel: .object, strictness: .strict)
            }
        }
        func audit(_ window: TimeWindow, _ withIncidents: Bool) async throws -> [AuditEvent] {
            try await lines(world, .configuration, window: window, withIncidents: withIncidents).map {
                try AuditEventCodec.decode(Array($0.text.utf8), channel: .object, strictness: .strict)
            }
        }
        var evidence = Evidence(
            audit: try await audit(window, withIncidents), flows: try await flows(window, withIncidents))
        if days > 0 {
            let past = TimeWindow(start: window.start - .days(Int64(days)), end: window.start)
            evidence.history = try await flows(past, false)
            evidence.auditHistory = try await audit(past, false)
            evidence.deviceHistory = snapshots(world, past, withIncidents: false)
        }
        evidence.devices = snapshots(world, window, withIncidents: withIncidents)
        return evidence
    }

    /// The devices at every full hour of a window.
    private static func snapshots(_ world: World, _ window: TimeWindow, withIncidents: Bool)
        -> [[TailnetSnapshot.Device]]
    {
        let timeline = AuditTimeline(world: world, withIncidents: withIncidents)
        var lists: [[TailnetSnapshot.Device]] = []
        var instant = window.start.floored(to: .hours(1)) + .hours(1)
        while instant < window.end {
            lists.append(timeline.snapshot(at: instant).devices)
            instant = instant + .hours(1)
        }
        return lists
    }

    @Test(
        "Published conditions hold on attack and over, and not on under and look-alike",
        arguments: IncidentKinds.all.map(\.name))
    func rules(name: String) async throws {
        let kind = try #require(IncidentKinds.kind(name))
        for variant in IncidentVariant.allCases {
            let world = try World(
                plan: try CatalogueTests.plan(["\(name)@+8d\(kind.hour)h,variant=\(variant.rawValue)"]))
            let incident = try #require(world.incidents(in: world.plan.span).first)
            let window = TimeWindow(start: incident.start - .minutes(5), end: incident.end + .minutes(16))
            let with = try await CatalogueTests.evidence(world, window, history: kind.historyDays, withIncidents: true)
            let without = try await CatalogueTests.evidence(
                world, window, history: kind.historyDays, withIncidents: false)
            #expect(incident.expectedRules == kind.expectedRules(variant))
            for rule in kind.rules {
                let condition = try #require(
                    PublishedRules.all[rule.id] ?? PublishedRules.ofFlows[rule.id]
                        ?? PublishedRules.ofSequences[rule.id])
                let fires = !condition(with).subtracting(condition(without)).isEmpty
                #expect(
                    fires == rule.fires.contains(variant),
                    "\(rule.id) on \(name) \(variant.rawValue): \(fires ? "fires" : "is silent")")
            }
            for rule in kind.deadRules {
                let condition = try #require(PublishedRules.dead[rule.id])
                #expect(condition(with).isEmpty, "\(rule.id) is not as dead as it is said to be, on \(name)")
            }
        }
    }

    @Test(
        "The changes of an incident keep their order on every seed, and no distance between two is the same on two seeds",
        arguments: ["device-approval-off", "posture-off", "dns-hijack", "insider", "policy-opened"])
    func distances(name: String) async throws {
        let kind = try #require(IncidentKinds.all.first { $0.name == name })
        var orders: Set<[String]> = []
        var known: [Int: Set<Int64>] = [:]
        var length = TimeSpan.zero
        for seed in UInt64(1)...6 {
            let world = try World(plan: try CatalogueTests.plan(["\(name)@+8d\(kind.hour)h"], seed: seed))
            let incident = try #require(world.incidents(in: world.plan.span).first)
            let window = TimeWindow(start: incident.start, end: incident.end + .minutes(1))
            length = incident.end - incident.start
            var times: [Instant] = []
            var order: [String] = []
            for line in await lines(world, .configuration, window: window) where line.effect != nil {
                let event = try AuditEventCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict)
                order.append("\(event.action) \(event.target.type) \(event.target.property ?? "")")
                let time = try #require(event.eventTime)
                #expect(incident.start <= time && time < incident.end)
                if times.last != time { times.append(time) }
            }
            orders.insert(order)
            #expect(times.count > 2)
            #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
            for place in times.indices.dropFirst() {
                let distance = (times[place] - times[0]).nanoseconds
                #expect(known[place, default: []].insert(distance).inserted)
            }
        }
        #expect(orders.count == 1)
        // Not by a hair, but by a five-hundredth of the incident's time and more.
        for (place, distances) in known {
            guard let least = distances.min(), let most = distances.max() else { continue }
            #expect(.nanoseconds(500 * (most - least)) > length, "\(place)")
        }
    }

    @Test("Who works when nobody should does not begin before the hour")
    func hoursAreKept() async throws {
        let kind = try #require(IncidentKinds.all.first { $0.name == "off-hours-administration" })
        var firsts: Set<Instant> = []
        for seed in UInt64(1)...6 {
            let world = try World(plan: try CatalogueTests.plan(["\(kind.name)@+8d\(kind.hour)h"], seed: seed))
            let first = try #require(world.incidents(in: world.plan.span).first).firstRecord
            // The login is planned for the full hour.
            #expect(first - first.floored(to: .hours(1)) < .seconds(31), "\(first)")
            firsts.insert(first)
        }
        #expect(firsts.count == 6)
    }

    @Test("Undoing what labels say of any mixture gives the run without incidents", arguments: 1...12)
    func mixtures(seed: Int) async throws {
        let all = IncidentKinds.all
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        // All starts lie within the same twenty minutes of a working day, so that the incidents overlap.
        let injections = (0..<(3 + next(4))).map { _ in
            let variant = IncidentVariant.allCases[next(4)].rawValue
            return "\(all[next(all.count)].name)@+8d10h\(next(20))m,variant=\(variant)"
        }
        let world = try World(plan: try CatalogueTests.plan(injections, seed: UInt64(seed)))
        let start = world.plan.span.start + .days(8) + .hours(10) - .minutes(2)
        let window = TimeWindow(start: start, end: start + .minutes(50))
        let with = await LabelledLog(world, window: window)
        let without = await LabelledLog(world, window: window, withIncidents: false)
        try with.checkAgainst(without, of: world)
        // The configuration log: what is not labelled is what would be there anyway.
        let events = await lines(world, .configuration, window: window)
        let ordinary = await lines(world, .configuration, window: window, withIncidents: false)
        #expect(events.filter { $0.effect == nil }.map(\.text) == ordinary.map(\.text))
        #expect(await LabelledLog(world, window: window, threads: 2) == with)
    }
}
