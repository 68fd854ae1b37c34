import ByteText
import SimTime
public import TailnetModel

/// Writes labels: one line for each record that an incident touched (truth, schema 1).
public struct LabelText: Sendable {
    /// The version of the shape.
    static let schema = 1

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
    public func text(_ label: FlowLabel, line: Int) -> String { text(label, line: line, record: nil) }

    /// The label of a suppressed flow record, without a newline: it has no line, and the whole record instead.
    public func text(_ label: FlowLabel, suppressed record: String) -> String {
        text(label, line: nil, record: JSONFragment(verbatim: record))
    }

    private func text(_ label: FlowLabel, line: Int?, record: JSONFragment?) -> String {
        JSONWriter.object { json in
            json.member("schema", LabelText.schema)
            json.member("log", "network")
            json.object("id") { json in
                json.member("nodeId", node(label.node))
                json.member("start", label.start)
            }
            json.member("incidents", label.incidents.map { incidents[$0] })
            json.member("effect", label.effect.rawValue)
            json.member("file", "network.ndjson")
            json.member("line", line)
            json.objects("entries", label.changes) { put($1, into: &$0) }
            json.object("dstNodes") { json in
                json.member("added", label.addedPeers.map(node))
                json.member("removed", label.removedPeers.map(node))
            }
            if let record { json.member("record", record) }
        }
    }

    /// The label of an audit record that an incident added, without a newline.
    public func text(_ event: AuditEvent, incident: Int?, line: Int) -> String {
        JSONWriter.object { json in
            json.member("schema", LabelText.schema)
            json.member("log", "configuration")
            json.object("id") { json in
                json.member("eventGroupID", event.eventGroupID)
                json.member("action", event.action)
                json.member("targetId", event.target.id)
                if let property = event.target.property { json.member("property", property) }
            }
            json.member("incidents", [incident].compactMap { $0 }.map { incidents[$0] })
            json.member("effect", "added")
            json.member("file", "configuration.ndjson")
            json.member("line", line)
        }
    }

    private func put(_ change: FlowLabel.Change, into json: inout JSONWriter) {
        json.member("class", change.kind.labelName)
        if change.entry.proto != 0 { json.member("proto", change.entry.proto) }
        if let source = change.entry.source.text { json.member("src", source) }
        if let target = change.entry.target.text { json.member("dst", target) }
        put("before", change.before, into: &json)
        put("after", change.after, into: &json)
    }

    /// Puts counts without zeros; `null` where the run has no such entry.
    private func put(_ key: String, _ counts: TrafficCounts?, into json: inout JSONWriter) {
        guard let counts else { return json.member(key, String?.none) }
        json.object(key) { json in
            let all = [
                ("txPkts", counts.txPackets), ("txBytes", counts.txBytes), ("rxPkts", counts.rxPackets),
                ("rxBytes", counts.rxBytes),
            ]
            for (name, count) in all where count != 0 { json.member(name, count) }
        }
    }

    private func node(_ index: UInt32) -> String { "\(nodes[Int(index)].stableID)" }
}

extension TrafficClass {
    /// The class's word in labels.
    fileprivate var labelName: String { String(key.dropLast("Traffic".count)) }
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
