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
            let batches = records(of: world)
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
    private static func records(of world: World) -> [FlowRecordBatch] {
        let start = world.plan.span.start
        let window = TimeWindow(start: start, end: start + .minutes(1))
        let lanes = (0..<World.laneCount).map {
            FlowLane(world: world, lane: $0, window: window, withIncidents: true)
        }
        var chunk = FlowLane.firstBucket(for: window)
        while chunk.start < window.end {
            let posts = lanes.map { $0.makeSessions(chunk) }
            for lane in lanes {
                lane.receive(posts, of: chunk)
                if chunk.end < window.end { lane.record(until: chunk.end) }
            }
            chunk = TimeWindow(start: chunk.end, end: chunk.end + World.bucketLength)
        }
        for lane in lanes { lane.record(until: window.start + .seconds(15)) }
        return lanes.map(\.batch)
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
