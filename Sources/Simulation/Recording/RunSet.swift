import KeyedRandom

/// In which of the two runs, that with the incidents and that without any, something happens.
struct RunSet: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    static let withIncidents = RunSet(rawValue: 1)
    static let withoutIncidents = RunSet(rawValue: 2)
    static let both: RunSet = [.withIncidents, .withoutIncidents]
}

extension IncidentFacts {
    /// What the incident, at its place among all, keeps out of the flow log.
    func suppressions(incident index: Int) -> [RecordSuppression] {
        hidden.map { RecordSuppression(node: $0.node, window: $0.window, peer: $0.peer, incident: index) }
    }

    /// Where the incident, at its place among all, puts nodes.
    func relocations(incident index: Int) -> [Relocation] {
        moved.map { Relocation(node: $0.node, window: $0.window, place: key.key("elsewhere"), incident: index) }
    }
}
