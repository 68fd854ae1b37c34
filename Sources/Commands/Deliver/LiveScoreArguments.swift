import LiveScore
import ArgumentParser
import Dataset
import Ingester
import Replay
import SimTime

/// How a replay scores alerts while it goes on.
struct LiveScoreArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Score during the replay: listen here for alerts (POST /alerts) and show the score (GET /score).",
            valueName: "host:port"))
    var score: String?

    @Option(
        help: ArgumentHelp("How long to wait for alerts after the last record.", valueName: "duration"))
    var scoreWait = "10s"

    @Option(
        help: "Time of an alert: its own simulated time, or its arrival, converted to simulated time.")
    var alertTime = AlertTimeChoice.simulated

    /// Refuses what does not go together.
    func check(hasSpeed: Bool) throws {
        if score == nil, alertTime != .simulated { throw ValidationError("--alert-time needs --score.") }
        if alertTime == .arrival, !hasSpeed {
            throw ValidationError("--alert-time arrival needs a pace that follows the clock: --speed or --follow.")
        }
    }

    /// How long alerts may still come.
    func wait() throws(RunError) -> Duration {
        guard let span = TimeSpan(parsing: scoreWait) else {
            throw RunError(.input, "--score-wait \(scoreWait): write a duration such as 10s")
        }
        return .nanoseconds(span.nanoseconds)
    }

    /// The address to listen on; the host may be left out.
    func address() throws(RunError) -> (host: String, port: Int)? {
        guard let score else { return nil }
        let parts = score.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let last = parts.last, let port = Int(last), (0...65_535).contains(port)
        else { throw RunError(.input, "--score \(score): write HOST:PORT, such as 127.0.0.1:8089, or a port") }
        return (parts.count == 2 && !parts[0].isEmpty ? String(parts[0]) : "127.0.0.1", port)
    }
}

/// Which time an alert has, on the command line.
enum AlertTimeChoice: String, ExpressibleByArgument, CaseIterable {
    case simulated
    case arrival
}

extension LiveScoring {
    /// Begins to take alerts.
    func open(_ arguments: LiveScoreArguments) async throws -> Receiver? {
        guard let address = try arguments.address() else { return nil }
        _ = try arguments.wait()
        let board = Receiver(
            configuration: ReceiverConfiguration(
                host: address.host, port: address.port, detections: [], live: live, takesRecords: false))
        let port = try await board.start()
        Console.say(
            "mocktail: POST alerts to http://\(address.host):\(port)/alerts, GET the score from http://\(address.host):\(port)/score"
        )
        return board
    }

    /// Waits for alerts that are late, and prints the score.
    func close(_ board: Receiver, _ arguments: LiveScoreArguments, json: Bool) async throws {
        live.end(isComplete: false)
        let wait = try arguments.wait()
        if wait > .zero, Interruptible.signal == nil {
            Console.say("waiting \(arguments.scoreWait) for more alerts")
            _ = try? await Interruptible.run { try await Task.sleep(for: wait) }
        }
        try await board.stop(patience: .seconds(1))
        try conclude(json: json)
    }

    /// Tells the live score how far a replay at this pace is.
    func watch(_ pace: Pace) -> ReplayWatch {
        let live = live
        return ReplayWatch(
            began: { wall, simulated in
                guard case .speed(let speed) = pace else { return }
                live.follow(
                    RunningScore.Timetable(
                        wall: wall, simulated: simulated, numerator: speed.numerator, denominator: speed.denominator))
            }, reached: { live.reach($0) })
    }
}
