/// The order of the modules: the table of `Docs/Architecture.md`.
struct LayerTable {
    /// The modules of a row of the table.
    struct Row: Equatable {
        var layer: Int
        var modules: [String]
    }

    /// The rows from the lowest layer to the highest.
    let rows: [Row]

    /// Reads the rows `| layer | module, … | purpose |` of a page; an empty first cell continues the layer above.
    init(page: String) {
        var layer = 0
        rows = page.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            guard cells.count >= 4, line.hasPrefix("|") else { return nil }
            let first = String(cells[1]).filter { $0 != " " }
            if let number = Int(first) { layer = number } else if !first.isEmpty { return nil }
            let names = LayerTable.name.matches(in: String(cells[2])).map { $0.groups[1] }
            return layer > 0 && !names.isEmpty ? Row(layer: layer, modules: names) : nil
        }
    }

    private static let name = Pattern(#"`([\w-]+)`"#)

    /// All modules in their order.
    var modules: [String] { rows.flatMap(\.modules) }

    /// The position of each module: modules of one row have the same one.
    var positions: [String: Int] {
        Dictionary(
            rows.enumerated().flatMap { index, row in row.modules.map { ($0, index) } },
            uniquingKeysWith: { first, _ in first })
    }
}
