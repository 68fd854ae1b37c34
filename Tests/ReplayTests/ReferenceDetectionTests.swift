import Detections
import Truth
import IncidentCatalog
import Generation
import Dataset
import Foundation
import Ingester
import ScenarioSpec
import Scoring
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

@Suite("Reference detections", .timeLimit(.minutes(15)))
struct ReferenceDetectionTests {
    @Test("There are enough, over both logs, each with a name of its own that the catalogue of rules knows")
    func table() throws {
        #expect(Detection.ofAudit.count >= 10 && Detection.ofFlows.count >= 5)
        #expect(Set(Detection.reference.map(\.id)).count == Detection.reference.count)
        #expect(Detection.ofAudit.allSatisfy { $0.log == .configuration })
        #expect(Detection.ofFlows.allSatisfy { $0.log == .network })
        let expected = Set(IncidentKinds.all.flatMap(\.rules).map(\.id))
        for detection in Detection.reference { #expect(expected.contains(detection.id), "\(detection.id)") }
    }

    @Test("The page has a row for each, with its threshold and its window")
    func page() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "Docs/ReferenceDetections.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        #expect(rows == Detection.reference.map(\.row))
    }

    @Test("The page names the kinds that none of them looks for")
    func uncoveredKinds() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "Docs/ReferenceDetections.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "## Kinds that they do not cover\n").last)
        let named = Set(section.matches(of: /`([a-z0-9-]+)`/).map { String($0.1) })
        let ids = Set(Detection.reference.map(\.id))
        for kind in IncidentKinds.all {
            let isCovered = !ids.isDisjoint(with: kind.expectedRules(.attack))
            #expect(named.contains(kind.name) != isCovered, "\(kind.name)")
            #expect(isCovered == !ids.isDisjoint(with: kind.expectedRules(.over)), "\(kind.name)")
        }
    }

    /// The alerts of one detection on the records of a window.
    private func alerts(
        _ detections: [Detection], _ world: World, _ window: TimeWindow, withIncidents: Bool
    ) async throws -> Set<Alert> {
        let generator = LogGenerator(
            world: world, options: GeneratorOptions(window: window, withIncidents: withIncidents))
        var text: [UInt8] = []
        await generator.forEachChunk { chunk in
            for part in chunk.parts { text += part.bytes }
        }
        return Set(DetectionRun.alerts(detections, on: text))
    }

    @Test(
        "Each fires on the variants that the catalogue says, and on no other",
        arguments: IncidentKinds.all.map(\.name))
    func catalogue(name: String) async throws {
        let kind = try #require(IncidentKinds.kind(name))
        let ids = Set(kind.rules.map(\.id))
        let detections = Detection.reference.filter { ids.contains($0.id) }
        if detections.isEmpty { return }
        for variant in IncidentVariant.allCases {
            let fixture = FixtureFolder(kind: kind, variant: variant)
            let plan = try Scenario.load(
                Bundled.path("fixtures"),
                overrides: ScenarioOverrides(injections: try fixture.injections.map { try IncidentInjection.parse($0) })
            )
            let world = try World(plan: plan)
            let incident = try #require(world.incidents(in: world.plan.span).first)
            let window = TimeWindow(start: incident.start - .minutes(5), end: incident.end + .minutes(16))
            let ordinary = try await alerts(detections, world, window, withIncidents: false)
            let found = try await alerts(detections, world, window, withIncidents: true).subtracting(ordinary)
            for rule in kind.rules where detections.contains(where: { $0.id == rule.id }) {
                let own = found.filter { $0.rule == rule.id }
                #expect(
                    own.isEmpty != rule.fires.contains(variant),
                    "\(rule.id) on \(name) \(variant.rawValue): \(own.count) alerts")
                guard variant.isToBeDetected, rule.fires.contains(variant) else { continue }
                let score = Score(
                    of: Array(own), against: [incident],
                    options: ScoreOptions(kindsMatchedByTargets: kind.matchesTargets ? [name] : []))
                #expect(score.overall.detected == 1, "\(rule.id) on \(name) names \(own.map(\.entities))")
            }
        }
    }
}
