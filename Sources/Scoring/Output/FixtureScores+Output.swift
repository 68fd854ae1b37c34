import ByteText
import Truth

extension FixtureScores {
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
                missed += "Missed: \("\(kind)/\(folder.name): \(folder.mutation ?? "")".printable)\n"
            }
        }
        return TextTable(figures: rows).text + (missed.isEmpty ? "" : "\n" + missed)
    }

    private static func cell(_ folder: Folder) -> String {
        if folder.variant.isToBeDetected { return folder.isRight ? "found" : "missed" }
        return folder.isRight ? "quiet" : "false"
    }

    /// One object a line, a folder each.
    public var json: String {
        folders.map { folder in
            JSONWriter.object { json in
                json.member("kind", folder.kind)
                json.member("folder", folder.name)
                json.member("variant", folder.variant.rawValue)
                json.member("mutation", folder.mutation)
                json.member("right", folder.isRight)
                json.member("found", folder.found)
                json.member("falseAlerts", folder.falseAlerts)
            } + "\n"
        }.joined()
    }
}
