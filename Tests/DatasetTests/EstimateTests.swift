import Dataset
import Generation
import ScenarioSpec
import SimTime
import Simulation
import TestSupport
import Testing

@Suite("Estimates of a run")
struct EstimateTests {
    private func records(_ world: World, _ window: TimeWindow) async -> (records: Int64, bytes: Int64) {
        let generator = LogGenerator(world: world, options: GeneratorOptions(window: window, threads: 1))
        var sum: (records: Int64, bytes: Int64) = (0, 0)
        while let chunk = await generator.next() {
            for part in chunk.parts {
                sum.records += Int64(part.records.count)
                sum.bytes += Int64(part.bytes.count)
            }
        }
        return sum
    }

    @Test("Up to an hour is counted, whatever its beginning", arguments: [3_600, 1_700])
    func short(seconds: Int64) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("quickstart")))
        let start = world.plan.span.start + .hours(1) + .seconds(101)
        let window = TimeWindow(start: start, end: start + .seconds(seconds))
        let actual = await records(world, window)
        let estimate = await Estimate.make(world: world, options: GeneratorOptions(window: window, threads: 1))
        #expect(actual.records > 0)
        #expect(estimate.records == actual.records && estimate.bytes == actual.bytes)
    }

    @Test("More than an hour is estimated from samples")
    func long() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("quickstart")))
        let start = world.plan.span.start + .seconds(77)
        let window = TimeWindow(start: start, end: start + .hours(4))
        let actual = await records(world, window)
        let estimate = await Estimate.make(world: world, options: GeneratorOptions(window: window, threads: 1))
        #expect(estimate.records * 2 > actual.records && estimate.records < actual.records * 2)
        #expect(estimate.bytes * 2 > actual.bytes && estimate.bytes < actual.bytes * 2)
    }

    @Test("A week in which little happens is estimated too")
    func quiet() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("quiet")))
        let start = world.plan.span.start
        let window = TimeWindow(start: start, end: start + .days(7))
        let actual = await records(world, window)
        let estimate = await Estimate.make(world: world, options: GeneratorOptions(window: window, threads: 1))
        #expect(estimate.records * 3 > actual.records * 2 && estimate.records * 2 < actual.records * 3)
    }
}
