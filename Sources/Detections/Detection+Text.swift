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

    /// Threshold, window and pause.
    public var limit: String {
        if case .audit(_, _, .records) = subject, threshold == 1 {
            return quiet == .zero ? "each" : "1, then quiet for \(quiet.text)"
        }
        let pause = quiet == .zero ? "" : ", then quiet for \(quiet.text)"
        if case .flows(_, _, .bytes) = subject { return "\(threshold) bytes in \(within.text)\(pause)" }
        return "\(threshold) in \(within.text)\(pause)"
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
            return "`\(value)` holds `\(text)`"
        case .failed: return "`error` is there"
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
        case .only(let numbers): parts.append("remote port \(numbers.map { "\($0)" }.joined(separator: ", "))")
        case .but(let numbers): parts.append("remote port none of \(numbers.map { "\($0)" }.joined(separator: ", "))")
        }
        if isOpened { parts.append("opened by the local end") }
        if isSent { parts.append("packets sent") }
        if let packetsAtMost { parts.append("at most \(packetsAtMost) packets sent") }
        if bytesAtLeast > 0 { parts.append("entries of \(bytesAtLeast) bytes and more") }
        return parts.joined(separator: "; ")
    }
}

extension FlowKey {
    fileprivate var text: String {
        switch self {
        case .reporter: "reporting node"
        case .source: "local address"
        case .sourceAndPort: "local address and remote port"
        case .pair: "local and remote address"
        case .connection: "connection"
        case .target: "remote address"
        }
    }
}

extension FlowMeasure {
    fileprivate var text: String {
        switch self {
        case .targets: "remote addresses"
        case .sources: "local addresses"
        case .ports: "remote ports"
        case .connections: "connections"
        case .newConnections: "new connections"
        case .bytes: "bytes"
        }
    }
}
