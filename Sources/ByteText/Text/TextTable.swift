/// A table of plain text whose columns are aligned.
package struct TextTable {
    /// On which side of its column a cell stands.
    package enum Alignment: Sendable {
        case left
        case right
    }

    private enum Row {
        case cells([String])
        case heading(String)
    }

    private let columns: [Alignment]
    private let indentation: String
    private var rows: [Row] = []

    /// Makes a table without rows.
    ///
    /// - Parameters:
    ///   - columns: the sides on which the cells of each column stand; rows have as many cells.
    ///   - indent: how many blanks stand before the first column.
    package init(_ columns: [Alignment], indent: Int = 0) {
        self.columns = columns
        indentation = String(repeating: " ", count: indent)
    }

    /// A table of figures: the first column stands left, numbers right.
    package init(figures rows: [[String]]) {
        self.init((rows.first ?? []).indices.map { $0 == 0 ? .left : .right })
        for row in rows { add(row) }
    }

    /// Adds a row; control characters in a cell are escaped.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(.cells(cells.map(\.printable)))
    }

    /// Adds a line that keeps to no column.
    package mutating func addHeading(_ text: String) { rows.append(.heading(text)) }

    /// The lines, without blanks at their ends.
    package var lines: [String] {
        var widths = [Int](repeating: 0, count: columns.count)
        for case .cells(let cells) in rows {
            for (column, cell) in cells.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        return rows.map { row in
            switch row {
            case .heading(let text): text
            case .cells(let cells): line(cells, widths)
            }
        }
    }

    /// The lines, each with a newline.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: widths[column] - cell.count)
            return columns[column] == .left ? cell + padding : padding + cell
        }
        var line = (indentation + padded.joined(separator: "  "))[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
