import Truth
import IncidentCatalog
import SimTime
import TailnetControl
import TailnetModel

extension Plan {
    /// Every field of the plan in a fixed order: the text whose digest names the plan.
    ///
    /// One field a line, `path=value`; texts are escaped, times are nanoseconds. Plans are equal if and only if their
    /// texts are.
    public var canonicalText: String {
        var writer = CanonicalWriter()
        writer.line("plan", 1)
        writer.line("name", name)
        writer.line("summary", summary)
        writer.line("seed", seed)
        writer.line("start", span.start.nanoseconds)
        writer.line("end", span.end.nanoseconds)
        writer.within("tailnet") { $0.write(tailnet) }
        writer.list("user", users) { $0.write($1) }
        writer.list("hours", workingHours) { writer, hours in
            writer.line("start", hours.start.nanoseconds)
            writer.line("end", hours.end.nanoseconds)
            writer.line("weekends", hours.weekends)
        }
        writer.list("node", nodes) { $0.write($1) }
        writer.list("role", roles) { $0.line("role", $1.rawValue) }
        writer.list("connection", connections) { writer, connection in
            writer.line("site", connection.site ?? "")
            writer.line("isHardToReach", connection.isHardToReach.map { $0 ? 1 : 0 })
        }
        writer.list("host", hosts) { $0.write($1) }
        writer.line("holidays", holidays.map(Int.init))
        writer.list("policy", policies) { writer, policy in
            writer.line("since", policy.since?.nanoseconds)
            writer.line("file", policy.file)
            writer.line("text", policy.text)
        }
        writer.list("oauthClient", oauthClients) { writer, client in
            writer.line("key", client.key)
            writer.line("number", client.number)
            writer.line("scopes", client.scopes)
            writer.line("tokenEvery", client.tokenEvery?.nanoseconds)
        }
        writer.list("pattern", patterns) { $0.write($1) }
        writer.write(administration, of: self)
        writer.list("anomaly", incidents) { $0.write($1) }
        return writer.text
    }
}

/// Writes `path=value` lines.
struct CanonicalWriter {
    var text = ""
    private var path = ""

    mutating func line(_ key: String, _ value: String) {
        text += "\(path)\(key)=\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\"\n"
    }

    mutating func line(_ key: String, _ value: some FixedWidthInteger) { text += "\(path)\(key)=\(value)\n" }

    mutating func line(_ key: String, _ value: Bool) { text += "\(path)\(key)=\(value)\n" }

    mutating func line(_ key: String, _ value: (some FixedWidthInteger)?) {
        if let value { line(key, value) } else { text += "\(path)\(key)=none\n" }
    }

    mutating func line(_ key: String, _ values: [Int]) {
        text += "\(path)\(key)=\(values.map(String.init).joined(separator: ","))\n"
    }

    mutating func within(_ key: String, _ body: (inout CanonicalWriter) -> Void) {
        let outer = path
        path += "\(key)."
        body(&self)
        path = outer
    }

    mutating func list<Element>(
        _ key: String, _ elements: [Element], _ body: (inout CanonicalWriter, Element) -> Void
    ) {
        line("\(key).count", elements.count)
        for (index, element) in elements.enumerated() {
            within("\(key)[\(index)]") { body(&$0, element) }
        }
    }

    mutating func write(_ tailnet: Tailnet) {
        line("organization", tailnet.organization)
        line("dnsSuffix", tailnet.dnsSuffix)
        line("number", tailnet.number)
        let settings = tailnet.settings
        line("devicesApprovalOn", settings.devicesApprovalOn)
        line("usersApprovalOn", settings.usersApprovalOn)
        line("devicesKeyDurationDays", settings.devicesKeyDurationDays)
        line("networkFlowLoggingOn", settings.networkFlowLoggingOn)
        line("logExitFlowsOn", settings.logExitFlowsOn)
        line("magicDNSOn", settings.magicDNSOn)
        line("httpsEnabled", settings.httpsEnabled)
        line("tailnetLockOn", settings.tailnetLockOn)
        line("postureIdentityCollectionOn", settings.postureIdentityCollectionOn)
    }

    mutating func write(_ user: User) {
        line("key", user.key)
        line("login", user.login)
        line("displayName", user.displayName)
        line("role", user.role.rawValue)
        line("number", user.number)
        line("timeZone", user.timeZone.name)
        line("created", user.created.nanoseconds)
    }

    mutating func write(_ node: Node) {
        line("key", node.key)
        line("hostName", node.hostName)
        line("name", node.name)
        line("number", node.number)
        line("owner", node.owner)
        list("tag", node.tags) { $0.line("tag", $1) }
        line("os", node.os.rawValue)
        line("ipv4", node.ipv4.description)
        line("ipv6", node.ipv6.description)
        line("clientVersion", node.clientVersion)
        line("isEphemeral", node.isEphemeral)
        line("keyExpiryDisabled", node.keyExpiryDisabled)
        line("created", node.created.nanoseconds)
        list("advertised", node.advertisedRoutes) { $0.line("route", $1.description) }
        list("approved", node.approvedRoutes) { $0.line("route", $1.description) }
        line("removed", node.removed?.nanoseconds)
        line("logsFlows", node.logsFlows)
        line("isUserspace", node.isUserspace)
        line("runsSSH", node.runsSSH)
        line("exitNode", node.exitNode)
        line("sharerLogin", node.sharer?.login ?? "")
        line("sharerSuffix", node.sharer?.dnsSuffix ?? "")
    }

    mutating func write(_ host: Host) {
        line("key", host.key)
        line("address", host.address)
        switch host.place {
        case .lan(let routers): line("routers", routers)
        case .internet: line("place", "internet")
        case .gone: line("place", "gone")
        }
    }

    mutating func write(_ pattern: TrafficPattern) {
        line("key", pattern.key)
        line("profile", pattern.profile.rawValue)
        line("proto", pattern.proto)
        line("ports", pattern.ports.map(Int.init))
        line("sources", pattern.sources)
        line("targets", pattern.targets)
        line("sourceHosts", pattern.sourceHosts)
        line("targetHosts", pattern.targetHosts)
        line("isEndless", pattern.isEndless)
        line("milliSessionsPerHour", pattern.milliSessionsPerHour)
        line("schedule", pattern.schedule.rawValue)
        line("ipv6Permille", pattern.ipv6Permille)
    }

    mutating func write(_ incident: PlannedIncident) {
        line("id", incident.id)
        line("kind", incident.kind.name)
        line("variant", incident.variant.rawValue)
        line("start", incident.window.start.nanoseconds)
        line("end", incident.window.end.nanoseconds)
        line("node", incident.node)
        line("user", incident.user)
        line("oauthClient", incident.oauthClient)
        line("targets", incident.targets)
        line("ownNodes", incident.ownNodes)
        line("ownHosts", incident.ownHosts)
        line("exit", incident.exit)
        line("values", incident.values.map { Int($0) })
    }
}
