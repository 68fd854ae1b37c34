import BasicContainers
import SimTime
import TailnetModel
import Truth

// The records of both runs, and what incidents make of the difference.
extension WindowRecorder {
    /// Makes the record of what was counted between two instants, with its label.
    mutating func build(node: UInt32, from start: Instant, to end: Instant, logged: Instant) {
        guard count.contributions.count > 0 else { return }
        count.sort()
        let suppression = hide(node: node, from: start, to: end)
        let isRecord = builder.build(
            node: node, start: start, end: end, logged: logged, count: count, run: .withIncidents,
            into: &records.batch)
        guard count.hasIncident || !suppression.isEmpty || !builder.relocated.isEmpty else { return }
        expected.removeAll()
        _ = builder.build(
            node: node, start: start, end: end, logged: logged, count: count, run: .withoutIncidents,
            into: &expected)
        addLabel(isRecord: isRecord, touchedBy: touchingIncidents(suppression + builder.relocated))
    }

    /// Takes what is hidden of the counted window out of the run with incidents, and gives the incidents that hide it.
    @inline(__always)
    mutating func hide(node: UInt32, from start: Instant, to end: Instant) -> [Int] {
        guard suppressions.mayHide(from: start, to: end) else { return [] }
        return suppressions.hide(&count, node: node, from: start, to: end)
    }

    /// The incidents that have a part in what was counted, and those that tamper with its record, ascending.
    func touchingIncidents(_ tampering: [Int]) -> [Int] {
        var incidents: [Int] = []
        for index in tampering where !incidents.contains(index) { incidents.append(index) }
        for place in count.contributions.indices {
            guard count.contributions[place].incident != 0, !count.contributions[place].runs.isEmpty else { continue }
            let index = Int(count.contributions[place].incident) - 1
            if !incidents.contains(index) { incidents.append(index) }
        }
        return incidents.sorted()
    }

    /// Labels the last record, or its absence, by the difference to what is expected.
    mutating func addLabel(isRecord: Bool, touchedBy incidents: [Int]) {
        guard isRecord || !expected.heads.isEmpty else { return }
        let label = FlowLabel(
            comparing: isRecord ? records.batch.heads.count - 1 : nil, of: records.batch, with: expected,
            incidents: incidents,
            versions: world.versions)
        switch label.effect {
        case .added: records.labels.append(label)
        case .altered:
            // A handshake that ordinary life has anyway changes nothing.
            if !label.isEmpty || records.batch.heads.last?.end != expected.heads[0].end {
                records.labels.append(label)
            }
        case .suppressed:
            guard window.contains(label.logged) else { return }
            missing.append(expected.heads[0], of: expected, label: label)
        }
    }
}
