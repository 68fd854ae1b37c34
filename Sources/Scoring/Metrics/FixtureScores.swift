public import Truth
import ByteText
import TailnetModel

/// How rules do on folders that hold one attack each: which variants and mutations they catch, and where they raise false alerts.
public struct FixtureScores: Sendable {
    /// One folder's result.
    public struct Folder: Sendable, Hashable {
        public var kind: String
        public var variant: IncidentVariant
        /// What differs from the attack; nil for a variant.
        public var mutation: String?
        /// The folder's name below that of its kind.
        public var name: String
        /// The rules that found the incident, or one of those that it consists of.
        public var found: [String]
        /// Alerts that should not have been.
        public var falseAlerts: Int

        /// Takes what a score of the folder says.
        public init(kind: String, variant: IncidentVariant, mutation: String?, name: String, score: Score) {
            self.kind = kind
            self.variant = variant
            self.mutation = mutation
            self.name = name
            var found: [String] = []
            for alert in score.alerts where alert.verdict != .false && !found.contains(alert.alert.rule) {
                found.append(alert.alert.rule)
            }
            self.found = found.sorted()
            falseAlerts = score.overall.falseAlerts
        }

        /// Whether the alerts are what they should be: found where it is an attack, silence where it is none.
        public var isRight: Bool { variant.isToBeDetected ? !found.isEmpty : falseAlerts == 0 }
    }

    /// By kind, variants before mutations.
    public let folders: [Folder]

    public init(_ folders: [Folder]) { self.folders = folders }
}
