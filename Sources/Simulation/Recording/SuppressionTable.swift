import BasicContainers
import SimTime

/// The suppressions of a run, with the range of time outside of which none has to be looked at.
struct SuppressionTable: Sendable {
    private let suppressions: [RecordSuppression]
    private let first: Instant
    private let last: Instant

    /// - Parameter suppressions: none for the run without incidents.
    init(_ suppressions: [RecordSuppression]) {
        self.suppressions = suppressions
        first = suppressions.map(\.window.start).min() ?? .distantFuture
        last = suppressions.map(\.window.end).max() ?? .distantPast
    }

    /// Whether a record of that time may be touched.
    @inline(__always)
    func mayHide(from start: Instant, to end: Instant) -> Bool { end >= first && start < last }

    /// Takes what is hidden of a record out of the run with incidents.
    ///
    /// - Returns: the incidents that hide something which the run without them records.
    @inline(never)
    func hide(_ count: inout WindowCount, node: UInt32, from start: Instant, to end: Instant) -> [Int] {
        var incidents: [Int] = []
        for suppression in suppressions where suppression.node.map({ $0 == Int(node) }) ?? true {
            let window = suppression.window
            guard window.contains(start) || window.contains(end) else { continue }
            for index in count.contributions.indices {
                if let peer = suppression.peer, Int(count.contributions[index].peer) != peer { continue }
                count.contributions[index].runs.remove(.withIncidents)
                guard count.contributions[index].runs.contains(.withoutIncidents) else { continue }
                if !incidents.contains(suppression.incident) { incidents.append(suppression.incident) }
            }
        }
        return incidents
    }
}
