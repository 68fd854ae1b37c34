import Truth
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

@Suite("Productions")
struct ProductionTests {
    private struct Outcome: Equatable {
        var bytes: [UInt8] = []
        var logged: [Instant] = []
        /// Lines of labelled records.
        var labelled: [Int] = []
        var nodes: [UInt32] = []
    }

    /// The steps of one thread for a tailnet of this size; several threads have longer ones.
    private static let step = TimeSpan.seconds(15)

    private func produce(
        _ world: World, window: TimeWindow? = nil, threads: Int, withMarks: Bool = false, ahead: Bool = true
    ) async -> Outcome {
        let options = GeneratorOptions(
            window: window ?? world.plan.span, logs: [.network], threads: threads, withMarks: withMarks)
        let generator = LogGenerator(world: world, options: options)
        var outcome = Outcome()
        func take(_ chunk: LogChunk) {
            for part in chunk.parts {
                for item in part.flowLabels {
                    outcome.labelled.append(outcome.logged.count + item.record)
                    outcome.nodes.append(item.label.node)
                }
                outcome.bytes += part.bytes
                outcome.logged += part.records.map(\.logged)
            }
        }
        if ahead {
            await generator.forEachChunk { take($0) }
        } else {
            // Chunks that are kept keep their memory too.
            var chunks: [LogChunk] = []
            while let chunk = await generator.next() { chunks.append(chunk) }
            for chunk in chunks { take(chunk) }
        }
        return outcome
    }

    @Test("Large steps are in order, and the same with any number of threads and any reader")
    func threads() async throws {
        let world = try SmallWorld.make()
        let one = await produce(world, threads: 1)
        let steps = Dictionary(grouping: one.logged) { $0.floored(to: Self.step) }
        #expect(steps.values.contains { $0.count > 256 }, "the test is for steps of many records")
        #expect(one.labelled.count > 10)
        #expect(zip(one.logged, one.logged.dropFirst()).allSatisfy { $0 <= $1 })
        for threads in [2, 5] { #expect(await produce(world, threads: threads) == one) }
        #expect(await produce(world, threads: 3, ahead: false) == one)
    }

    @Test("A window in the middle is a part of the whole")
    func window() async throws {
        let world = try SmallWorld.make()
        let window = TimeWindow(
            start: world.plan.span.start + .seconds(127), end: world.plan.span.start + .seconds(241))
        let whole = await produce(world, threads: 1)
        let part = await produce(world, window: window, threads: 2)
        #expect(part.logged == whole.logged.filter(window.contains))
        let lines = whole.bytes.split(separator: UInt8(ascii: "\n"))
        let first = try #require(whole.logged.firstIndex { $0 >= window.start })
        #expect(part.bytes.split(separator: UInt8(ascii: "\n")) == Array(lines[first..<first + part.logged.count]))
    }

    @Test("Marks are in the labelled records, and taking them out gives the unmarked log", arguments: [1, 3])
    func marks(threads: Int) async throws {
        let world = try SmallWorld.make()
        let plain = await produce(world, threads: 1)
        let marked = await produce(world, threads: threads, withMarks: true)
        #expect(marked.labelled == plain.labelled)
        #expect(marked.nodes == plain.nodes)
        let text = String(decoding: marked.bytes, as: UTF8.self)
        let lines = text.split(separator: "\n")
        let mark = ",\"mocktailIncidents\":[\"spike\"]}"
        #expect(lines.indices.filter { lines[$0].hasSuffix(mark) } == plain.labelled)
        let unmarked = lines.map { $0.hasSuffix(mark) ? $0.dropLast(mark.count) + "}" : $0 }
        #expect(unmarked.joined(separator: "\n") + "\n" == String(decoding: plain.bytes, as: UTF8.self))
    }

    @Test("Pieces of steps join without gap or overlap, and each record lies in its own", arguments: [1, 3])
    func pieces(threads: Int) async throws {
        let world = try SmallWorld.makeLarge()
        let window = TimeWindow(
            start: world.plan.span.start + .seconds(127), end: world.plan.span.start + .seconds(222))
        let generator = LogGenerator(world: world, options: GeneratorOptions(window: window, threads: threads))
        var next = window.start
        var largest = 0
        var pieces: [Instant: Int] = [:]
        var records: [LogKind: Int] = [:]
        await generator.forEachChunk { chunk in
            #expect(chunk.window.start == next && chunk.window.start < chunk.window.end)
            next = chunk.window.end
            pieces[chunk.window.start.floored(to: Self.step), default: 0] += 1
            for part in chunk.parts {
                #expect(part.records.allSatisfy { chunk.window.contains($0.logged) })
                records[part.log, default: 0] += part.records.count
                largest = max(largest, part.bytes.count)
            }
        }
        #expect(next == window.end)
        // What a piece has for each thread is guessed from the piece before.
        if threads == 1 {
            #expect(pieces.values.contains { $0 > 1 }, "the test is for steps of several pieces")
            #expect(largest < 1 << 19)
        } else {
            #expect(largest < 1 << 22)
        }
        #expect(records[.network, default: 0] > 5_000 && records[.configuration, default: 0] > 0)
    }
}
