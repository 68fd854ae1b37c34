/// How the rows of a table of alerts are written: what separates the cells, and where the row of names begins.
struct TableLayout {
    /// What stands between two cells.
    let separator: UInt8
    /// Where the row of names begins, and on which line.
    let start: (offset: Int, line: Int)

    private static let separators: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

    /// Looks at the beginning of a table.
    ///
    /// A first line `sep=;`, which Excel reads, names the separator. Else it is the one by which the row of names has what
    /// `isTable` asks for, or the most cells.
    init(of bytes: [UInt8], isTable: ([String]) -> Bool) {
        if let given = TableLayout.given(in: bytes) {
            separator = given.separator
            start = (given.end, 2)
            return
        }
        let rows = TableLayout.separators.map { separator in
            var reader = CSVReader(bytes, separator: separator)
            return (separator, (try? reader.next())?.cells ?? [])
        }
        // Of equal ones the first, which is the comma.
        let widest = rows.reduce(rows[0]) { $1.1.count > $0.1.count ? $1 : $0 }
        separator = (rows.first { isTable(TableLayout.names($0.1)) } ?? widest).0
        start = (0, 1)
    }

    /// The names of a first row: without blanks around them, and without the time zone that Azure's portal adds.
    static func names(_ cells: [String]) -> [String] {
        cells.map { cell in
            let name = cell.trimmed
            return name.hasSuffix(" [UTC]") ? String(name.dropLast(6)) : name
        }
    }

    private static func given(in bytes: [UInt8]) -> (separator: UInt8, end: Int)? {
        var line = bytes.prefix { $0 != 0x0A }
        let end = min(line.endIndex + 1, bytes.count)
        if line.last == 0x0D { line.removeLast() }
        if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\"") { line = line.dropFirst().dropLast() }
        guard line.count == 5, line.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8).map({ $0 | 0x20 }) else {
            return nil
        }
        return line.last.map { ($0, end) }
    }
}
