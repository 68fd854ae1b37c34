public import Generation
import ScenarioSpec
public import SimTime
import Simulation

/// The records of a scenario as they are made.
public struct SimulatedRecords: RecordSource {
    private let generator: LogGenerator

    /// Delivers what a generator makes.
    public init(_ generator: LogGenerator) {
        self.generator = generator
    }

    public var name: String {
        let plan = generator.world.plan
        return "\(plan.name), seed \(plan.seed), version \(Version.current)"
    }

    public var start: Instant { generator.options.window.start }

    public mutating func next() async throws(RunError) -> LogChunk? { await generator.next() }
}
