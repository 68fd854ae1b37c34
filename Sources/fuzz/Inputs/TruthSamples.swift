import SimTime
import Truth

/// Incidents that alerts are scored against.
enum TruthSamples {
    /// Three incidents, of which one is a benign look-alike.
    static let incidents: [Incident] = {
        func at(_ minutes: Int64) -> Instant { Instant(seconds: 1_772_445_600) + .minutes(minutes) }
        func incident(_ id: String, _ kind: String, _ variant: IncidentVariant, _ name: String, _ minute: Int64)
            -> Incident
        {
            Incident(
                id: id, kind: kind, variant: variant, attack: ["T1046"], start: at(minute), end: at(minute + 6),
                firstRecord: at(minute), lastRecord: at(minute + 7),
                actors: [
                    IncidentParty(
                        nodeID: "n\(minute)", name: "\(name).tail3f9c1.ts.net",
                        addresses: ["100.117.222.68", "fd7a::1"],
                        login: "carla@example.com")
                ],
                targets: [IncidentParty(nodeID: "t\(minute)", name: "db-1.tail3f9c1.ts.net")],
                stages: [IncidentStage(name: "scan", start: at(minute), end: at(minute + 3), attack: ["T1046"])],
                expectedRules: variant == .attack ? ["mocktail/port-22-spike"] : [])
        }
        return [
            incident("i1", "port-22-spike", .attack, "carla-laptop", 60), incident("i2", "https-off", .over, "ana", 90),
            incident("i3", "beaconing", .lookalike, "web-1", 200),
        ]
    }()
}
