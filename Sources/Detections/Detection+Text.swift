import SimTime
import TailnetModel

extension Detection {
    /// The detection as a row of a table in Markdown, made from what the engine works by:
    /// rule, what it looks for, condition, what is counted, when it fires, false positives.
    public var row: String {
        let cells = ["`\(id)`", summary, condition, counted, limit, falsePositives]
        return "| \(cells.joined(separator: " | ")) |"
    }

    /// The condition in words.
    public var condition: String {
        switch subject {
        case .audit(let conditions, _, _): conditions.map(\.text).joined(separator: ", ")
        case .flows(let condition, _, _): condition.text
        }
    }

    /// What is counted of whom.
    public var counted: String {
        switch subject {
        case .audit(_, let key, let measure): "\(measure.text) by \(key.text)"
        case .flows(_, let key, let measure): "\(measure.text) by \(key.text)"
        }
    }

    /// Threshold, window and suppression.
    public var limit: String {
        if case .audit(_, _, .records) = subject, threshold == 1 {
            return suppression == .zero ? "each" : "1, suppression \(suppression.text)"
        }
        let suffix = suppression == .zero ? "" : ", suppression \(suppression.text)"
        if case .flows(_, _, .bytes) = subject { return "\(threshold) bytes in \(within.text)\(suffix)" }
        return "\(threshold) in \(within.text)\(suffix)"
    }
}

extension AuditCondition {
    fileprivate var text: String {
        switch self {
        case .member(let member, let texts):
            let name =
                switch member {
                case .action: "action"
                case .origin: "origin"
                case .actorType: "actor type"
                case .targetType: "target type"
                case .property: "property"
                }
            return "\(name) \(texts.map { "`\($0)`" }.joined(separator: " or "))"
        case .value(let value, let text):
            return "`\(value)` contains `\(text)`"
        case .failed: return "`error` is present"
        case .ephemeral: return "the target is ephemeral"
        case .any(let conditions): return conditions.map(\.text).joined(separator: " or ")
        case .not(let condition): return "not (\(condition.text))"
        }
    }
}

extension AuditKey {
    fileprivate var text: String {
        switch self {
        case .actor: "actor"
        case .login: "login"
        case .target: "target"
        }
    }
}

extension AuditMeasure {
    fileprivate var text: String {
        switch self {
        case .records: "records"
        case .newRecords: "new records"
        case .targets: "targets"
        }
    }
}

extension FlowCondition {
    fileprivate var text: String {
        var parts = ["proto " + proto.map { "\($0)" }.joined(separator: " or ")]
        parts.append(traffic.map(\.key).joined(separator: " or "))
        switch ports {
        case .any: break
        case .only(let numbers): parts.append("destination port \(numbers.map { "\($0)" }.joined(separator: ", "))")
        case .but(let numbers): parts.append("destination port not \(numbers.map { "\($0)" }.joined(separator: ", "))")
        }
        if isOpened { parts.append("opened by the source") }
        if isSent { parts.append("packets sent") }
        if let packetsAtMost { parts.append("at most \(packetsAtMost) packets sent") }
        if bytesAtLeast > 0 { parts.append("entries of at least \(bytesAtLeast) bytes") }
        return parts.joined(separator: "; ")
    }
}

extension FlowKey {
    fileprivate var text: String {
        switch self {
        case .reporter: "reporting node"
        case .source: "source address"
        case .sourceAndPort: "source address and destination port"
        case .pair: "source and destination address"
        case .connection: "connection"
        case .target: "destination address"
        }
    }
}

extension FlowMeasure {
    fileprivate var text: String {
        switch self {
        case .targets: "destination addresses"
        case .sources: "source addresses"
        case .ports: "destination ports"
        case .connections: "connections"
        case .newConnections: "new connections"
        case .bytes: "bytes"
        }
    }
}
