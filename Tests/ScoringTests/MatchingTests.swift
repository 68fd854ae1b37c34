import Truth
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

@Suite("Matching") struct MatchingTests {
    @Test("Time must lie between first record and last record plus grace")
    func timeMustLieBetweenFirstRecordAndLastRecordPlusGrace() {
        let sweep = incident("i", 100...200, by: ["a"])
        let inTime = [99, 100, 200, 215, 216].filter { second in
            score([alert(second, "a")], [sweep], grace: .seconds(15)).overall.detected == 1
        }
        #expect(inTime == [100, 200, 215])
        #expect(Score(of: [alert(200 + 900, "a")], against: [sweep]).overall.detected == 1)
        #expect(Score(of: [alert(200 + 901, "a")], against: [sweep]).overall.detected == 0)
    }

    @Test("First record counts by milliseconds") func firstRecordCountsByMilliseconds() {
        var sweep = incident("i", 0...9, by: ["a"])
        sweep.firstRecord = at(0) + .nanoseconds(1_999_999)
        let cut = Alert(time: at(0) + .milliseconds(1), rule: "r", entities: ["a"])
        let early = Alert(time: at(0) + .nanoseconds(999_999), rule: "r", entities: ["a"])
        #expect(score([cut], [sweep]).incidents.map(\.timeToDetect) == [.zero])
        #expect(score([early], [sweep]).detections.isEmpty)
    }

    @Test("Targets count only for kinds that say so") func targetsCountOnlyForKindsThatSaySo() {
        let sweep = incident("i", 0...9, by: ["a"], on: ["b"])
        #expect(score([alert(1, "b")], [sweep]).overall.detected == 0)
        #expect(score([alert(1, "b")], [sweep], targets: ["sweep"]).overall.detected == 1)
        #expect(score([alert(1, "b")], [sweep], targets: ["other"]).overall.detected == 0)
    }

    @Test("One alert detects one incident and prefers the one that began last")
    func oneAlertDetectsOneIncidentAndPrefersTheOneThatBeganLast() {
        let both = [incident("old", 0...100, by: ["a"]), incident("new", 10...100, by: ["a"])]
        let result = score([alert(20, "a")], both)
        #expect(result.detections == ["new": 10])
        #expect(result.overall.recall == 0.5)
        #expect(result.overall.precision == 1)
    }

    @Test("An earlier alert moves when that helps a later one") func anEarlierAlertMovesWhenThatHelpsALaterOne() {
        // The alert at 20 goes to "new" first; the one at 30 names only b, who has a part in "new".
        let both = [incident("old", 0...100, by: ["a"]), incident("new", 10...100, by: ["a", "b"])]
        let result = score([alert(20, "a"), alert(30, "b")], both)
        #expect(result.detections == ["old": 20, "new": 20])
        #expect(result.overall.duplicates == 0)
    }

    @Test("An alert may move more than once") func anAlertMayMoveMoreThanOnce() {
        // The alert at 20 goes to "r", moves to "q" for the one at 21, and to "p" for the one at 22.
        let incidents = [
            incident("p", 0...100, by: ["a"]), incident("q", 1...100, by: ["a", "b"]),
            incident("r", 2...100, by: ["a", "c"]),
        ]
        let result = score([alert(20, "a"), alert(21, "c"), alert(22, "b")], incidents)
        #expect(result.detections == ["p": 20, "q": 21, "r": 19])
    }

    @Test("A duplicate counts for the incident that began last") func aDuplicateCountsForTheIncidentThatBeganLast() {
        let both = [incident("x", 0...100, by: ["a"]), incident("y", 10...100, by: ["b"])]
        let result = score([alert(20, "a", "b"), alert(21, "a", "b"), alert(22, "b", "a")], both)
        #expect(result.incidents.map(\.id) == ["x", "y"])
        #expect(result.incidents.map(\.alerts) == [1, 2])
    }

    @Test("A long chain of moves is found") func aLongChainOfMovesIsFound() {
        // Alert k names nodes k and k + 1, incident k is done by node k: each alert takes the later incident, until the
        // last alert, which names only the last node, pushes all of them back by one.
        let count = 500
        let incidents = (0...count).map { incident("i\($0)", Int64($0)...10_000, by: ["v\($0)"]) }
        var alerts = (0..<count).map { alert(Int64(5_000 + $0), "v\($0)", "v\($0 + 1)") }
        #expect(score(alerts, incidents).detections["i0"] == nil)
        alerts.append(alert(9_000, "v\(count)"))
        let result = score(alerts, incidents)
        #expect(result.overall.detected == count + 1)
        #expect(result.detections["i0"] == 5_000)
    }

    @Test("Further alerts are duplicates and the earliest counts") func furtherAlertsAreDuplicatesAndTheEarliestCounts()
    {
        let sweep = incident("i", 0...100, by: ["a"])
        let result = score([alert(50, "a"), alert(7, "a"), alert(60, "a"), alert(7, "a")], [sweep])
        #expect(result.detections == ["i": 7])
        #expect(result.overall.duplicates == 3)
        #expect(result.overall.falseAlerts == 0)
        #expect(result.overall.precision == 1)
        #expect(result.incidents.first?.alerts == 4)
    }

    @Test("Two incidents of one actor need two alerts") func twoIncidentsOfOneActorNeedTwoAlerts() {
        let both = [incident("x", 0...100, by: ["a"]), incident("y", 0...100, by: ["a"])]
        let result = score([alert(5, "a"), alert(9, "a"), alert(11, "a")], both)
        #expect(result.overall.detected == 2)
        #expect(Set(result.detections.values) == [5, 9])
        #expect(result.overall.duplicates == 1)
    }

    @Test("An alert for a busy incident does not block a later one") func anAlertForABusyIncidentDoesNotBlockALaterOne()
    {
        // The duplicate at 12 closes "x"; "y" begins later with the same actor and needs its own alert.
        let both = [incident("x", 0...100, by: ["a"]), incident("y", 20...100, by: ["a"])]
        let result = score([alert(11, "a"), alert(12, "a"), alert(25, "a"), alert(26, "a")], both)
        #expect(result.detections == ["x": 11, "y": 5])
        #expect(result.overall.duplicates == 2)
    }

    @Test("Aggregate naming several actors is one detection") func aggregateNamingSeveralActorsIsOneDetection() {
        let both = [incident("x", 0...100, by: ["a"]), incident("y", 0...100, by: ["b"])]
        #expect(score([alert(5, "a", "b", "a")], both).overall.detected == 1)
        #expect(score([alert(5, "a", "b"), alert(6, "b", "a")], both).overall.detected == 2)
    }

    /// Small random cases against every possible assignment.
    @Test("Agrees with exhaustive search", arguments: 0..<300) func agreesWithExhaustiveSearch(_ seed: Int) {
        var draws = Draws(state: UInt64(seed))
        let names = ["a", "b", "c"]
        let incidents = (0..<Int.random(in: 1...5, using: &draws)).map { number in
            let first = Int64.random(in: 0...20, using: &draws)
            let actors = names.filter { _ in Bool.random(using: &draws) }
            return incident("i\(number)", first...first + Int64.random(in: 0...15, using: &draws), by: actors)
        }
        let alerts = (0..<Int.random(in: 0...6, using: &draws)).map { _ in
            Alert(
                time: at(Int64.random(in: 0...30, using: &draws)), rule: "r",
                entities: names.filter { _ in Bool.random(using: &draws) })
        }
        let best = exhaustive(alerts, incidents)
        let result = score(alerts, incidents)
        #expect(result.overall.detected == best.detected)
        #expect(alertSeconds(result, incidents) == best.alertSeconds)
        let related = alerts.filter { alert in incidents.contains { isEdge(alert, $0) } }
        #expect(result.overall.falseAlerts == alerts.count - related.count)
        #expect(result.overall.duplicates == related.count - best.detected)
        #expect(score(alerts.shuffled(using: &draws), incidents.shuffled(using: &draws)) == result)
    }

    /// Cases too large for every assignment, against the plain algorithm and plain loops.
    @Test("Agrees with the plain algorithm", arguments: 0..<30) func agreesWithThePlainAlgorithm(_ seed: Int) {
        var draws = Draws(state: UInt64(1_000 + seed))
        let names = (0..<6).map { "v\($0)" }
        let incidents = (0..<40).map { number in
            let first = Int64.random(in: 0...300, using: &draws)
            return incident(
                "i\(number)", first...first + Int64.random(in: 0...60, using: &draws),
                by: names.filter { _ in Int.random(in: 0..<4, using: &draws) == 0 }, number % 5 == 0 ? .under : .attack)
        }
        let alerts = (0..<120).map { _ in
            Alert(
                time: at(Int64.random(in: 0...380, using: &draws)), rule: "r",
                entities: names.filter { _ in Int.random(in: 0..<3, using: &draws) == 0 })
        }
        let wanted = incidents.filter(\.variant.isToBeDetected)
        let result = score(alerts, incidents)
        #expect(result.overall.detected == plainMatching(alerts, wanted))
        let related = alerts.filter { alert in wanted.contains { isEdge(alert, $0) } }
        #expect(result.overall.duplicates == related.count - result.overall.detected)
        #expect(result.overall.falseAlerts == alerts.count - related.count)
        let onQuiet = alerts.filter { alert in
            !wanted.contains { isEdge(alert, $0) } && incidents.contains { isEdge(alert, $0) }
        }
        #expect(result.alerts.count { $0.verdict == .false && $0.incident != nil } == onQuiet.count)
        for judged in result.alerts {
            guard let id = judged.incident else { continue }
            #expect(incidents.contains { $0.id == id && isEdge(judged.alert, $0) })
        }
        #expect(Set(result.alerts.filter { $0.verdict == .detection }.map(\.incident)).count == result.overall.detected)
        #expect(score(alerts.shuffled(using: &draws), incidents.shuffled(using: &draws)) == result)
    }

    /// The size of a maximum matching, by one search from each incident.
    private func plainMatching(_ alerts: [Alert], _ incidents: [Incident]) -> Int {
        var incidentOf: [Int?] = Array(repeating: nil, count: alerts.count)
        func place(_ incident: Int, _ seen: inout Set<Int>) -> Bool {
            for (number, alert) in alerts.enumerated() where isEdge(alert, incidents[incident]) {
                guard seen.insert(number).inserted else { continue }
                if incidentOf[number].map({ place($0, &seen) }) ?? true {
                    incidentOf[number] = incident
                    return true
                }
            }
            return false
        }
        return incidents.indices.count { incident in
            var seen: Set<Int> = []
            return place(incident, &seen)
        }
    }

    /// The sum of the matched alerts' times.
    private func alertSeconds(_ score: Score, _ incidents: [Incident]) -> Int64 {
        incidents.reduce(0) { sum, incident in
            guard let seconds = score.detections[incident.id] else { return sum }
            return sum + seconds + (incident.firstRecord - epoch).nanoseconds / 1_000_000_000
        }
    }

    private func isEdge(_ alert: Alert, _ incident: Incident) -> Bool {
        let names = incident.actors.map { String($0.name.prefix { $0 != "." }) }
        return incident.firstRecord <= alert.time && alert.time <= incident.lastRecord
            && alert.entities.contains(where: names.contains)
    }

    /// The largest matching and, among the largest, the smallest sum of the matched alerts' times.
    private func exhaustive(_ alerts: [Alert], _ incidents: [Incident]) -> (detected: Int, alertSeconds: Int64) {
        var best = (detected: 0, alertSeconds: Int64(0))
        func go(_ index: Int, _ taken: Set<String>, _ sum: Int64) {
            guard index < alerts.count else {
                if taken.count > best.detected || taken.count == best.detected && sum < best.alertSeconds {
                    best = (taken.count, sum)
                }
                return
            }
            go(index + 1, taken, sum)
            let seconds = (alerts[index].time - epoch).nanoseconds / 1_000_000_000
            for incident in incidents where !taken.contains(incident.id) && isEdge(alerts[index], incident) {
                go(index + 1, taken.union([incident.id]), sum + seconds)
            }
        }
        go(0, [], 0)
        return best
    }
}
