import Truth
import SimTime

/// What a score must come to: a figure's name and its limit.
public struct ScoreGoal: Sendable, Hashable {
    /// The figure's name.
    public let name: String
    /// The limit.
    public let limit: Double
    /// Whether the figure must not be greater, instead of not less.
    public let isUpper: Bool

    /// The figures that must not be less than a limit.
    public static let lowerNames = [
        "precision", "recall", "f1", "averagePrecision", "nab", "nabLowFalsePositives", "nabLowFalseNegatives",
        "rangePrecision", "rangeRecall", "rangeF1",
    ]
    /// The figures that must not be greater than a limit.
    public static let upperNames = [
        "falseAlerts", "falseAlertsPerDay", "missed", "duplicates", "alertsPerDetection", "medianTimeToDetectSeconds",
        "p95TimeToDetectSeconds", "maximumTimeToDetectSeconds",
    ]

    /// Reads `recall=0.9,precision=0.8`.
    ///
    /// - Throws: What is wrong, in one sentence.
    public static func parse(_ text: String, upper: Bool) throws(ScoreProblem) -> [ScoreGoal] {
        let names = upper ? upperNames : lowerNames
        var goals: [ScoreGoal] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw ScoreProblem("'\(part)' is no goal; write \(names[0])=0.9") }
            let name = String(sides[0])
            guard names.contains(name) else {
                throw ScoreProblem("there is no figure '\(name)' here; there are \(names.joined(separator: ", "))")
            }
            guard let limit = DecimalNumber.value(of: sides[1]) else {
                throw ScoreProblem("'\(sides[1])' is no number for '\(name)'; write \(name)=0.9")
            }
            if !upper, !name.hasPrefix("nab"), !(0...1).contains(limit) {
                throw ScoreProblem("'\(name)' lies between 0 and 1, so it cannot be held against \(sides[1])")
            }
            if goals.contains(where: { $0.name == name }) { throw ScoreProblem("'\(name)' stands twice") }
            goals.append(ScoreGoal(name: name, limit: limit, isUpper: upper))
        }
        return goals
    }

    /// Whether the score meets the goal; a figure that is not defined does not, except as an upper limit.
    public func isMet(by score: Score) -> Bool {
        guard let value = value(in: score) else { return isUpper }
        return isUpper ? value <= limit : value >= limit
    }

    /// The figure; nil where it is not defined.
    public func value(in score: Score) -> Double? {
        let overall = score.overall
        return switch name {
        case "precision": overall.precision
        case "recall": overall.recall
        case "f1": overall.f1
        case "averagePrecision": score.curve?.average
        case "nab": score.numenta.standard
        case "nabLowFalsePositives": score.numenta.lowFalsePositives
        case "nabLowFalseNegatives": score.numenta.lowFalseNegatives
        case "rangePrecision": score.ranges.precision
        case "rangeRecall": score.ranges.recall
        case "rangeF1": score.ranges.f1
        case "falseAlerts": Double(overall.falseAlerts)
        case "falseAlertsPerDay": overall.falseAlertsPerDay
        case "missed": Double(overall.missed)
        case "duplicates": Double(overall.duplicates)
        case "alertsPerDetection": overall.alertsPerDetection
        case "medianTimeToDetectSeconds": seconds(overall.timeToDetect.median?.nanoseconds)
        case "p95TimeToDetectSeconds": seconds(overall.timeToDetect.p95?.nanoseconds)
        case "maximumTimeToDetectSeconds": seconds(overall.timeToDetect.maximum?.nanoseconds)
        default: nil
        }
    }

    /// What was asked and what was found, in one sentence.
    public func sentence(for score: Score) -> String {
        let found = value(in: score).map { FigureText.number($0) } ?? "not defined"
        return "\(name) is \(found), but \(isUpper ? "at most" : "at least") \(FigureText.number(limit)) was asked"
    }

    private func seconds(_ nanoseconds: Int64?) -> Double? { nanoseconds.map { Double($0) / 1e9 } }
}
