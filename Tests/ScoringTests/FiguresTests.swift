import Truth
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

/// Figures worked out by hand.
@Suite("Figures") struct FiguresTests {
    private func scored(_ second: Int64, _ entity: String, _ score: Double?) -> Alert {
        Alert(time: at(second), rule: "mocktail/sweep", entities: [entity], score: score)
    }

    private func isClose(_ left: Double?, _ right: Double) -> Bool { abs((left ?? .infinity) - right) < 1e-4 }

    @Test("Delays") func delays() {
        let incidents = (1...20).map { incident("i\($0)", 0...100, by: ["v\($0)"]) }
        let alerts = (1...20).map { alert(Int64($0), "v\($0)") }
        let times = score(alerts, incidents).overall.timeToDetect
        #expect(times.median == .milliseconds(10_500) && times.p95 == .seconds(19) && times.maximum == .seconds(20))
        let one = score([alert(3, "v1")], incidents).overall.timeToDetect
        #expect(one.median == .seconds(3) && one.p95 == .seconds(3) && one.maximum == .seconds(3))
    }

    @Test("False alerts per day are counted over the window") func falseAlertsPerDayAreCountedOverTheWindow() {
        let alerts = [alert(1, "x"), alert(2, "x"), alert(3, "x")]
        var options = ScoreOptions(window: TimeWindow(start: at(0), end: at(6 * 3_600)))
        #expect(Score(of: alerts, against: [], options: options).overall.falseAlertsPerDay == 12)
        // Without a window from the first to the last time there is.
        options.window = nil
        let long = [incident("i", 0...43_200, by: ["a"])]
        #expect(Score(of: alerts, against: long, options: options).overall.falseAlertsPerDay == 6)
        #expect(Score(of: [alert(1, "x")], against: []).overall.falseAlertsPerDay == nil)
    }

    @Test("Time since the ingester had it") func timeSinceTheIngesterHadIt() {
        let incidents = [incident("i", 0...100, by: ["a"]), incident("j", 0...100, by: ["b"])]
        let options = ScoreOptions(loggedOf: ["i": at(7), "j": at(60)])
        let result = Score(of: [alert(20, "a"), alert(50, "b")], against: incidents, options: options)
        #expect(result.incidents.map(\.timeSinceLogged) == [.seconds(13), .zero])
        #expect(result.overall.timeSinceLogged.maximum == .seconds(13))
        #expect(score([alert(20, "a")], incidents).overall.timeSinceLogged.median == nil)
    }

    @Test("Precision and recall by score") func precisionAndRecallByScore() throws {
        let incidents = ["a", "b", "c"].map { incident($0, 0...100, by: [$0]) }
        let alerts = [
            scored(1, "a", 0.9), scored(2, "x", 0.8), scored(3, "b", 0.7), scored(4, "a", 0.6), scored(5, "y", 0.5),
            scored(6, "c", nil),
        ]
        let curve = try #require(score(alerts, incidents).curve)
        #expect(curve.points.map(\.threshold) == [0.9, 0.7, 0.5])
        let precisions: [Double?] = [1, 2.0 / 3, 0.5]
        let recalls: [Double?] = [1.0 / 3, 2.0 / 3, 2.0 / 3]
        #expect(curve.points.map(\.precision) == precisions)
        #expect(curve.points.map(\.recall) == recalls)
        #expect(isClose(curve.average, 5.0 / 9))
        #expect(curve.unscored == 1)
        // No threshold says when an alert without a score counts, so its incident stays missed in the curve.
        #expect(score(alerts, incidents).overall.recall == 1)
        let line = "Average precision: 55.6% (without the 1 alert that has no score)"
        #expect(score(alerts, incidents).table.contains(line))
    }

    /// Three of five incidents detected, with duplicates between them: 1/5 (1/1 + 2/3 + 3/4).
    @Test("Average precision is the sum of precision by gain in recall") func averagePrecision() throws {
        let incidents = ["a", "b", "c", "d", "e"].map { incident($0, 0...100, by: [$0]) }
        let ranked: [(String, Double)] = [
            ("a", 9), ("a", 8.5), ("x", 8), ("b", 7), ("a", 6.5), ("c", 6), ("y", 5), ("z", 4),
        ]
        let alerts = ranked.enumerated().map { scored(Int64($0.offset), $0.element.0, $0.element.1) }
        let curve = try #require(score(alerts, incidents).curve)
        #expect(isClose(curve.average, (1 + 2.0 / 3 + 3.0 / 4) / 5))
        // The order of the file changes nothing, and neither does the scale of the scores.
        let scaled = alerts.reversed().map { alert in
            var alert = alert
            alert.score = alert.score.map { $0 * 100 - 3 }
            return alert
        }
        #expect(score(scaled, incidents).curve?.average == curve.average)
    }

    @Test("Equal scores are one threshold") func equalScoresAreOneThreshold() throws {
        let incidents = ["a", "b"].map { incident($0, 0...100, by: [$0]) }
        let curve = try #require(score([scored(1, "a", 1), scored(2, "x", 1), scored(3, "b", 0)], incidents).curve)
        let precisions: [Double?] = [0.5, 2.0 / 3]
        #expect(curve.points.map(\.precision) == precisions)
        #expect(isClose(curve.average, 0.5 * 0.5 + 0.5 * 2 / 3))
        #expect(score([alert(1, "a")], incidents).curve == nil)
        #expect(score([scored(1, "x", 1)], []).curve?.average == nil)
    }

    /// The last point of the curve takes all alerts, so it must agree with the matching by time.
    @Test("The curve ends at the score") func theCurveEndsAtTheScore() throws {
        var draws = Draws(state: 5)
        for _ in 0..<40 {
            let incidents = (0..<8).map { number in
                let first = Int64.random(in: 0...40, using: &draws)
                return incident("i\(number)", first...first + 20, by: ["v\(number % 3)", "w\(number % 4)"])
            }
            let alerts = (0..<12).map { _ in
                scored(
                    Int64.random(in: 0...60, using: &draws),
                    ["v0", "v1", "v2", "w0", "w3", "z"].randomElement(using: &draws) ?? "",
                    Double(Int.random(in: 0...3, using: &draws)))
            }
            let result = score(alerts, incidents)
            let last = try #require(result.curve?.points.last)
            #expect(last.recall == result.overall.recall && last.precision == result.overall.precision)
        }
    }

    @Test("Numenta rewards the early") func numentaRewardsTheEarly() {
        let sweep = [incident("i", 0...100, by: ["a"])]
        func standard(_ alerts: Alert...) -> Double? { score(alerts, sweep).numenta.standard }
        #expect(isClose(standard(alert(0, "a")), 100))
        #expect(isClose(standard(alert(50, "a")), 92.9897))
        #expect(isClose(standard(alert(100, "a")), 50))
        #expect(isClose(standard(), 0))
        // Duplicates change nothing.
        #expect(isClose(standard(alert(0, "a"), alert(1, "a"), alert(99, "a")), 100))
        #expect(score([alert(1, "a")], []).numenta.standard == nil)
    }

    @Test("Numenta punishes false alerts by their distance") func numentaPunishesFalseAlertsByTheirDistance() {
        let sweep = [incident("i", 0...100, by: ["a"])]
        let far = score([alert(0, "a"), alert(5, "nobody")], sweep).numenta
        #expect(isClose(far.standard, 94.5) && isClose(far.lowFalsePositives, 89))
        #expect(isClose(far.lowFalseNegatives, 100 * 2.89 / 3))
        #expect(isClose(score([alert(0, "a"), alert(150, "a")], sweep).numenta.standard, 95.3344))
        #expect(isClose(score([alert(0, "a"), alert(400, "a")], sweep).numenta.standard, 94.5))
        #expect(isClose(score((1...20).map { alert($0, "nobody") }, sweep).numenta.standard, -110))
    }

    @Test("Ranges count what is covered") func rangesCountWhatIsCovered() {
        let sweep = [incident("i", 0...100, by: ["a"])]
        func ranges(_ span: Int64, _ incidents: [Incident], _ alerts: Alert...) -> RangeScore {
            Score(of: alerts, against: incidents, options: ScoreOptions(alertSpan: .seconds(span))).ranges
        }
        let half = ranges(50, sweep, alert(25, "a"))
        #expect(isClose(half.recall, 0.75) && isClose(half.precision, 1) && isClose(half.f1, 1.5 / 1.75))
        // Two pieces of 20 s: 0.5 + 0.5 x 0.4 / 2.
        let pieces = ranges(20, sweep, alert(0, "a"), alert(60, "a"))
        #expect(isClose(pieces.recall, 0.6) && isClose(pieces.precision, 1))
        // Ranges that touch are one.
        #expect(isClose(ranges(20, sweep, alert(0, "a"), alert(20, "a")).recall, 0.7))
        // Half of it lies behind the end.
        let late = ranges(40, sweep, alert(80, "a"))
        #expect(isClose(late.recall, 0.6) && isClose(late.precision, 0.5))
        #expect(isClose(ranges(40, sweep, alert(80, "a"), alert(10, "nobody")).precision, 0.25))
        // One range over two incidents.
        let both = [incident("i", 0...100, by: ["a"]), incident("j", 50...150, by: ["a"])]
        #expect(isClose(ranges(40, both, alert(40, "a")).precision, 0.5))
        let none = ranges(40, sweep)
        #expect(none.recall == 0 && none.precision == nil && none.f1 == nil)
        #expect(ranges(40, [], alert(1, "a")).recall == nil)
    }
}
