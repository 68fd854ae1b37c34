import Assembly
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Measures what one core makes of a scenario, as records/s and MB/s, beside a reference loop in the same run: the same
// average record from a ready template, its three timestamps patched, written to the same sink. Digests are off.
//
//     bench SCENARIO [RUNS]

func talk(_ text: String) { _ = writeAll(Array("\(text)\n".utf8), to: STDOUT_FILENO) }

/// Seconds of wall clock that some work takes.
func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    try await work()
    let parts = (clock.now - begin).components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
}

struct Figure {
    var records = 0
    var bytes = 0
    var seconds = 0.0

    var recordsPerSecond: Double { Double(records) / seconds }
    var megabytesPerSecond: Double { Double(bytes) / seconds / 1e6 }
}

func median(_ figures: [Figure]) -> Figure { figures.sorted { $0.seconds < $1.seconds }[figures.count / 2] }

/// Peak memory of the process so far, in MB.
func peakMemory() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
    _ = getrusage(.init(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1_000
    #else
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss / 1_000_000
    #endif
}

func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let digits = String(Int((value * scale).rounded()))
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// Copies a record again and again, patching its timestamps' digits.
func reference(_ template: [UInt8], records: Int, to sink: Int32) -> Int {
    let stamps = template.indices.filter { index in
        // The nanoseconds of "logged", "start" and "end".
        index + 10 < template.count && template[index] == UInt8(ascii: ".") && index > 20
            && template[index - 3] == UInt8(ascii: ":")
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var used = 0
    var total = 0
    for record in 0..<records {
        if used + template.count > buffer.count {
            _ = writeAll(Array(buffer[..<used]), to: sink)
            used = 0
        }
        buffer.withUnsafeMutableBytes { target in
            template.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[used..<used + template.count]).copyMemory(from: source)
            }
            var rest = UInt32(truncatingIfNeeded: record &* 7_919) % 1_000_000
            for stamp in stamps {
                for place in stride(from: 6, through: 1, by: -1) {
                    target[used + stamp + place] = UInt8(rest % 10) + 48
                    rest /= 10
                }
                rest = UInt32(truncatingIfNeeded: record) % 1_000_000
            }
        }
        used += template.count
        total += template.count
    }
    _ = writeAll(Array(buffer[..<used]), to: sink)
    return total
}

func simulate(_ world: World, log: LogKind, threads: Int, to sink: Int32) async -> Figure {
    var figure = Figure()
    figure.seconds = await seconds {
        let production = Production(
            world: world, options: ProductionOptions(window: world.plan.span, logs: [log], threads: threads))
        while let slice = await production.next() {
            for chunk in slice.chunks {
                figure.records += chunk.records.count
                figure.bytes += chunk.bytes.count
                _ = writeAll(chunk.bytes, to: sink)
            }
        }
    }
    return figure
}

/// A record of about the average size, as the simulation makes them.
func averageRecord(_ world: World, bytes: Int) async -> [UInt8] {
    let window = TimeWindow(start: world.plan.span.start, end: world.plan.span.start + .minutes(1))
    let production = Production(world: world, options: ProductionOptions(window: window, logs: [.network]))
    var best: [UInt8] = []
    while let slice = await production.next() {
        for chunk in slice.chunks {
            for record in chunk.records where abs(Int(record.length) - bytes) < abs(best.count - bytes) {
                best = Array(chunk.bytes[Int(record.offset)..<Int(record.offset + record.length)])
            }
        }
    }
    return best
}

guard CommandLine.arguments.count >= 2 else {
    talk("usage: bench SCENARIO [RUNS]")
    exit(64)
}
let runs = CommandLine.arguments.count > 2 ? max(1, Int(CommandLine.arguments[2]) ?? 5) : 5
let sink = open("/dev/null", O_WRONLY)
var made: World?
let setUp = try await seconds { made = try World(plan: try Scenario.load(CommandLine.arguments[1])) }
guard let world = made else { exit(1) }
let warm = await simulate(world, log: .network, threads: 1, to: sink)
let template = await averageRecord(world, bytes: warm.bytes / max(1, warm.records))
var references: [Figure] = []
var ones: [Figure] = []
var twos: [Figure] = []
var audits: [Figure] = []
for _ in 0..<runs {
    var figure = Figure(records: warm.records * 4)
    figure.seconds = await seconds { figure.bytes = reference(template, records: warm.records * 4, to: sink) }
    references.append(figure)
    ones.append(await simulate(world, log: .network, threads: 1, to: sink))
    twos.append(await simulate(world, log: .network, threads: 2, to: sink))
    audits.append(await simulate(world, log: .configuration, threads: 1, to: sink))
}
let base = median(references)
talk(
    "\(world.plan.name): \(world.plan.nodes.count) nodes, \(world.plan.span.length.text), set up in \(fixed(setUp, 2)) s"
)
talk(
    "\(warm.records) network records of \(warm.bytes / warm.records) bytes on average; medians of \(runs) runs, to /dev/null"
)
talk("")
func row(_ name: String, _ figure: Figure, note: String = "") {
    let title = name + String(repeating: " ", count: max(0, 34 - name.count))
    let ratio = fixed(figure.megabytesPerSecond / base.megabytesPerSecond, 2)
    talk(
        "\(title) \(fixed(figure.recordsPerSecond, 0)) records/s  \(fixed(figure.megabytesPerSecond, 0)) MB/s  \(ratio) of the reference\(note)"
    )
}
row("reference: template, timestamps", base)
let one = median(ones)
let two = median(twos)
row("network log, one thread", one)
row("network log, two threads", two, note: ", \(fixed(one.seconds / two.seconds, 2)) times one thread")
row("configuration log, one thread", median(audits))
talk("peak memory \(peakMemory()) MB")
await PolicyBench.run(runs: runs)
