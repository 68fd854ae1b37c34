import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

/// What a loop that knows nothing reaches: one record of average size, copied again and again, with the digits of its
/// three timestamps patched.
struct Reference {
    private let template: [UInt8]
    /// Where the fractions of "logged", "start" and "end" begin.
    private let fractions: [Int]

    init(template: [UInt8]) {
        self.template = template
        fractions = template.indices.filter { index in
            index > 20 && index + 10 < template.count && template[index] == UInt8(ascii: ".")
                && template[index - 3] == UInt8(ascii: ":")
        }
    }

    /// Takes a record of about that size from the first minutes of a world.
    init(_ world: World, bytes: Int) async {
        let start = world.plan.span.start
        let window = TimeWindow(start: start, end: min(world.plan.span.end, start + .minutes(2)))
        let generator = LogGenerator(world: world, options: GeneratorOptions(window: window, logs: [.network]))
        var best: [UInt8] = []
        while let chunk = await generator.next() {
            for part in chunk.parts {
                for record in part.records where abs(Int(record.length) - bytes) < abs(best.count - bytes) {
                    best = Array(part.bytes[record.lineRange])
                }
            }
        }
        self.init(template: best)
    }

    /// Writes so many records to a sink, in blocks of 256 KiB.
    func run(records: Int, to sink: Sink) async -> Metric {
        var metric = Metric(records: records, bytes: records * template.count)
        metric.seconds = await seconds {
            let perBlock = max(1, (1 << 18) / max(1, template.count))
            var block = [UInt8](repeating: 0, count: perBlock * template.count)
            var done = 0
            while done < records {
                let count = min(perBlock, records - done)
                fill(&block, count: count, from: done)
                sink.write(count == perBlock ? block : Array(block[..<(count * template.count)]))
                done += count
            }
        }
        return metric
    }

    private func fill(_ block: inout [UInt8], count: Int, from first: Int) {
        block.withUnsafeMutableBytes { target in
            template.withUnsafeBytes { source in
                for record in 0..<count {
                    let begin = record * source.count
                    UnsafeMutableRawBufferPointer(rebasing: target[begin..<begin + source.count])
                        .copyMemory(from: source)
                    var rest = UInt32(truncatingIfNeeded: (first + record) &* 7_919) % 1_000_000
                    for fraction in fractions {
                        for place in stride(from: 6, through: 1, by: -1) {
                            target[begin + fraction + place] = UInt8(rest % 10) + 48
                            rest /= 10
                        }
                        rest = UInt32(truncatingIfNeeded: first + record) % 1_000_000
                    }
                }
            }
        }
    }
}
