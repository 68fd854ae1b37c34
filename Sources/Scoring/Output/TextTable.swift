import SimTime

/// Aligned columns of plain text.
enum TextTable {
    /// Pads the cells of each column to one width: the first column to the left, numbers to the right.
    static func aligned(_ rows: [[String]]) -> String {
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

    /// A ratio in percent with one decimal; `-` where there is none.
    static func percent(_ ratio: Double?) -> String {
        guard let ratio else { return "-" }
        let tenths = Int((ratio * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// A number with one decimal; `-` where there is none.
    static func tenths(_ value: Double?) -> String {
        guard let value, value.magnitude < 1e14 else { return "-" }
        let tenths = Int((value.magnitude * 10).rounded())
        return "\(value < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
    }

    /// A duration to the second, or to the millisecond when shorter; `-` where there is none.
    static func duration(_ span: TimeSpan?) -> String {
        guard let span else { return "-" }
        let unit: TimeSpan = span < .seconds(1) ? .milliseconds(1) : .seconds(1)
        return TimeSpan(nanoseconds: span.nanoseconds - span.nanoseconds % unit.nanoseconds).text
    }
}
