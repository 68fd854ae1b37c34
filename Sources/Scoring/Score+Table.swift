import SimTime

extension Score {
    /// The score as aligned plain text, a line a kind and one for all, each with a newline.
    ///
    /// A figure that is not defined (no alerts, no incidents, nothing detected) is `-`.
    public var table: String {
        var rows = [
            [
                "kind", "incidents", "detected", "recall", "precision", "f1", "false alerts", "duplicates",
                "median time", "longest time",
            ]
        ]
        rows += kinds.map { [$0.kind] + $0.tally.cells }
        rows.append(["all"] + overall.cells)
        var text = aligned(rows)
        if !silentRules.isEmpty { text += "Rules that never fired: \(silentRules.joined(separator: ", "))\n" }
        return text
    }
}

extension Tally {
    fileprivate var cells: [String] {
        [
            "\(incidents)", "\(detected)", percent(recall), percent(precision), percent(f1), "\(falseAlerts)",
            "\(duplicates)", duration(medianTimeToDetect), duration(maximumTimeToDetect),
        ]
    }
}

/// Pads the cells of each column to one width: the first column to the left, numbers to the right.
private func aligned(_ rows: [[String]]) -> String {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for row in rows {
        let cells = row.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: widths[column] - cell.count)
            return column == 0 ? cell + padding : padding + cell
        }
        text += cells.joined(separator: "  ") + "\n"
    }
    return text
}

private func percent(_ ratio: Double?) -> String {
    guard let ratio else { return "-" }
    let tenths = Int((ratio * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
}

/// A duration to the second, or to the millisecond when shorter.
private func duration(_ span: TimeSpan?) -> String {
    guard let span else { return "-" }
    let unit: TimeSpan = span < .seconds(1) ? .milliseconds(1) : .seconds(1)
    return TimeSpan(nanoseconds: span.nanoseconds - span.nanoseconds % unit.nanoseconds).text
}
