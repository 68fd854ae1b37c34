import Truth
/// A small chart of one or two lines over a common axis; values of the lines lie between 0 and 1.
struct LineChart {
    /// Values along the axis below, in order.
    struct Line {
        var name: String
        var points: [(x: Double, y: Double)]
    }

    var title: String
    /// What stands along the axis below, where that is named in words: its label at each place.
    var labels: [(x: Double, text: String)]
    var lines: [Line]

    private static let width = 360.0
    private static let height = 200.0
    private static let left = 38.0
    private static let right = 12.0
    private static let top = 10.0
    private static let bottom = 24.0

    /// The chart as a figure.
    var markup: String {
        let xs = lines.flatMap { $0.points.map(\.x) } + labels.map(\.x)
        let least = xs.min() ?? 0
        let greatest = xs.max() ?? 1
        func place(_ x: Double) -> Double {
            let room = LineChart.width - LineChart.left - LineChart.right
            return LineChart.left + (greatest > least ? (x - least) / (greatest - least) : 0.5) * room
        }
        func level(_ y: Double) -> Double {
            LineChart.top + (1 - y) * (LineChart.height - LineChart.top - LineChart.bottom)
        }
        var parts = [
            "<figure><figcaption>\(MarkupText.escaped(title))</figcaption>",
            "<svg viewBox=\"0 0 360 200\" width=\"100%\" role=\"img\" aria-label=\"\(MarkupText.escaped(title))\">",
        ]
        for (value, name) in [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")] {
            let y = SVG.number(level(value))
            parts.append("<line class=\"grid\" x1=\"38\" x2=\"348\" y1=\"\(y)\" y2=\"\(y)\"/>")
            parts.append("<text x=\"33\" y=\"\(SVG.number(level(value) + 4))\" text-anchor=\"end\">\(name)</text>")
        }
        let labels = LineChart.readable(labels.map { (place($0.x), $0.text) })
        for (number, label) in labels.enumerated() {
            let anchor =
                labels.count == 1 ? "middle" : number == 0 ? "start" : number + 1 == labels.count ? "end" : "middle"
            parts.append(
                "<text x=\"\(SVG.number(label.x))\" y=\"194\" text-anchor=\"\(anchor)\">"
                    + "\(MarkupText.escaped(label.text))</text>")
        }
        for (number, line) in lines.enumerated() {
            let points = line.points.map { "\(SVG.number(place($0.x))),\(SVG.number(level($0.y)))" }
            let name = number == 0 ? "curve" : "second"
            parts.append("<polyline class=\"\(name)\" points=\"\(points.joined(separator: " "))\"/>")
            // Dots carry the hover text; a thousand of them would only be a thicker line.
            guard line.points.count <= 200 else { continue }
            for point in line.points {
                parts.append(
                    "<circle class=\"\(number == 0 ? "dot" : "dot2")\" cx=\"\(SVG.number(place(point.x)))\" "
                        + "cy=\"\(SVG.number(level(point.y)))\" r=\"3\"><title>\(MarkupText.escaped(line.name)) "
                        + "\(FigureText.percent(point.y)) at \(FigureText.number(point.x))</title></circle>")
            }
        }
        return (parts + ["</svg></figure>"]).joined(separator: "\n")
    }

    /// The labels, in order of their places, without those that would run into another; the first and the last stay.
    private static func readable(_ labels: [(x: Double, text: String)]) -> [(x: Double, text: String)] {
        func isClear(_ left: (x: Double, text: String), _ right: (x: Double, text: String)) -> Bool {
            right.x - left.x > 10 + 3.5 * Double(left.text.count + right.text.count)
        }
        guard let first = labels.first, let last = labels.last, labels.count > 2 else { return labels }
        var kept = [first]
        for label in labels.dropFirst().dropLast() {
            if let before = kept.last, isClear(before, label), isClear(label, last) { kept.append(label) }
        }
        return kept + [last]
    }
}
