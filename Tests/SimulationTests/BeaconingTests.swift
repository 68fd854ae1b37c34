import Truth
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// How often a rule on even distances could fire by `logged`, which comes late by another delay for each record.
@Suite("Even distances")
struct BeaconingTests {
    private static let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    /// The largest share of equal distances, in whole seconds, among those that are longer than five.
    private static func evenness(_ nanoseconds: [Int64]) -> Double {
        let sorted = nanoseconds.map { $0 / 1_000_000_000 }.sorted()
        let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 5 }
        var counts: [Int64: Int] = [:]
        for gap in gaps { counts[gap, default: 0] += 1 }
        return Double(counts.values.max() ?? 0) / Double(max(1, gaps.count))
    }

    @Test(
        "Beacons are even by start, and never even enough by logged; by port nothing can be counted",
        arguments: ["attack", "over"])
    func shares(variant: String) async throws {
        var byLogged: [Double] = []
        var byStart: [Double] = []
        var longest = 0
        for seed in 1...40 {
            let plan = try Scenario.load(
                Self.path + "/Scenarios/fixtures.yaml",
                overrides: ScenarioOverrides(
                    seed: UInt64(seed),
                    injections: [try IncidentInjection.parse("beaconing@+8d10h17m,variant=\(variant)")]))
            let world = try World(plan: plan)
            let incident = try #require(world.incidents(in: plan.span).first)
            let actor = try #require(incident.actors.first?.nodeID)
            let window = TimeWindow(start: incident.start - .minutes(1), end: incident.end + .minutes(16))
            // What the beacon adds, as its node reports it: each connection when it is first seen.
            var first: [String: (logged: Int64, start: Int64)] = [:]
            var records: [String: Int] = [:]
            for line in await lines(world, window: window) where line.effect != nil {
                let log = try FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict)
                guard log.nodeID == actor, let logged = log.logged else { continue }
                for entry in log.virtualTraffic
                where entry.proto == 6
                    && incident.targets.contains(where: { target in
                        target.addresses.contains { entry.dst.hasPrefix("\($0):") }
                    })
                {
                    records["\(entry.src) \(entry.dst)", default: 0] += 1
                    if first["\(entry.src) \(entry.dst)"] == nil {
                        first["\(entry.src) \(entry.dst)"] = (logged.nanoseconds, log.start.nanoseconds)
                    }
                }
            }
            #expect(first.count >= 10, "seed \(seed): \(first.count) calls")
            byLogged.append(Self.evenness(first.values.map(\.logged)))
            byStart.append(Self.evenness(first.values.map(\.start)))
            longest = max(longest, records.values.max() ?? 0)
        }
        // As published: ten records of one source with port, four distances in five the same.
        let note = "by logged \(byLogged.sorted()), by start \(byStart.sorted()), records of one port \(longest)"
        #expect(byLogged.allSatisfy { $0 < 0.8 }, "\(note)")
        #expect(longest < 10, "\(note)")
        // Docs/Rules.md says how often by start.
        #expect(byStart.count { $0 >= 0.8 } >= 30, "\(note)")
    }
}
