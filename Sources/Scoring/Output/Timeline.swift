import Truth
import SimTime
import TailnetModel

/// The picture of a score along time: a lane a kind with its incidents, and below them the alerts.
struct Timeline {
    private let score: Score
    private let start: Instant
    private let end: Instant

    private static let width = 1_040.0
    private static let margin = 10.0
    private static let rowHeight = 12.0
    /// Incidents that overlap stand in rows below each other; from so many rows on they share the last.
    private static let rowLimit = 8

    /// The row of one kind.
    private struct Lane {
        var title: String
        var outcomes: [(row: Int, outcome: Score.Outcome)] = []
        var rows = 0
        var alerts: [Score.JudgedAlert] = []

        var height: Double { 22 + Double(rows) * Timeline.rowHeight + 20 }
    }

    /// Makes the picture; nil where there is nothing to show.
    init?(_ score: Score) {
        let firsts = score.incidents.map(\.firstRecord) + score.alerts.prefix(1).map(\.alert.time)
        let lasts = score.incidents.map(\.lastRecord) + score.alerts.suffix(1).map(\.alert.time)
        guard var first = firsts.min(), var last = lasts.max() else { return nil }
        if let window = score.options.window {
            first = min(first, window.start)
            last = max(last, window.end)
        }
        self.score = score
        start = first
        end = max(last, first + .seconds(1))
    }

    /// What the signs mean.
    static let key = """
        <div class="key">
        <span><svg width="22" height="12"><rect class="found" x="1" y="1" width="20" height="9" rx="2"/></svg>incident, \
        detected</span>
        <span><svg width="22" height="12"><rect class="missed" x="1" y="1" width="20" height="9" rx="2"/></svg>incident, \
        missed</span>
        <span><svg width="22" height="12"><rect class="quiet" x="1" y="1" width="20" height="9" rx="2"/></svg>under or \
        look-alike: no rule should fire</span>
        <span><svg width="12" height="12"><path class="detection" d="M6 1 L11 10 L1 10 Z"/></svg>alert that detected</span>
        <span><svg width="12" height="12"><circle class="duplicate" cx="6" cy="6" r="3"/></svg>duplicate</span>
        <span><svg width="12" height="12"><path class="false" d="M2 2 L10 10 M10 2 L2 10"/></svg>false alert</span>
        </div>
        """

    /// The picture; wide, so its frame scrolls on narrow screens.
    var markup: String {
        let lanes = lanes
        var y = 24.0
        let height = y + lanes.reduce(0) { $0 + $1.height + 6 }
        var parts = [
            "<div class=\"scroll\" tabindex=\"0\"><svg viewBox=\"0 0 1040 \(SVG.number(height))\" "
                + "style=\"width:100%;min-width:720px\" role=\"img\" aria-label=\"Incidents and alerts along time\">"
        ]
        var axis: [String] = []
        for tick in ticks {
            let x = SVG.number(place(tick.at))
            axis.append("<line class=\"grid\" x1=\"\(x)\" x2=\"\(x)\" y1=\"20\" y2=\"\(SVG.number(height))\"/>")
            axis.append("<text x=\"\(x)\" y=\"14\" text-anchor=\"middle\">\(tick.text)</text>")
        }
        var content: [String] = []
        for lane in lanes {
            parts.append(
                "<rect class=\"band\" x=\"0\" y=\"\(SVG.number(y))\" width=\"1040\" height=\"\(SVG.number(lane.height))\"/>"
            )
            content.append(
                "<text class=\"lane\" x=\"10\" y=\"\(SVG.number(y + 15))\">\(MarkupText.escaped(lane.title))</text>")
            for (row, outcome) in lane.outcomes {
                content.append(bar(outcome, y: y + 22 + Double(row) * Timeline.rowHeight))
            }
            content += marks(lane.alerts, y: y + lane.height - 10)
            y += lane.height + 6
        }
        return (parts + axis + content + ["</svg></div>"]).joined(separator: "\n")
    }

    private var lanes: [Lane] {
        var lanes = score.kinds.map { Lane(title: $0.kind) }
        let number = Dictionary(uniqueKeysWithValues: score.kinds.enumerated().map { ($1.kind, $0) })
        var kindOf: [String: Int] = [:]
        var rowEnds: [[Double]] = Array(repeating: [], count: lanes.count)
        for outcome in score.incidents {
            guard let lane = number[outcome.kind] else { continue }
            kindOf[outcome.id] = lane
            let left = place(outcome.firstRecord)
            let row = rowEnds[lane].firstIndex { $0 < left } ?? min(rowEnds[lane].count, Timeline.rowLimit - 1)
            let right = max(place(outcome.lastRecord), left + 4)
            if row == rowEnds[lane].count {
                rowEnds[lane].append(right)
            } else {
                rowEnds[lane][row] = max(rowEnds[lane][row], right)
            }
            lanes[lane].outcomes.append((row, outcome))
        }
        for lane in lanes.indices { lanes[lane].rows = rowEnds[lane].count }
        var nowhere = Lane(title: "no incident")
        for alert in score.alerts {
            if let lane = alert.incident.flatMap({ kindOf[$0] }) {
                lanes[lane].alerts.append(alert)
            } else {
                nowhere.alerts.append(alert)
            }
        }
        return nowhere.alerts.isEmpty ? lanes : lanes + [nowhere]
    }

    private func bar(_ outcome: Score.Outcome, y: Double) -> String {
        let left = place(outcome.firstRecord)
        let width = max(place(outcome.lastRecord) - left, 4)
        let state: String
        let style: String
        if !outcome.variant.isToBeDetected {
            style = "quiet"
            state = outcome.alerts == 0 ? "rightly ignored" : "\(outcome.alerts) false alerts"
        } else if outcome.isDetected {
            style = "found"
            let time = FigureText.duration(outcome.timeToDetect)
            state = "detected after \(time) by \(outcome.rule ?? ""), \(outcome.alerts) alerts"
        } else {
            style = "missed"
            state = "missed; expected \(outcome.expectedRules.joined(separator: ", "))"
        }
        let text =
            "\(outcome.id) (\(outcome.variant.rawValue)) by \(outcome.actors.joined(separator: ", ")), "
            + "\(outcome.firstRecord.rfc3339) to \(outcome.lastRecord.rfc3339): \(state)"
        return
            "<rect class=\"\(style)\" x=\"\(SVG.number(left))\" y=\"\(SVG.number(y))\" width=\"\(SVG.number(width))\" "
            + "height=\"9\" rx=\"2\"><title>\(MarkupText.escaped(text))</title></rect>"
    }

    /// The alerts of a lane; those of one verdict that would fall on one spot are one mark.
    private func marks(_ alerts: [Score.JudgedAlert], y: Double) -> [String] {
        struct Spot: Hashable {
            var x: Int
            var verdict: AlertVerdict
        }
        var spots: [Spot: (first: Score.JudgedAlert, count: Int)] = [:]
        for alert in alerts {
            let spot = Spot(x: Int(place(alert.alert.time)), verdict: alert.verdict)
            spots[spot] = (spots[spot]?.first ?? alert, (spots[spot]?.count ?? 0) + 1)
        }
        let order: [AlertVerdict] = [.duplicate, .false, .detection]
        return order.flatMap { verdict in
            spots.filter { $0.key.verdict == verdict }.sorted { $0.key.x < $1.key.x }.map { spot, found in
                let alert = found.first.alert
                var text = "\(alert.time.rfc3339) \(alert.rule): \(alert.entities.prefix(6).joined(separator: ", "))"
                text += " (\(verdict.rawValue)\(found.first.incident.map { " on \($0)" } ?? ""))"
                if found.count > 1 { text += " and \(found.count - 1) more" }
                return sign(verdict, Double(spot.x), y, "<title>\(MarkupText.escaped(text))</title>")
            }
        }
    }

    private func sign(_ verdict: AlertVerdict, _ x: Double, _ y: Double, _ title: String) -> String {
        func point(_ dx: Double, _ dy: Double) -> String { "\(SVG.number(x + dx)) \(SVG.number(y + dy))" }
        return switch verdict {
        case .detection:
            "<path class=\"detection\" d=\"M\(point(0, -5)) L\(point(5, 4)) L\(point(-5, 4)) Z\">\(title)</path>"
        case .duplicate:
            "<circle class=\"duplicate\" cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"3\">\(title)</circle>"
        case .false:
            "<path class=\"false\" d=\"M\(point(-4, -4)) L\(point(4, 4)) M\(point(4, -4)) L\(point(-4, 4))\">\(title)</path>"
        }
    }

    private func place(_ instant: Instant) -> Double {
        let part = Double((instant - start).nanoseconds) / Double((end - start).nanoseconds)
        return Timeline.margin + part * (Timeline.width - 2 * Timeline.margin)
    }

    /// Round times, six to twelve of them where the time is long enough.
    private var ticks: [(at: Instant, text: String)] {
        let steps: [TimeSpan] = [
            .seconds(1), .seconds(5), .seconds(15), .minutes(1), .minutes(5), .minutes(15), .hours(1), .hours(2),
            .hours(6),
            .hours(12), .days(1), .days(2), .days(7), .days(30), .days(365),
        ]
        let length = end - start
        let step = steps.first { length.nanoseconds / $0.nanoseconds <= 10 } ?? .days(3_650)
        var ticks: [(at: Instant, text: String)] = []
        var instant = start.floored(to: step) + step
        while instant < end {
            let text = instant.rfc3339
            let day = text.prefix(10)
            let time = step < .minutes(1) ? text.dropFirst(11).prefix(8) : text.dropFirst(11).prefix(5)
            // The day stands with the first time of it.
            let isNewDay = ticks.isEmpty || instant.daysSinceEpoch != (instant - step).daysSinceEpoch
            let label = step >= .days(1) ? "\(day)" : isNewDay ? "\(day.dropFirst(5)) \(time)" : "\(time)"
            // A label at the very edge would be cut off.
            if place(instant) > 40, place(instant) < Timeline.width - 40 { ticks.append((instant, label)) }
            instant += step
        }
        return ticks
    }
}
