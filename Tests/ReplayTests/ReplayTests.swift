import LiveScore
import Generation
import Delivery
import Dataset
import Foundation
import Ingester
import Replay
import ScenarioSpec
import Scoring
import SimTime
import Simulation
import Synchronization
import TailnetModel
import TestSupport
import Testing

@Suite("Replays", .timeLimit(.minutes(15)))
struct ReplayTests {
    private func generator(_ world: World, channels: Channels = Channels(.object)) -> SimulatedRecords {
        SimulatedRecords(
            LogGenerator(
                world: world, options: GeneratorOptions(window: world.plan.span, channels: channels, threads: 2)))
    }

    private func routes(_ url: String) throws -> [(log: LogKind, destination: Destination)] {
        let destination = try Destination(parsing: url)
        return LogKind.allCases.map { ($0, destination) }
    }

    @Test(
        "What is delivered is what is generated, and both incidents are detected", arguments: ["http", "splunk+http"])
    func endToEnd(scheme: String) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let receiver = Receiver()
        let port = try await receiver.start()
        let channels = Channels(scheme == "http" ? .object : .stream)
        let replay = ReplayRun(
            routes: try routes("\(scheme)://127.0.0.1:\(port)/\(scheme == "http" ? "" : "services/collector/event")"),
            pace: .flatOut)
        let report = try await replay.run(generator(world, channels: channels)) { _ in }
        try await receiver.stop()
        #expect(report.account.generated > 5_000)
        #expect(report.account.acknowledged == report.account.generated)
        #expect(report.account.isBalanced && report.account.lost == 0)
        #expect(receiver.snapshot.records == report.account.generated)
        #expect(receiver.snapshot.duplicates == 0 && receiver.snapshot.malformed == 0)
        let score = Score(of: receiver.alerts, against: world.incidents(in: world.plan.span))
        #expect(score.overall.recall == 1)
        #expect(score.overall.falseAlerts == 0)
    }

    @Test("A folder's replay holds the folder's lines")
    func folder() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("unauthorized-api-calls")))
        let folder = try TestFolder()
        let output = try TestFolder()
        let generated = LogGenerator(world: world, options: GeneratorOptions(window: world.plan.span, threads: 2))
        _ = try await GeneratedFolder(path: folder.path, force: false).write(generated) { _, _ in }
        for (log, name) in [(LogKind.network, "network.ndjson"), (.configuration, "configuration.ndjson")] {
            let destination = try Destination(parsing: "file:\(output.path)/\(name)")
            let replay = ReplayRun(routes: [(log, destination)], pace: .flatOut)
            let records = try FolderRecords(
                try FolderManifest(folder: folder.path), logs: [log], channels: Channels(.object))
            let report = try await replay.run(records) { _ in }
            #expect(report.account.acknowledged == report.account.generated)
            #expect(try output.text(name) == folder.text(name))
        }
        // Turned into envelopes, the records are those that the simulation makes for that channel itself.
        let stream = try TestFolder()
        let replay = ReplayRun(
            routes: [(.network, try Destination(parsing: "file:\(stream.path)/a.ndjson"))], pace: .flatOut)
        _ = try await replay.run(
            try FolderRecords(
                try FolderManifest(folder: folder.path), logs: [.network], channels: Channels(.stream))
        ) { _ in }
        let direct = ReplayRun(
            routes: [(.network, try Destination(parsing: "file:\(stream.path)/b.ndjson"))], pace: .flatOut)
        let source = SimulatedRecords(
            LogGenerator(
                world: world,
                options: GeneratorOptions(window: world.plan.span, logs: [.network], channels: Channels(.stream))))
        _ = try await direct.run(source) { _ in }
        #expect(try stream.text("a.ndjson") == stream.text("b.ndjson"))
    }

    @Test("A receiver that is not there: everything is given up and counted")
    func nobodyListens() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("unauthorized-api-calls")))
        let retry = RetryPolicy(initialDelay: .milliseconds(1), giveUpAfter: .milliseconds(5))
        let replay = ReplayRun(
            routes: [(.configuration, try Destination(parsing: "http://127.0.0.1:1/"))], pace: .flatOut,
            options: ShipperOptions(retry: retry))
        let source = SimulatedRecords(
            LogGenerator(world: world, options: GeneratorOptions(window: world.plan.span, logs: [.configuration])))
        let report = try await replay.run(source) { _ in }
        #expect(report.account.generated > 10)
        #expect(report.account.givenUp == report.account.generated)
        #expect(report.account.isBalanced && !report.account.failures.isEmpty)
    }

    @Test("A replay that is stopped reports what was not delivered; one that is over is not interrupted")
    func stopped() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("unauthorized-api-calls")))
        let replay = ReplayRun(
            routes: [(.network, try Destination(parsing: "http://127.0.0.1:1/"))], pace: .flatOut,
            options: ShipperOptions(retry: RetryPolicy(initialDelay: .seconds(5_000), giveUpAfter: .seconds(6_000))))
        let told = Mutex<[String?]>([])
        let report = try await replay.run(generator(world)) { account in
            // The attempts have failed, and their batches wait.
            if account.requests > 0 { replay.stop.stop() }
        } stopped: { reason in
            told.withLock { $0.append(reason) }
        }
        #expect(report.isInterrupted && report.account.isBalanced && report.account.inFlight == 0)
        #expect(report.account.givenUp == report.account.generated && report.account.unsent > 0)
        #expect(told.withLock { $0.first??.hasPrefix("interrupted: the rest was not generated") } == true)

        let folder = try TestFolder()
        let whole = ReplayRun(
            routes: [(.network, try Destination(parsing: "file:\(folder.path)/a.ndjson"))], pace: .flatOut)
        let complete = try await whole.run(generator(world)) { _ in }
        whole.stop.stop()
        #expect(!complete.isInterrupted && complete.account.acknowledged == complete.account.generated)
    }

    @Test("A live score knows how far a replay is, and what the receiver of its records detects counts")
    func liveScore() async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let incidents = world.incidents(in: world.plan.span)
        let live = RunningScore(incidents: incidents)
        let receiver = Receiver()
        let port = try await receiver.start()
        let told = Mutex((starts: [Instant](), times: [Instant]()))
        let follow = ReplayWatch(
            began: { _, start in told.withLock { $0.starts.append(start) } },
            reached: { time in
                live.reach(time)
                told.withLock { $0.times.append(time) }
            })
        var replay = ReplayRun(routes: try routes("http://127.0.0.1:\(port)/"), pace: .flatOut)
        replay.watch = follow
        _ = try await replay.run(generator(world)) { _ in }
        try await receiver.stop()
        let (starts, times) = told.withLock { $0 }
        #expect(starts == [world.plan.span.start])
        #expect(times.count > 10 && times.allSatisfy { world.plan.span.start <= $0 })
        #expect(live.standing.score.overall.detected == 0)
        _ = live.take(receiver.alerts)
        live.end(isComplete: true)
        #expect(live.standing.score.overall.recall == 1)
        #expect(live.standing.score.incidents.count == incidents.count)
    }
}
