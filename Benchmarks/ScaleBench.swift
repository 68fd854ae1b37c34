import Generation
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// Measures what growing tailnets cost: each size in a process of its own, so that peaks of memory are its own.
enum ScaleBench {
    static func run() {
        talk("")
        talk("growing tailnets, one thread, a process each")
        for nodes in [100, 1_000, 10_000, 100_000] { runAgain(["scale", "\(nodes)"]) }
    }

    /// One size: called in its own process.
    static func run(nodes: Int) async throws {
        var made: World?
        let setUp = try await seconds { made = try Shape.company(nodes: nodes, duration: "1h").world() }
        guard let world = made else { return }
        // The first bucket of five minutes pays for the way to the window; what follows is measured by whole buckets,
        // since sessions are made by the bucket.
        let buckets = max(1, min(11, Int64(100_000 / nodes)))
        let start = world.plan.span.start
        let measured = start + World.bucketLength
        let window = TimeWindow(start: start, end: measured + .minutes(5 * buckets))
        let sink = Sink(.null)
        var first = 0.0
        var metric = Metric()
        let generator = LogGenerator(world: world, options: GeneratorOptions(window: window, logs: [.network]))
        while true {
            var chunk: LogChunk?
            let spent = await seconds { chunk = await generator.next() }
            guard let chunk else { break }
            if first == 0 { first = spent }
            for part in chunk.parts { sink.write(part.bytes) }
            guard chunk.window.start >= measured else { continue }
            metric.seconds += spent
            for part in chunk.parts {
                metric.records += part.records.count
                metric.bytes += part.bytes.count
            }
        }
        row(
            "\(nodes) nodes",
            "set up \(fixed(setUp * 1e3, 0)) ms, first records after \(fixed(first * 1e3, 0)) ms, then "
                + "\(fixed(metric.seconds * 1e6 / Double(max(1, metric.records)), 2)) us a record of "
                + "\(metric.bytes / max(1, metric.records)) bytes (\(metric.text)), peak \(peakMemory()) MB")
    }
}

/// Measures how long the first minute in the middle of a long scenario takes, from the start of the process.
enum SeekBench {
    static func run(runs: Int) async {
        talk("")
        talk("cold start: one minute in the middle of a year, 10,000 nodes, a process each")
        var times: [Double] = []
        for _ in 0..<runs { times.append(await seconds { runAgain(["seek", "10000"]) }) }
        row("from process start to the last record", "\(fixed(times.sorted()[times.count / 2] * 1e3, 0)) ms")
    }

    /// The minute itself: called in its own process.
    static func run(nodes: Int) async throws {
        let world = try Shape.company(nodes: nodes, duration: "365d").world()
        let start = world.plan.span.start + .days(182) + .hours(4)
        let window = TimeWindow(start: start, end: start + .minutes(1))
        let metric = await ThroughputBench.simulate(world, window: window, to: Sink(.null))
        precondition(metric.records > 0, "the minute is empty")
    }
}
