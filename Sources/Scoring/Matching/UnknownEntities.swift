import TailnetModel
public import Truth

/// Alerts that name only what the tailnet does not have: false ones, and often a sign that the wrong fields were read.
public struct UnknownEntities: Sendable, Hashable {
    /// How many alerts.
    public let alerts: Int
    /// One of their entities.
    public let example: String

    /// Counts the alerts of which no entity is known; nil where there are none.
    ///
    /// - Parameters:
    ///   - names: the ids, names, addresses and logins of the tailnet.
    ///   - incidents: their actors and targets are known as well.
    public init?(in alerts: [Alert], names: Set<String>, incidents: [Incident]) {
        var known = Set(names.map(EntityName.canonical))
        for incident in incidents { known.formUnion((incident.actors + incident.targets).flatMap(EntityName.names)) }
        var isKnown: [String: Bool] = [:]
        var count = 0
        var example: String?
        for alert in alerts where !alert.entities.isEmpty {
            let isStranger = alert.entities.allSatisfy { entity in
                if let known = isKnown[entity] { return !known }
                let isNamed = known.contains(EntityName.canonical(entity))
                isKnown[entity] = isNamed
                return !isNamed
            }
            guard isStranger else { continue }
            count += 1
            example = example ?? UnknownEntities.mostTelling(alert.entities)
        }
        guard let example else { return nil }
        self.alerts = count
        self.example = example
    }

    /// An address or a name in parts says more than a number or a word.
    private static func mostTelling(_ entities: [String]) -> String? {
        let inParts = entities.first { $0.utf8.contains { [0x2E, 0x2D, 0x40].contains($0) } }
        return entities.first(where: EntityName.isAddress) ?? inParts ?? entities.first
    }
}
