import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// Measures the encoders alone, over records that are in memory already.
enum EncoderBench {
    static func run(runs: Int) async throws {
        talk("")
        talk("encoders alone, one thread; medians of \(runs) runs")
        for shape in [Shape.long, .typical, .short, .dense] {
            let world = try shape.world()
            let batches = await records(of: world)
            let directory = NodeDirectory(nodes: world.plan.nodes, users: world.plan.users)
            var order: [FlowRecordPlace] = []
            for (index, batch) in batches.enumerated() {
                order += batch.heads.indices.map { FlowRecordPlace(batch: UInt32(index), record: UInt32($0)) }
            }
            let flows = FlowBatches(batches)
            var encoder = FlowRecordEncoder(directory: directory, channel: .object)
            var text = EncodedRecords()
            let metric = await medians(
                runs,
                [
                    {
                        var metric = Metric()
                        metric.seconds = await seconds {
                            for _ in 0..<20 {
                                text.removeAll()
                                encoder.encode(flows, order: order[...], into: &text)
                                metric.records += text.records.count
                                metric.bytes += text.bytes.count
                            }
                        }
                        return metric
                    }
                ])[0]
            row("flow records, \(shape.title)", metric.text)
        }
        try await audit(runs: runs)
    }

    /// The flow records of some seconds, as the simulation leaves them.
    private static func records(of world: World) async -> [FlowRecordBatch] {
        let start = world.plan.span.start
        let window = TimeWindow(start: start, end: start + .minutes(1))
        let lanes = LaneSet(world: world, window: window, withIncidents: true, parallel: Parallel(threads: 1))
        let length = TimeSpan.seconds(15)
        var step = TimeWindow(start: LaneSet.firstBucket(for: window).start, end: start)
        step.end = step.start + length
        while step.start < start {
            _ = await lanes.step(step)
            step = TimeWindow(start: step.end, end: step.end + length)
        }
        return await lanes.step(step).flatMap(\.batches)
    }

    private static func audit(runs: Int) async throws {
        let world = try Shape.company(nodes: 500, duration: "24h").world()
        var events: [AuditEvent] = []
        let making = await seconds {
            let timeline = AuditTimeline(world: world, withIncidents: true)
            events = timeline.records(loggedIn: world.plan.span).map(\.event)
        }
        let metric = await medians(
            runs,
            [
                {
                    var metric = Metric()
                    metric.seconds = await seconds {
                        for _ in 0..<20 {
                            var text = EncodedRecords()
                            for event in events { AuditEventCodec.encode(event, channel: .object, into: &text) }
                            metric.records += text.records.count
                            metric.bytes += text.bytes.count
                        }
                    }
                    return metric
                }
            ])[0]
        row("audit records", metric.text)
        row("making audit records", "\(fixed(Double(events.count) / making, 0)) records/s")
    }
}
