import Dataset
import Delivery
import Generation
import LogFormats
import NIOCore
import Replay
import ScenarioSpec
import SimTime
import Simulation
import Synchronization
import TailnetModel
import TestSupport
import Testing

/// A destination of these tests, which remembers what it is sent: `journal:NAME`.
private struct JournalSink: Sink {
    static let schemes = ["journal"]
    static let entries = Mutex<[String: [JournalEntry]]>([:])

    let name: String

    init(_ url: DestinationURL) { name = url.rest }

    var description: String { "journal:\(name)" }

    func requests(for batch: Batch) -> [OutgoingRequest] { [OutgoingRequest(batch, body: batch.bytes)] }

    func open(_ options: ShipperOptions) -> any Carrier { JournalCarrier(name: name) }
}

private struct JournalEntry: Hashable {
    var identity: BatchIdentity
    var bytes: Int
    var logged: [Instant]
}

private struct JournalCarrier: Carrier {
    let concurrency: Int? = 1
    let name: String

    func send(_ request: OutgoingRequest) async -> Attempt {
        let batch = request.batch
        JournalSink.entries.withLock {
            $0[name, default: []].append(
                JournalEntry(
                    identity: batch.identity, bytes: batch.bytes.readableBytes, logged: batch.records.map(\.logged)))
        }
        return Attempt(result: .stored, wireBytes: request.body.readableBytes)
    }

    func close(isComplete: Bool) {}
}

@Suite("Batches are a function of records, limits and pace", .timeLimit(.minutes(15)))
struct BatchMergerTests {
    /// What of a batch must be the same in every run.
    private struct Summary: Hashable {
        var log: LogKind
        var first: Int
        var count: Int
        var bytes: Int
        var closed: Instant
    }

    private func window(_ world: World, minutes: Int64) -> TimeWindow {
        TimeWindow(start: world.plan.span.start, end: world.plan.span.start + .minutes(minutes))
    }

    private func records(_ world: World, _ window: TimeWindow, threads: Int) -> SimulatedRecords {
        SimulatedRecords(LogGenerator(world: world, options: GeneratorOptions(window: window, threads: threads)))
    }

    private func summaries(_ cuts: [CutBatch]) -> [Summary] {
        cuts.map { cut in
            Summary(
                log: cut.log, first: cut.records.first?.ordinal ?? -1, count: cut.records.count,
                bytes: cut.bytes.readableBytes, closed: cut.closed)
        }
    }

    @inline(never)
    private func cuts(_ source: some RecordSource, _ limit: BatchLimit) async throws -> [CutBatch] {
        var source = source
        var merger = BatchMerger(LogKind.allCases.map { ($0, limit) })
        var cuts: [CutBatch] = []
        while let chunk = try await source.next() { cuts += merger.take(chunk) }
        return cuts + merger.finish()
    }

    private static let limits = [
        BatchLimit(), BatchLimit(records: 50), BatchLimit(bytes: 20_000), BatchLimit(span: .seconds(30)),
        BatchLimit(records: 10, span: .milliseconds(50)),
    ]

    @Test("Threads do not matter", arguments: limits)
    func threads(limit: BatchLimit) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let window = window(world, minutes: 30)
        let one = summaries(try await cuts(records(world, window, threads: 1), limit))
        #expect(one.count > 5 && Set(one.map(\.log)) == Set(LogKind.allCases))
        for threads in [2, 5] {
            let other = summaries(try await cuts(records(world, window, threads: threads), limit))
            #expect(other == one, "\(threads) threads")
        }
        let impairment = try Impairment(parsing: "delay=20s reorder=30s duplicate=5% loss=5%")
        func impaired(_ threads: Int) async throws -> [Summary] {
            let source = ImpairedRecords(
                records(world, window, threads: threads), impairment: impairment, tally: ImpairmentTally())
            return summaries(try await cuts(source, limit))
        }
        #expect(try await impaired(1) == impaired(2))
    }

    @Test("Pieces do not matter", arguments: limits)
    func pieces(limit: BatchLimit) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let window = window(world, minutes: 20)
        let whole = try await cuts(records(world, window, threads: 1), limit)
        for length in [TimeSpan.seconds(7), .minutes(1), .minutes(60)] {
            let source = Recut(try await all(records(world, window, threads: 1)), window: window, length: length)
            #expect(try await summaries(cuts(source, limit)) == summaries(whole), "\(length.text)")
        }
    }

    @Test("Batches hold every record once, in order, within the limit", arguments: limits)
    func completeness(limit: BatchLimit) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let window = window(world, minutes: 20)
        let parts = try await all(records(world, window, threads: 2))
        let cuts = try await cuts(records(world, window, threads: 2), limit)
        #expect(zip(cuts, cuts.dropFirst()).allSatisfy { $0.closed <= $1.closed })
        for log in LogKind.allCases {
            let own = cuts.filter { $0.log == log }
            let text = own.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1.bytes) }
            let expected = parts.filter { $0.log == log }
            #expect(Array(text.readableBytesView) == expected.flatMap(\.bytes))
            #expect(own.flatMap { $0.records.map(\.logged) } == expected.flatMap { $0.records.map(\.logged) })
            #expect(own.flatMap { $0.records.map(\.ordinal) } == Array(0..<own.reduce(0) { $0 + $1.records.count }))
            for cut in own {
                let span = try #require(cut.records.last).logged - cut.logged
                #expect(cut.records.count <= limit.records && span <= limit.span ?? .minutes(5))
                #expect(cut.records.count == 1 || cut.bytes.readableBytes <= limit.bytes)
                #expect(cut.records.allSatisfy { $0.logged <= cut.closed })
                for record in cut.records {
                    #expect(cut.bytes.getInteger(at: record.range.upperBound) == UInt8(ascii: "\n"))
                }
            }
        }
    }

    @Test(
        "A run makes the same requests with any number of threads",
        arguments: [
            Pace.flatOut, .rate(recordsPerSecond: 4_000), .speed(Speed(numerator: 1_200)),
            .speed(Speed(numerator: 999_999)),
        ])
    func requests(pace: Pace) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let window = window(world, minutes: 20)
        var journals: [[JournalEntry]] = []
        for threads in [1, 2, 5] {
            let name = "\(pace) \(threads)"
            let destination = try Destination(parsing: "journal:\(name)", sinks: SinkRegistry([JournalSink.self]))
            let run = ReplayRun(routes: LogKind.allCases.map { ($0, destination) }, pace: pace)
            let report = try await run.run(records(world, window, threads: threads)) { _ in }
            #expect(report.account.acknowledged == report.account.generated && report.account.generated > 500)
            journals.append(JournalSink.entries.withLock { $0[name] ?? [] })
        }
        #expect(journals[0].count > 3)
        #expect(journals[1] == journals[0] && journals[2] == journals[0])
        #expect(journals[0].allSatisfy { $0.identity.run.hasPrefix("port-22-spike, seed ") })
        #expect(Set(journals[0].map(\.identity)).count == journals[0].count)
    }

    private func all(_ source: SimulatedRecords) async throws -> [LogPart] {
        var source = source
        var parts: [LogPart] = []
        while let chunk = try await source.next() { parts += chunk.parts }
        return parts
    }
}

/// Records in other pieces than they were made in.
private struct Recut: RecordSource {
    let name = "recut"
    var start: Instant { window.start }
    private let window: TimeWindow
    private let length: TimeSpan
    private var next: Instant
    private let parts: [LogPart]

    init(_ parts: [LogPart], window: TimeWindow, length: TimeSpan) {
        self.parts = parts
        self.window = window
        self.length = length
        next = window.start
    }

    mutating func next() async throws(RunError) -> LogChunk? {
        guard next < window.end else { return nil }
        let piece = TimeWindow(start: next, end: min(next + length, window.end))
        next = piece.end
        return LogChunk(
            window: piece,
            parts: LogKind.allCases.map { log in
                var text = EncodedRecords()
                for part in parts where part.log == log {
                    for record in part.records where piece.start <= record.logged && record.logged < piece.end {
                        text.append(logged: record.logged, text: Array(part.bytes[record.range]))
                    }
                }
                return LogPart(log: log, text: text)
            })
    }
}
