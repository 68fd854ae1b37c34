import LiveScore
import IncidentCatalog
import Dataset
import Ingester
import ScenarioSpec
import Scoring
import SimTime
import Synchronization
import TailnetModel

/// Scores while a run goes on: what `ingest` and `replay` share.
struct LiveScoring: Sendable {
    let live: RunningScore

    /// A live score of a truth; says what should be known of the truth.
    ///
    /// - Parameter usesArrival: whether an alert's time is that of its arrival.
    init(_ truth: ScoreTruth, byLogTime: Bool, usesArrival: Bool = false) {
        for note in truth.notes { Console.say(note) }
        let options = ScoreOptions(
            kindsMatchedByTargets: Set(IncidentKinds.all.filter(\.matchesTargets).map(\.name)),
            window: truth.window, loggedOf: byLogTime ? truth.loggedOf : [:])
        live = RunningScore(incidents: truth.incidents, options: options, usesArrival: usesArrival)
    }

    /// Prints the score at the end, as a table or as a line of JSON.
    func conclude(json: Bool) throws {
        let standing = live.standing
        try printData(json ? standing.json : Console.fittingTables(String(standing.score.table.dropLast())))
        if standing.pendingIncidents > 0 {
            Console.say("\(counted(standing.pendingIncidents, "incident")) had not started yet: not counted")
        }
    }

    /// Shows the score every few seconds until the task is cancelled: in place on a terminal, else a line where it changed.
    func show() async {
        var shown = ""
        while !Task.isCancelled {
            try? await Task.sleep(for: Console.isTerminal ? .seconds(2) : .seconds(10))
            let line = live.standing.line
            if Task.isCancelled || line == shown { continue }
            shown = line
            if Console.isTerminal { Console.show(line) } else { Console.say("score so far: \(line)") }
        }
    }
}
