import Generation
import Compression
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// Measures generation into gzip members, beside zlib alone over the same bytes in the same run.
enum GzipBench {
    /// What a member holds; generation cuts at the same size.
    private static let blockSize = 1 << 20

    static func run(runs: Int) async throws {
        let world = try Shape.long.world()
        let start = world.plan.span.start
        let window = TimeWindow(start: start, end: start + .minutes(10))
        let blocks = await blocks(of: world, window)
        let bytes = blocks.reduce(0) { $0 + $1.count }
        talk("")
        talk("gzip at level 1, \(bytes / 1_000_000) MB of long records, in members of 1 MiB; medians of \(runs) runs")
        var alone: [Metric] = []
        for threads in [1, 2] {
            var packed = 0
            let metrics = await medians(
                runs,
                [
                    { await zlib(blocks, threads: threads, &packed) },
                    { await generate(world, window, threads: threads) },
                ])
            if alone.isEmpty { row("ratio", fixed(Double(bytes) / Double(packed), 2)) }
            alone.append(metrics[0])
            let share = fixed(metrics[1].megabytesPerSecond / metrics[0].megabytesPerSecond * 100, 0)
            row("zlib alone, \(threads) thread(s)", "\(fixed(metrics[0].megabytesPerSecond, 0)) MB/s")
            row("generation with gzip, \(threads) thread(s)", "\(metrics[1].text)  \(share) % of zlib alone")
        }
        row("zlib alone, two threads to one", "\(fixed(alone[0].seconds / alone[1].seconds, 2)) times")
    }

    /// Produces a log and compresses it block by block, several blocks at a time.
    private static func generate(_ world: World, _ window: TimeWindow, threads: Int) async -> Metric {
        var metric = Metric()
        metric.seconds = await seconds {
            let sink = Sink(.null)
            let parallel = Parallel(threads: threads)
            var cutter = BlockCutter(size: blockSize)
            let options = GeneratorOptions(window: window, logs: [.network], threads: threads)
            await LogGenerator(world: world, options: options).forEachChunk { chunk in
                for part in chunk.parts {
                    metric.records += part.records.count
                    metric.bytes += part.bytes.count
                    cutter.add(part)
                }
                if cutter.blocks.count >= 4 * threads { await write(cutter.take(), parallel, sink) }
            }
            await write(cutter.finish(), parallel, sink)
        }
        return metric
    }

    private static func write(_ blocks: [[UInt8]], _ parallel: Parallel, _ sink: Sink) async {
        for member in await members(blocks, parallel) { sink.write(member) }
    }

    private static func members(_ blocks: [[UInt8]], _ parallel: Parallel) async -> [[UInt8]] {
        await parallel.map(blocks.count) { GzipCompressor().member(of: blocks[$0]) }
    }

    private static func zlib(_ blocks: [[UInt8]], threads: Int, _ packed: inout Int) async -> Metric {
        var metric = Metric(bytes: blocks.reduce(0) { $0 + $1.count })
        var size = 0
        metric.seconds = await seconds {
            size = await members(blocks, Parallel(threads: threads)).reduce(0) { $0 + $1.count }
        }
        packed = size
        return metric
    }

    private static func blocks(of world: World, _ window: TimeWindow) async -> [[UInt8]] {
        var cutter = BlockCutter(size: blockSize)
        let generator = LogGenerator(world: world, options: GeneratorOptions(window: window, logs: [.network]))
        while let chunk = await generator.next() {
            for part in chunk.parts { cutter.add(part) }
        }
        return cutter.finish()
    }
}

/// Cuts a log into blocks between records.
private struct BlockCutter {
    let size: Int
    private(set) var blocks: [[UInt8]] = []
    private var open: [UInt8] = []

    init(size: Int) { self.size = size }

    mutating func add(_ part: LogPart) {
        var first = 0
        for record in part.records where open.count + record.lineRange.upperBound - first > size {
            let end = record.lineRange.lowerBound
            blocks.append(open + part.bytes[first..<end])
            open = []
            first = end
        }
        open += part.bytes[first...]
    }

    mutating func take() -> [[UInt8]] {
        defer { blocks = [] }
        return blocks
    }

    mutating func finish() -> [[UInt8]] {
        if !open.isEmpty { blocks.append(open) }
        open = []
        return take()
    }
}
