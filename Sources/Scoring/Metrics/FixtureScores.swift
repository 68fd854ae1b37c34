public import Truth
import ByteText
import TailnetModel

/// How rules do on folders that hold one attack each: which variants and mutations they catch, and where they cry wolf.
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

    private var kinds: [String] {
        var kinds: [String] = []
        for folder in folders where !kinds.contains(folder.kind) { kinds.append(folder.kind) }
        return kinds
    }

    /// The table for a terminal: a row a kind, and below it the mutations that nobody caught.
    public var table: String {
        var rows = [["kind"] + IncidentVariant.allCases.map(\.rawValue) + ["mutations", "false"]]
        var missed = ""
        for kind in kinds {
            let own = folders.filter { $0.kind == kind }
            let mutations = own.filter { $0.mutation != nil }
            let variants = IncidentVariant.allCases.map { variant in
                own.first { $0.variant == variant && $0.mutation == nil }.map(FixtureScores.cell) ?? "-"
            }
            let caught = mutations.count(where: \.isRight)
            rows.append(
                [kind] + variants + [
                    mutations.isEmpty ? "-" : "\(caught) of \(mutations.count)",
                    "\(own.reduce(0) { $0 + $1.falseAlerts })",
                ])
            for folder in mutations where !folder.isRight {
                missed += "Missed: \(kind)/\(folder.name): \(folder.mutation ?? "")\n"
            }
        }
        return TextTable.aligned(rows) + (missed.isEmpty ? "" : "\n" + missed)
    }

    private static func cell(_ folder: Folder) -> String {
        if folder.variant.isToBeDetected { return folder.isRight ? "found" : "missed" }
        return folder.isRight ? "quiet" : "false"
    }

    /// One object a line, a folder each.
    public var json: String {
        folders.map { folder in
            "{\"kind\":\(folder.kind.jsonQuoted),\"folder\":\(folder.name.jsonQuoted),"
                + "\"variant\":\(folder.variant.rawValue.jsonQuoted),"
                + "\"mutation\":\(folder.mutation?.jsonQuoted ?? "null"),\"right\":\(folder.isRight),"
                + "\"found\":[\(folder.found.map(\.jsonQuoted).joined(separator: ","))],"
                + "\"falseAlerts\":\(folder.falseAlerts)}\n"
        }.joined()
    }
}
