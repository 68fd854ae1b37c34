import ByteText
import SimTime
public import TailnetModel

/// Writes labels: one line for each record that an anomaly touched (truth, schema 1).
public struct LabelText: Sendable {
    /// The nodes of the plan, by index.
    private let nodes: [Node]
    /// The ids of the plan's incidents, by index.
    private let incidents: [String]

    /// Takes the names that labels need.
    ///
    /// - Parameters:
    ///   - nodes: the nodes of the plan, by index.
    ///   - incidents: the ids of the plan's incidents, by index.
    public init(nodes: [Node], incidents: [String]) {
        self.nodes = nodes
        self.incidents = incidents
    }

    /// The label of a flow record, without a newline.
    public func text(_ label: FlowLabel, line: Int) -> String { text(label, place: "\"line\":\(line)", record: nil) }

    /// The label of a suppressed flow record, without a newline: it has no line, and the whole record instead.
    public func text(_ label: FlowLabel, suppressed record: String) -> String {
        text(label, place: "\"line\":null", record: record)
    }

    private func text(_ label: FlowLabel, place: String, record: String?) -> String {
        let id = "{\"nodeId\":\(node(label.node)),\"start\":\"\(label.start.rfc3339)\"}"
        let entries = label.changes.map { change in
            var fields = ["\"class\":\"\(change.kind.rawName)\""]
            if change.entry.proto != 0 { fields.append("\"proto\":\(change.entry.proto)") }
            if let source = change.entry.source.text { fields.append("\"src\":\"\(source)\"") }
            if let target = change.entry.target.text { fields.append("\"dst\":\"\(target)\"") }
            fields.append("\"before\":\(change.before.map(counts) ?? "null")")
            fields.append("\"after\":\(change.after.map(counts) ?? "null")")
            return "{\(fields.joined(separator: ","))}"
        }
        var fields = [
            "\"schema\":1", "\"log\":\"network\"", "\"id\":\(id)",
            "\"incidents\":\(names(label.incidents))", "\"effect\":\"\(label.effect.rawValue)\"",
            "\"file\":\"network.ndjson\"", place, "\"entries\":[\(entries.joined(separator: ","))]",
        ]
        let added = label.addedPeers.map(node).joined(separator: ",")
        let removed = label.removedPeers.map(node).joined(separator: ",")
        fields.append("\"dstNodes\":{\"added\":[\(added)],\"removed\":[\(removed)]}")
        if let record { fields.append("\"record\":\(record)") }
        return "{\(fields.joined(separator: ","))}"
    }

    /// The label of an audit record that an incident added, without a newline.
    public func text(_ event: AuditEvent, incident: Int?, line: Int) -> String {
        var id = "{\"eventGroupID\":\(event.eventGroupID.jsonQuoted),\"action\":\(event.action.jsonQuoted)"
        id += ",\"targetId\":\(event.target.id.jsonQuoted)"
        if let property = event.target.property { id += ",\"property\":\(property.jsonQuoted)" }
        let fields = [
            "\"schema\":1", "\"log\":\"configuration\"", "\"id\":\(id)}",
            "\"incidents\":\(names(incident.map { [$0] } ?? []))", "\"effect\":\"added\"",
            "\"file\":\"configuration.ndjson\"", "\"line\":\(line)",
        ]
        return "{\(fields.joined(separator: ","))}"
    }

    private func names(_ indices: [Int]) -> String {
        "[\(indices.map { incidents[$0].jsonQuoted }.joined(separator: ","))]"
    }

    private func node(_ index: UInt32) -> String { "\"\(nodes[Int(index)].stableID)\"" }

    private func counts(_ counts: TrafficCounts) -> String {
        let all = [
            ("txPkts", counts.txPackets), ("txBytes", counts.txBytes), ("rxPkts", counts.rxPackets),
            ("rxBytes", counts.rxBytes),
        ]
        return "{\(all.filter { $0.1 != 0 }.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}"
    }
}

extension TrafficClass {
    /// The class's word in labels.
    fileprivate var rawName: String { String(key.dropLast("Traffic".count)) }
}

extension FlowEndpoint {
    /// `ip:port` or `[ip]:port`; nil where absent.
    fileprivate var text: String? {
        switch family {
        case 4: "\(IPAddress(ipv4: UInt32(truncatingIfNeeded: low))):\(port)"
        case 6: "[\(IPAddress(ipv6High: high, low: low))]:\(port)"
        default: nil
        }
    }
}
