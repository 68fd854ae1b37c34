import ByteText
import Compression
import Scoring
import SimTime
import Truth

/// Changed files of alerts, of every product and in every form, read and scored.
final class AlertsTarget: FuzzTarget {
    static let name = "alerts"

    private let mutator: TextMutator
    private var file: [UInt8] = []
    private var format: AlertFormat?
    private var preset = AlertPreset.mocktail
    private var matchesRules = false

    init(_ workplace: Workplace) {
        let texts = AlertPreset.allCases.flatMap { AlertSamples.samples(of: $0) }
        mutator = TextMutator(
            texts.map { Array($0.utf8) },
            words: ["\"03/02/2026 11:01:30 AM\"", "\"Mar 2 11:01:30 2026\"", "1772449290.5"])
    }

    func prepare(_ draws: inout CaseDraws) -> [UInt8] {
        preset = draws.pick(AlertPreset.allCases)
        let samples = AlertSamples.samples(of: preset).map { Array($0.utf8) }
        file = mutator.mutated(draws.pick(samples), among: samples, &draws)
        if draws.once(in: 12) { file = AlertsTarget.wide(file, isBigEndian: draws.once(in: 2)) }
        if draws.once(in: 10) {
            file = GzipCompressor().member(of: file)
            if draws.once(in: 2) { file = mutator.mutated(file, among: [], &draws) }
        }
        format = draws.once(in: 3) ? draws.pick(AlertFormat.allCases) : nil
        matchesRules = draws.once(in: 2)
        return Array("# --preset \(preset.rawValue) --format \(format?.rawValue ?? "(none)")\n".utf8) + file
    }

    /// A text in UTF-16, as spreadsheets write it.
    private static func wide(_ bytes: [UInt8], isBigEndian: Bool) -> [UInt8] {
        let units = [0xFEFF] + Array(String(decoding: bytes, as: UTF8.self).utf16)
        return units.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
            return isBigEndian ? [high, low] : [low, high]
        }
    }

    func judge() async -> Verdict {
        let reading: AlertReading
        do throws(NDJSONProblems) {
            reading = try AlertReader.read(file, format: format, mapping: preset.mapping)
        } catch {
            if error.problems.isEmpty { return .finding("it is refused without a problem") }
            if let problem = error.problems.first(where: { $0.message.isEmpty || $0.line < 1 }) {
                return .finding("a problem says nothing, or has no line: \(problem)")
            }
            return .refused
        }
        return AlertsTarget.complaint(about: reading.alerts, TruthSamples.incidents, matchesRules).map { .finding($0) }
            ?? .accepted
    }

    /// Scores alerts in every form of output; says what is wrong with the score, if anything is.
    static func complaint(
        about alerts: [Alert], _ incidents: [Incident], _ matchesRules: Bool, window: TimeWindow? = nil
    ) -> String? {
        let score = Score(
            of: alerts, against: incidents, options: ScoreOptions(matchesRules: matchesRules, window: window))
        _ = score.table
        _ = score.junit(goals: [], falseBudget: 0)
        _ = score.html(goals: [], conditions: [])
        do { _ = try JSONValue.parse(Array(score.json(conditions: [], unknown: nil).utf8)) } catch {
            return "the score is no JSON: \(error)"
        }
        let text = alerts.map { AlertText.encode($0) + "\n" }.joined()
        guard let again = try? AlertReader.read(Array(text.utf8)).alerts else {
            // An alert without entities cannot be written in our own form.
            return alerts.allSatisfy { !$0.entities.isEmpty } ? "our own form of the alerts cannot be read" : nil
        }
        return again.count == alerts.count ? nil : "\(alerts.count) alerts are \(again.count) in our own form"
    }
}
