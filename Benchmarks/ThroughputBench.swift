import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// Measures whole runs, from the plan to the sink, beside the reference loop writing to the same kind of sink.
enum ThroughputBench {
    static func run(runs: Int) async throws {
        for shape in [Shape.long, .typical, .short, .dense, .pools] {
            let world = try shape.world()
            let warm = await simulate(world, to: Sink(.null))
            let entries = await entryCount(world)
            let perRecord = Double(entries.entries) / Double(max(1, entries.records))
            talk("")
            talk(
                "\(shape.title): \(world.plan.nodes.count) nodes, \(warm.records) records of "
                    + "\(warm.bytes / max(1, warm.records)) bytes and \(fixed(perRecord, 1)) entries; medians of \(runs) runs"
            )
            let reference = await Reference(world, bytes: warm.bytes / max(1, warm.records))
            for kind in SinkKind.allCases {
                let metrics = await medians(
                    runs,
                    [
                        { await reference.run(records: warm.records * 4, to: Sink(kind)) },
                        { await simulate(world, to: Sink(kind)) },
                        { await simulate(world, threads: 2, to: Sink(kind)) },
                    ])
                let share = metrics[1].megabytesPerSecond / metrics[0].megabytesPerSecond
                let speedUp = metrics[1].seconds / metrics[2].seconds
                row("reference loop, to \(kind.rawValue)", metrics[0].text)
                row(
                    "one thread, to \(kind.rawValue)",
                    "\(metrics[1].text)  \(fixed(metrics[1].recordsPerSecond * perRecord / 1e6, 2)) million entries/s  "
                        + "\(fixed(share * 100, 0)) % of the reference")
                row("two threads, to \(kind.rawValue)", "\(metrics[2].text)  \(fixed(speedUp, 2)) times one thread")
            }
        }
    }

    /// Produces a world's log and writes it.
    static func simulate(
        _ world: World, log: LogKind = .network, window: TimeWindow? = nil, threads: Int = 1, to sink: Sink
    ) async -> Metric {
        var metric = Metric()
        metric.seconds = await seconds {
            let options = GeneratorOptions(window: window ?? world.plan.span, logs: [log], threads: threads)
            await LogGenerator(world: world, options: options).forEachChunk { chunk in
                for part in chunk.parts {
                    metric.records += part.records.count
                    metric.bytes += part.bytes.count
                    sink.write(part.bytes)
                }
            }
        }
        return metric
    }

    /// How many entries the records of the first minutes have.
    private static func entryCount(_ world: World) async -> (records: Int, entries: Int) {
        let start = world.plan.span.start
        let window = TimeWindow(start: start, end: min(world.plan.span.end, start + .minutes(2)))
        let generator = LogGenerator(world: world, options: GeneratorOptions(window: window, logs: [.network]))
        let key = Array("\"src\":".utf8)
        var records = 0
        var entries = 0
        while let chunk = await generator.next() {
            for part in chunk.parts {
                records += part.records.count
                let bytes = part.bytes
                for index in bytes.indices.dropLast(key.count)
                where bytes[index] == key[0] && bytes[index + 1] == key[1] {
                    if bytes[index..<index + key.count].elementsEqual(key) { entries += 1 }
                }
            }
        }
        return (records, entries)
    }
}
