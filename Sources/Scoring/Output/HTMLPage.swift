/// One page of HTML with everything in it: no script, no font, no picture from elsewhere.
struct HTMLPage {
    var title: String
    private var body = ""

    init(title: String) { self.title = title }

    /// Adds markup.
    mutating func add(_ markup: String) { body += markup + "\n" }

    /// Adds a heading.
    mutating func head(_ text: String) { add("<h2>\(MarkupText.escaped(text))</h2>") }

    /// Adds a paragraph.
    mutating func say(_ text: String) { add("<p>\(MarkupText.escaped(text))</p>") }

    /// Adds figures, each with its name.
    mutating func tiles(_ tiles: [(name: String, value: String)]) {
        let items = tiles.map { tile in
            "<div class=\"tile\"><dt>\(MarkupText.escaped(tile.name))</dt><dd>\(MarkupText.escaped(tile.value))</dd></div>"
        }
        add("<dl class=\"tiles\">\(items.joined())</dl>")
    }

    /// Adds a table: texts in the first columns stand left, numbers right.
    mutating func table(_ header: [String], _ rows: [[String]], texts: Int = 1) {
        func cells(_ row: [String], _ tag: String) -> String {
            row.enumerated().map { column, text in
                let isText = column < texts
                let scope = tag == "th" ? " scope=\"col\"" : ""
                return "<\(tag)\(scope)\(isText ? "" : " class=\"n\"")>\(MarkupText.escaped(text))</\(tag)>"
            }.joined()
        }
        add("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>\(cells(header, "th"))</tr></thead><tbody>")
        for row in rows { add("<tr>\(cells(row, "td"))</tr>") }
        add("</tbody></table></div>")
    }

    /// The whole document.
    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(MarkupText.escaped(title))</title>
        <style>
        \(HTMLPage.style)
        </style>
        </head>
        <body>
        <main>
        <h1>\(MarkupText.escaped(title))</h1>
        \(body)</main>
        </body>
        </html>

        """
    }

    private static let style = """
        :root { color-scheme: light dark; --page: #f7f7f5; --card: #ffffff; --text: #1c1d1f; --soft: #5b5f66;
          --line: #d9dadc; --hit: #1f6fb2; --miss: #b3261e; --false: #b45309; --twin: #7a7f87; --quiet: #8a8f98;
          --band: #f0f0ee; --second: #6d28d9; }
        @media (prefers-color-scheme: dark) { :root { --page: #15171a; --card: #1d2024; --text: #e8e9eb; --soft: #a3a8b0;
          --line: #363a40; --hit: #6cb6f5; --miss: #ff8a80; --false: #f5a65b; --twin: #8d939c; --quiet: #7d838c;
          --band: #23272c; --second: #b79cff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 24px 16px 48px; }
        h1 { font-size: 1.5rem; margin: 0 0 4px; }
        h2 { font-size: 1.1rem; margin: 32px 0 8px; }
        p { color: var(--soft); margin: 4px 0 12px; max-width: 75ch; overflow-wrap: anywhere; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(104px, 1fr)); gap: 8px; margin: 16px 0; }
        .tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; }
        dt { color: var(--soft); font-size: 0.8rem; }
        dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        table { border-collapse: collapse; width: 100%; font-size: 0.86rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 6px 10px; white-space: nowrap; border-top: 1px solid var(--line); }
        thead th { border-top: 0; color: var(--soft); font-weight: 600; }
        .n { text-align: right; }
        svg { display: block; }
        svg text { fill: var(--soft); font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        svg .lane { fill: var(--text); font-size: 12px; font-weight: 600; }
        svg .band { fill: var(--band); }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .found { fill: var(--hit); fill-opacity: 0.45; stroke: var(--hit); }
        svg .missed { fill: none; stroke: var(--miss); stroke-width: 1.5; }
        svg .quiet { fill: none; stroke: var(--quiet); stroke-dasharray: 3 2; }
        svg .detection { fill: var(--hit); }
        svg .duplicate { fill: var(--twin); }
        svg .false { stroke: var(--false); stroke-width: 1.8; fill: none; }
        svg .curve { fill: none; stroke: var(--hit); stroke-width: 2; }
        svg .second { fill: none; stroke: var(--second); stroke-width: 2; stroke-dasharray: 6 3; }
        svg .dot { fill: var(--hit); }
        svg .dot2 { fill: var(--second); }
        .key { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 0.82rem; color: var(--soft); margin: 8px 0; }
        .key span { display: inline-flex; align-items: center; gap: 6px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); gap: 16px; }
        figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; }
        figcaption { font-size: 0.86rem; color: var(--soft); }
        """
}
