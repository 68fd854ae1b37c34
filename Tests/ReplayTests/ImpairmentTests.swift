import Generation
import Delivery
import Dataset
import Ingester
import Replay
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

@Suite("Bad pipelines", .timeLimit(.minutes(15)))
struct ImpairmentTests {
    /// What came out of a source, record by record.
    private struct Arrival: Hashable {
        var log: LogKind
        var release: Instant
        var text: String
    }

    private func arrivals(
        _ impairment: Impairment?, threads: Int = 1, tally: ImpairmentTally = ImpairmentTally()
    ) async throws -> [Arrival] {
        let world = try World(plan: try Scenario.load(Bundled.path("unauthorized-api-calls")))
        let source = SimulatedRecords(
            LogGenerator(world: world, options: GeneratorOptions(window: world.plan.span, threads: threads)))
        if let impairment {
            return try await all(ImpairedRecords(source, impairment: impairment, tally: tally))
        }
        return try await all(source)
    }

    @inline(never)
    private func all(_ records: some RecordSource) async throws -> [Arrival] {
        var records = records
        var arrivals: [Arrival] = []
        while let chunk = try await records.next() {
            for part in chunk.parts {
                for record in part.records {
                    #expect(record.logged < chunk.window.end)
                    arrivals.append(
                        Arrival(
                            log: part.log, release: record.logged,
                            text: String(decoding: part.bytes[record.range], as: UTF8.self)))
                }
            }
        }
        return arrivals
    }

    @Test(
        "What is let through is what was made, less what was lost, plus what was repeated",
        arguments: [
            "delay=60s", "reorder=30s", "loss=5%", "duplicate=10%", "loss=0.0001%", "loss=100%",
            "delay=60s loss=0.1% duplicate=0.5% reorder=30s", "duplicate=100%,reorder=2m,seed=9",
        ])
    func conservation(text: String) async throws {
        let impairment = try Impairment(parsing: text)
        let plain = try await arrivals(nil)
        let tally = ImpairmentTally()
        let impaired = try await arrivals(impairment, tally: tally)
        let counts = tally.counts
        #expect(counts.produced == plain.count)
        #expect(impaired.count == counts.produced - counts.dropped + counts.duplicated)
        for log in LogKind.allCases {
            let before = plain.filter { $0.log == log }
            let after = impaired.filter { $0.log == log }
            // In the order of release, and nothing before its time or later than is said.
            #expect(zip(after, after.dropFirst()).allSatisfy { $0.release <= $1.release })
            let logged = Dictionary(before.map { ($0.text, $0.release) }, uniquingKeysWith: { first, _ in first })
            for arrival in after {
                let late = arrival.release - (try #require(logged[arrival.text]))
                #expect(late >= impairment.delay && late <= impairment.delay + impairment.reorder)
            }
        }
        // Nobody gets more than two of a kind.
        let copies = Dictionary(grouping: impaired, by: { "\($0.log) \($0.text)" }).values.map(\.count)
        #expect(copies.allSatisfy { $0 <= 2 } && copies.count { $0 == 2 } == counts.duplicated)
        #expect(counts.delayed == (impairment.delay > .zero || impairment.reorder > .zero ? impaired.count : 0))
        if impairment.reorder == .zero { #expect(counts.reordered == 0) }
        if text == "loss=100%" { #expect(impaired.isEmpty) }
        if text == "loss=5%" { #expect((20...80).contains(counts.dropped * 1_000 / counts.produced)) }
    }

    @Test("The same whatever the threads and otherwise with another seed")
    func theSameWhateverTheThreadsAndOtherwiseWithAnotherSeed() async throws {
        let text = "delay=10s loss=2% duplicate=2% reorder=40s"
        let one = try await arrivals(try Impairment(parsing: text))
        let two = try await arrivals(try Impairment(parsing: text), threads: 2)
        let other = try await arrivals(try Impairment(parsing: text + " seed=2"))
        let order = { (arrivals: [Arrival], log: LogKind) in arrivals.filter { $0.log == log } }
        for log in LogKind.allCases { #expect(order(one, log) == order(two, log)) }
        #expect(one != other)
    }

    @Test("The receiver has what the account says, and counts the repeated ones")
    func delivered() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let receiver = Receiver()
        let port = try await receiver.start()
        let destination = try Destination(parsing: "http://127.0.0.1:\(port)/")
        let replay = ReplayRun(routes: LogKind.allCases.map { ($0, destination) }, pace: .flatOut)
        let tally = ImpairmentTally()
        let source = SimulatedRecords(LogGenerator(world: world, options: GeneratorOptions(window: world.plan.span)))
        let report = try await replay.run(
            ImpairedRecords(
                source, impairment: try Impairment(parsing: "loss=1% duplicate=3% reorder=20s"), tally: tally)
        ) { _ in }
        try await receiver.stop()
        let counts = tally.counts
        #expect(counts.dropped > 0 && counts.duplicated > 0 && counts.reordered > 0)
        #expect(report.account.generated == counts.produced - counts.dropped + counts.duplicated)
        #expect(report.account.acknowledged == report.account.generated && report.account.lost == 0)
        #expect(receiver.snapshot.duplicates == counts.duplicated)
        #expect(receiver.snapshot.records == report.account.generated)
    }

    @Test(
        "Mistakes are told, all at once",
        arguments: [
            ("", ["it is empty"]), ("delay", ["is not a pair KEY=VALUE"]), ("delay=soon", ["delay=soon"]),
            ("delay=2d", ["at most a day"]), ("loss=5", ["loss=5"]), ("loss=101%", ["0% to 100%"]),
            ("loss=-1%", ["loss=-1%"]), ("loss=0.00001%", ["four decimals"]), ("loss=1.%", ["loss=1.%"]),
            ("jitter=5s", ["\"jitter\" is not a key"]), ("seed=x", ["seed=x"]), ("loss=1% loss=2%", ["given twice"]),
            ("delay=x loss=y foo=1", ["delay=x", "loss=y", "\"foo\" is not a key"]),
        ])
    func mistakes(text: String, told: [String]) {
        do {
            _ = try Impairment(parsing: text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.problems.count == told.count)
            for (problem, words) in zip(error.problems, told) { #expect(problem.contains(words), "\(problem)") }
        }
    }

    @Test("Shares are exact") func sharesAreExact() throws {
        #expect(try Impairment(parsing: "loss=0.1%").loss == 1_000)
        #expect(try Impairment(parsing: "loss=100%").loss == 1_000_000)
        #expect(try Impairment(parsing: "duplicate=0.0001%").duplicate == 1)
        let both = try Impairment(parsing: "delay=1m30s, reorder=500ms")
        #expect(both.delay == .seconds(90) && both.reorder == .milliseconds(500))
    }
}
