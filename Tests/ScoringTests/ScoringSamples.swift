import Truth
import Scoring
import SimTime
import TailnetModel
import TestSupport

/// An incident whose first and last record lie `seconds` after the epoch, done by nodes that are called `actors`.
func incident(
    _ id: String, _ seconds: ClosedRange<Int64>, by actors: [String], kind: String = "sweep",
    _ variant: IncidentVariant = .attack, on targets: [String] = [], rules: [String] = ["mocktail/sweep"]
) -> Incident {
    Incident(
        id: id, kind: kind, variant: variant, start: at(seconds.lowerBound), end: at(seconds.upperBound),
        firstRecord: at(seconds.lowerBound), lastRecord: at(seconds.upperBound), actors: actors.map { party($0) },
        targets: targets.map { party($0) }, expectedRules: variant.isToBeDetected ? rules : [])
}

func party(_ name: String) -> IncidentParty {
    IncidentParty(nodeID: "n\(name)CNTRL", name: "\(name).yak-bebop.ts.net")
}

func alert(_ seconds: Int64, _ entities: String..., rule: String = "mocktail/sweep") -> Alert {
    Alert(time: at(seconds), rule: rule, entities: entities)
}

/// Matches without grace, so that the edges in a test are what its numbers say.
func score(
    _ alerts: [Alert], _ incidents: [Incident], grace: TimeSpan = .zero, targets: Set<String> = []
) -> Score {
    Score(
        of: alerts, against: incidents,
        options: ScoreOptions(grace: grace, kindsMatchedByTargets: targets))
}

extension Score {
    /// Seconds to detect of each detected incident, by id.
    var detections: [String: Int64] {
        var seconds: [String: Int64] = [:]
        for incident in incidents where incident.isDetected {
            seconds[incident.id] = (incident.timeToDetect ?? .zero).nanoseconds / 1_000_000_000
        }
        return seconds
    }
}
