import ByteText
import SimTime
import TailnetModel
import TailnetPolicy

/// What is allowed in a scenario and probably not meant: each at its place, with what to do.
package enum ScenarioReview {
    /// More connections that stay open deserve a warning.
    private static let manyConnections = 100_000
    /// More sessions an hour deserve a warning.
    private static let manySessions = 10_000_000
    /// Bytes that a session takes while both its ends are recorded, its records and their text included; measured.
    private static let bytesPerSession = 1_600
    /// Bytes of text that both ends of a busy connection write in an hour; measured.
    private static let textPerHour = 144_000
    /// A node with a connection that stays open writes a record about every five seconds.
    private static let recordsPerHour = 720

    /// Warnings about traffic patterns that ask for more than most machines have, in the order of the file.
    package static func warnings(of located: LocatedPlan) -> [ScenarioProblem] {
        located.plan.patterns.indices.compactMap { index in
            cost(of: located.plan.patterns[index]).map {
                located.places.problem("warning: \($0)", ofPattern: index)
            }
        }
    }

    /// Notes about traffic patterns that the policy refuses altogether, in the order of the file.
    package static func notes(of located: LocatedPlan) -> [ScenarioProblem] {
        var refusals = PatternRefusals(plan: located.plan)
        return located.plan.patterns.indices.compactMap { index in
            refusals.sentence(about: located.plan.patterns[index]).map {
                located.places.problem("note: \($0)", ofPattern: index)
            }
        }
    }

    /// What a pattern costs, if that is much.
    private static func cost(of pattern: TrafficPattern) -> String? {
        let sources = pattern.sources.count + pattern.sourceHosts.count
        let targets = pattern.targets.count + pattern.targetHosts.count
        if pattern.isEndless {
            let connections = pattern.connectionCount
            guard connections >= ScenarioReview.manyConnections else { return nil }
            let nodes = Set(pattern.sources + pattern.targets).count
            return
                "the pattern keeps \(connections) connections open (\(sources) sources, \(targets) targets): about "
                + "\(gigabytes(connections * bytesPerSession)) of memory, and an hour has about "
                + "\(nodes * recordsPerHour) records with \(gigabytes(connections * textPerHour)) of text; write "
                + "narrower selectors, or sessionsPerHour in place of endless"
        }
        let sessions = sources * pattern.milliSessionsPerHour / 1_000
        guard sessions >= ScenarioReview.manySessions else { return nil }
        // Sessions are made in buckets of five minutes.
        return
            "the pattern opens \(sessions) sessions in its busiest hour (\(sources) sources): about "
            + "\(sessions / 3_600) a second and \(gigabytes(sessions / 12 * bytesPerSession)) of memory; write narrower "
            + "selectors, or fewer sessionsPerHour"
    }

    private static func gigabytes(_ bytes: Int) -> String {
        "\(DecimalText.fixed(bytes / 100_000_000, decimals: 1)) GB"
    }
}
