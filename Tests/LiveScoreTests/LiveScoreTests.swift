import ByteText
import LiveScore
import Scoring
import SimTime
import TestSupport
import Testing
import Truth

/// The score of alerts while records are on their way.
@Suite("Live score", .timeLimit(.minutes(15))) struct LiveScoreTests {
    private func incident(_ id: String, _ seconds: ClosedRange<Int64>, by actor: String) -> Incident {
        Incident(
            id: id, kind: "sweep", variant: .attack, start: at(seconds.lowerBound), end: at(seconds.upperBound),
            firstRecord: at(seconds.lowerBound), lastRecord: at(seconds.upperBound),
            actors: [IncidentParty(nodeID: "n\(actor)", name: "\(actor).yak-bebop.ts.net")],
            expectedRules: ["my/sweep"])
    }

    private var two: [Incident] { [incident("i1", 100...200, by: "ana"), incident("i2", 5_000...5_100, by: "bob")] }

    private func alert(_ seconds: Int64, _ entity: String) -> Alert {
        Alert(time: at(seconds), rule: "my/sweep", entities: [entity])
    }

    @Test("Only what has begun is measured") func onlyWhatHasBegunIsMeasured() {
        let live = RunningScore(incidents: two)
        #expect(live.standing.reached == nil && live.standing.pendingIncidents == 2)
        live.reach(at(150))
        #expect(live.take([alert(120, "ana"), alert(5_050, "bob")])?.accepted == 2)
        let standing = live.standing
        #expect(standing.score.overall.detected == 1 && standing.score.overall.falseAlerts == 0)
        #expect(standing.pendingIncidents == 1 && standing.pendingAlerts == 1)
        live.reach(at(5_060))
        #expect(live.standing.score.overall.detected == 2 && live.standing.pendingAlerts == 0)
    }

    @Test("Alerts that came before count once") func alertsThatCameBeforeCountOnce() {
        let live = RunningScore(incidents: two)
        let receipt = live.take([alert(120, "ana"), alert(120, "ana"), Alert(time: at(120), rule: "r", entities: [])])
        #expect(receipt?.accepted == 2 && receipt?.repeated == 1 && receipt?.nameless == 1)
    }

    @Test("The keys are those of a score and three more") func theKeysAreThoseOfAScoreAndThreeMore() throws {
        let keys = try JSONValue.parse(Array(RunningScore(incidents: two).standing.json.utf8)).object?.map(\.key) ?? []
        let plain = try JSONValue.parse(Array(Score(of: [], against: []).json.utf8)).object?.map(\.key) ?? []
        #expect(!plain.isEmpty)
        #expect(keys == plain + ["reached", "pendingIncidents", "pendingAlerts"])
    }

    @Test("At the end of all records every incident has begun") func atTheEndOfAllRecordsEveryIncidentHasBegun() {
        let live = RunningScore(incidents: two)
        live.reach(at(150))
        #expect(live.standing.score.overall.incidents == 1)
        live.end(isComplete: false)
        #expect(live.standing.score.overall.incidents == 1 && live.standing.pendingIncidents == 1)
        live.end(isComplete: true)
        #expect(live.standing.score.overall.incidents == 2 && live.standing.pendingIncidents == 0)
    }

    @Test("Arrival is mapped by the speed") func arrivalIsMappedByTheSpeed() {
        let now = ContinuousClock.now
        let table = RunningScore.Timetable(wall: now, simulated: at(0), numerator: 60, denominator: 1)
        #expect(table.simulated(at: now + .seconds(2)) == at(120))
        #expect(table.simulated(at: now - .seconds(2)) == at(0))
        let half = RunningScore.Timetable(wall: now, simulated: at(0), numerator: 1, denominator: 2)
        #expect(half.simulated(at: now + .milliseconds(500)) == epoch + .milliseconds(250))

        let live = RunningScore(incidents: two, usesArrival: true)
        live.follow(
            RunningScore.Timetable(wall: now - .seconds(2), simulated: at(0), numerator: 60, denominator: 1))
        _ = live.take([Alert(time: Instant(seconds: 2_000_000_000), rule: "r", entities: ["ana"])])
        live.end(isComplete: true)
        let time = live.standing.score.alerts.first?.alert.time ?? at(0)
        #expect(time >= at(120) && time < at(5_000))
    }
}
