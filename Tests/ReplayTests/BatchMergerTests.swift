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

    /// A source of what both logs hold in some minutes.
    private func source(_ scenario: String, from: TimeSpan, minutes: Int64, threads: Int) throws -> SimulatedRecords {
        let world = try World(plan: try Scenario.load(Bundled.path(scenario)))
        let start = world.plan.span.start + from
        let window = TimeWindow(start: start, end: start + .minutes(minutes))
        return SimulatedRecords(LogGenerator(world: world, options: GeneratorOptions(window: window, threads: threads)))
    }

    /// The same records as several threads make them, in their own pieces each.
    private func recorded() async throws -> [Recorded] {
        var all: [Recorded] = []
        for threads in [1, 2, 5] {
            all.append(try await record(source("company-500", from: .hours(9), minutes: 3, threads: threads)))
        }
        return all
    }

    @inline(never)
    private func record(_ source: some RecordSource) async throws -> Recorded {
        var source = source
        var recorded = Recorded(name: source.name, start: source.start)
        while let chunk = try await source.next() { recorded.chunks.append(chunk) }
        return recorded
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

    @Test("Threads do not matter")
    func threads() async throws {
        let recorded = try await recorded()
        #expect(Set(recorded.map(\.chunks.count)).count > 1)
        for limit in BatchMergerTests.limits {
            let one = summaries(try await cuts(recorded[0], limit))
            #expect(one.count > 5 && Set(one.map(\.log)) == Set(LogKind.allCases))
            for other in recorded.dropFirst() { #expect(try await summaries(cuts(other, limit)) == one) }
        }
        let impairment = try Impairment(parsing: "delay=20s reorder=30s duplicate=5% loss=5%")
        var impaired: Set<[Summary]> = []
        for source in recorded {
            let records = ImpairedRecords(source, impairment: impairment, tally: ImpairmentTally())
            impaired.insert(summaries(try await cuts(records, BatchLimit())))
        }
        #expect(impaired.count == 1)
    }

    @Test("Pieces do not matter")
    func pieces() async throws {
        let whole = try await record(source("quickstart", from: .hours(8), minutes: 15, threads: 1))
        for length in [TimeSpan.seconds(7), .minutes(1), .minutes(60)] {
            let other = whole.cut(into: length)
            for limit in BatchMergerTests.limits {
                #expect(try await summaries(cuts(other, limit)) == summaries(cuts(whole, limit)), "\(length.text)")
            }
        }
    }

    @Test("Batches hold every record once, in order, within the limit", arguments: limits)
    func completeness(limit: BatchLimit) async throws {
        let recorded = try await record(source("quickstart", from: .hours(8), minutes: 15, threads: 2))
        let cuts = try await cuts(recorded, limit)
        #expect(zip(cuts, cuts.dropFirst()).allSatisfy { $0.closed <= $1.closed })
        for log in LogKind.allCases {
            let own = cuts.filter { $0.log == log }
            let text = own.reduce(into: ByteBuffer()) { text, cut in _ = text.writeImmutableBuffer(cut.bytes) }
            let expected = recorded.chunks.flatMap(\.parts).filter { $0.log == log }
            #expect(Array(text.readableBytesView) == expected.flatMap(\.bytes))
            #expect(own.flatMap { $0.records.map(\.logged) } == expected.flatMap { $0.records.map(\.logged) })
            #expect(own.flatMap { $0.records.map(\.ordinal) } == Array(0..<own.reduce(0) { $0 + $1.records.count }))
            for cut in own {
                let span = try #require(cut.records.last).logged - cut.logged
                #expect(cut.records.count <= limit.records && span <= limit.span ?? .minutes(5))
                #expect(cut.records.count == 1 || cut.bytes.readableBytes <= limit.bytes)
                #expect(cut.records.allSatisfy { $0.logged <= cut.closed })
                let ends = cut.records.map { cut.bytes.getInteger(at: $0.range.upperBound, as: UInt8.self) }
                #expect(ends.allSatisfy { $0 == UInt8(ascii: "\n") })
            }
        }
    }

    @Test("A run makes the same requests with any number of threads")
    func requests() async throws {
        let recorded = try await recorded()
        let paces = [
            Pace.flatOut, .rate(recordsPerSecond: 8_000), .speed(Speed(numerator: 300)),
            .speed(Speed(numerator: 999_999)),
        ]
        for pace in paces {
            var journals: [[JournalEntry]] = []
            for (place, source) in recorded.enumerated() {
                let name = "\(pace) \(place)"
                let destination = try Destination(parsing: "journal:\(name)", sinks: SinkRegistry([JournalSink.self]))
                let run = ReplayRun(routes: LogKind.allCases.map { ($0, destination) }, pace: pace)
                let report = try await run.run(source) { _ in }
                #expect(report.account.acknowledged == report.account.generated && report.account.generated > 500)
                journals.append(JournalSink.entries.withLock { $0[name] ?? [] })
            }
            #expect(journals[0].count > 3)
            #expect(journals[1] == journals[0] && journals[2] == journals[0])
            #expect(journals[0].allSatisfy { $0.identity.run.hasPrefix("company-500, seed ") })
            #expect(Set(journals[0].map(\.identity)).count == journals[0].count)
        }
    }
}

/// Records that were made before, in the pieces in which they were.
private struct Recorded: RecordSource {
    let name: String
    let start: Instant
    var chunks: [LogChunk] = []
    private var index = 0

    init(name: String, start: Instant) {
        self.name = name
        self.start = start
    }

    mutating func next() async throws(RunError) -> LogChunk? {
        guard index < chunks.count else { return nil }
        defer { index += 1 }
        return chunks[index]
    }

    /// The same records in pieces of a length.
    func cut(into length: TimeSpan) -> Recorded {
        var result = Recorded(name: name, start: start)
        let end = chunks.last?.window.end ?? start
        var next = start
        while next < end {
            let piece = TimeWindow(start: next, end: min(next + length, end))
            next = piece.end
            let parts = LogKind.allCases.map { log in
                var text = EncodedRecords()
                for part in chunks.flatMap(\.parts) where part.log == log {
                    for record in part.records where piece.start <= record.logged && record.logged < piece.end {
                        text.append(logged: record.logged, text: Array(part.bytes[record.range]))
                    }
                }
                return LogPart(log: log, text: text)
            }
            result.chunks.append(LogChunk(window: piece, parts: parts))
        }
        return result
    }
}
