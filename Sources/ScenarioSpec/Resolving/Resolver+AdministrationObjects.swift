import ByteText
import SimTime
import TailnetModel

extension Resolver {
    /// A change of one of the tailnet's own values.
    mutating func tailnetAction(_ event: WrittenEvent, _ state: inout AdministrationState) -> AdminAction? {
        let entry = event.entry
        switch event.verb {
        case .editDNS:
            if !entry.has("nameservers"), !entry.has("searchDomains") {
                problems.add("edit-dns needs the key \"nameservers\" or \"searchDomains\"", at: entry.place)
            }
            let old = state.dnsConfiguration
            if let texts = entry.texts("nameservers") {
                for (text, place) in texts where IPAddress(text) == nil {
                    problems.add("\"\(text)\" is no IP address", at: place)
                }
                state.nameservers = texts.map(\.text)
            }
            if let texts = entry.texts("searchDomains") { state.searchDomains = texts.map(\.text) }
            return .changeTailnet(property: "DNS_CONFIG", action: "UPDATE", old: old, new: state.dnsConfiguration)
        case .renameTailnet:
            guard let name = entry.text("to") else { return nil }
            let suffix = name + ".ts.net"
            if suffix == state.suffix { problems.add("the tailnet has that name already", at: entry.place("to")) }
            state.suffix = suffix
            return .renameTailnet(suffix: suffix)
        case .setKeyDuration:
            guard let days = entry.number("days") else { return nil }
            if days == state.keyDays { problems.add("keys last \(days) days already", at: entry.place("days")) }
            state.keyDays = days
            return .changeKeyDuration(days: days)
        case .joinTailnet, .leaveTailnet:
            let name = entry.text("name")?.jsonQuoted
            let isJoining = event.verb == .joinTailnet
            return .changeTailnet(
                property: "", action: isJoining ? "JOIN" : "LEAVE", old: isJoining ? nil : name,
                new: isJoining ? name : nil)
        default:
            guard let contact = entry.text("contact") else { return nil }
            let property = contact.uppercased() + "_EMAIL"
            let owner = users.first { $0.role == .owner } ?? users.first
            let old = state.values[property] ?? (owner?.login ?? "").jsonQuoted
            if event.verb == .verifyContact {
                return .changeTailnet(property: property, action: "VERIFY", old: nil, new: old)
            }
            let new = (entry.text("email") ?? "").jsonQuoted
            state.values[property] = new
            return .changeTailnet(property: property, action: "UPDATE", old: old, new: new)
        }
    }

    /// A change of one of the tailnet's named objects, if it is possible.
    mutating func objectAction(_ event: WrittenEvent, _ state: inout AdministrationState) -> AdminAction? {
        guard let (kind, step) = event.verb.object else { return nil }
        let entry = event.entry
        let name: String? =
            switch kind {
            case .logStream: entry.text("log")
            case .postureIntegration: entry.text("provider")
            default: entry.text("name")
            }
        guard let name else { return nil }
        let slot = "\(kind.rawValue) \(name)"
        var change = ObjectChange(kind: kind, step: step, name: name, title: name)
        if let node = entry.text("node") {
            guard let index = self.node(node, at: entry.place("node")) else { return nil }
            change.node = index
            state.values[slot + " node"] = String(index)
        } else {
            change.node = state.values[slot + " node"].flatMap { Int($0) }
        }
        // Streams and integrations are one of a kind: one that the scenario never made has always been there.
        if state.values[slot] == nil, step != .create, kind == .logStream || kind == .postureIntegration,
            state.values[slot + " known"] == nil
        {
            state.values[slot] = kind == .logStream ? usualStream(name) : "{\"provider\":\(name.jsonQuoted)}"
        }
        state.values[slot + " known"] = ""
        let old = state.values[slot]
        if let reason = change.reason(old: old, isAccepted: state.values[slot + " accepted"] != nil) {
            problems.add(reason, at: entry.place)
            return nil
        }
        change.title = title(of: change)
        switch step {
        case .create, .update, .repoint:
            let new = objectValue(entry, kind, old: old)
            if kind == .nodeShare, step == .update { break }
            (change.old, change.new) = (step == .create ? nil : old, new)
            state.values[slot] = new ?? "{}"
        case .delete, .cancel:
            change.old = kind == .lockKey || kind == .logStream || kind == .postureIntegration ? old : nil
            state.values[slot] = nil
            state.values[slot + " accepted"] = nil
        case .accept: state.values[slot + " accepted"] = ""
        case .rotate, .resend: break
        }
        return .changeObject(change)
    }

    /// The name that the object's records show.
    private func title(of change: ObjectChange) -> String {
        change.kind == .logStream || change.kind == .postureIntegration || change.kind == .lockKey
            ? tailnet.organization : change.name
    }

    /// The stream that a scenario without any is taken to have.
    private func usualStream(_ log: String) -> String {
        let url = "https://collector.\(tailnet.organization)/services/collector/event"
        return "{\"provider\":\"splunk\",\"logstreamType\":\(log.jsonQuoted),\"endpointURL\":\(url.jsonQuoted)}"
    }

    /// What the object's records show for a value, as raw JSON; nil where they show none.
    private mutating func objectValue(_ entry: ScenarioEntry, _ kind: ObjectChange.Kind, old: String?) -> String? {
        switch kind {
        case .logStream:
            let provider = (entry.text("provider") ?? "").jsonQuoted
            let log = (entry.text("log") ?? "").jsonQuoted
            let head = "{\"provider\":\(provider),\"logstreamType\":\(log)"
            if let bucket = entry.text("bucket") {
                return head + ",\"s3Region\":\"us-east-1\",\"s3Bucket\":\(bucket.jsonQuoted)}"
            }
            guard let url = entry.text("url") else {
                problems.add("a log stream needs the key \"url\" or \"bucket\"", at: entry.place)
                return nil
            }
            return head + ",\"endpointURL\":\(url.jsonQuoted)}"
        case .webhook:
            for (text, place) in entry.texts("subscriptions") ?? [] where !Resolver.webhookEvents.contains(text) {
                let hint = Suggestion.text(for: text, among: Resolver.webhookEvents)
                problems.add("there is no webhook event \"\(text)\"\(hint)", at: place)
            }
            return "[\((entry.texts("subscriptions") ?? []).map(\.text.jsonQuoted).joined(separator: ","))]"
        case .postureIntegration: return "{\"provider\":\((entry.text("provider") ?? "").jsonQuoted)}"
        case .lockKey: return nil
        case .nodeShare, .tailnetInvite:
            var members: [String] = []
            if let email = entry.text("email") { members.append("\"email\":\(email.jsonQuoted)") }
            if let role = entry.text("role") { members.append("\"role\":\(role.jsonQuoted)") }
            return members.isEmpty ? nil : "{\(members.joined(separator: ","))}"
        }
    }

    /// The events that a webhook can subscribe to, by the service's schema.
    static let webhookEvents = [
        "nodeCreated", "nodeNeedsApproval", "nodeApproved", "nodeKeyExpiringInOneDay", "nodeKeyExpired", "nodeDeleted",
        "nodeSigned", "nodeNeedsSignature", "policyUpdate", "userCreated", "userNeedsApproval", "userSuspended",
        "userRestored", "userDeleted", "userApproved", "userRoleUpdated", "subnetIPForwardingNotEnabled",
        "exitNodeIPForwardingNotEnabled",
    ]

    /// A record that the scenario spells out.
    mutating func loggedAction(_ event: WrittenEvent) -> AdminAction? {
        let entry = event.entry
        guard let text = entry.text("event") else { return nil }
        let code = AuditEventCode(text)
        if code == nil, text != "OAUTH_ACCESS_TOKEN.CREATE" {
            let hint = Suggestion.text(for: text, among: AuditEventCode.all.map(\.text))
            problems.add("there is no event code \"\(text)\"\(hint)", at: entry.place("event"))
            return nil
        }
        let origin = entry.text("origin")
        if let origin, AuditOrigin(rawValue: origin) == nil {
            let hint = Suggestion.text(for: origin, among: AuditOrigin.allCases.map(\.rawValue))
            problems.add("there is no origin \"\(origin)\"\(hint)", at: entry.place("origin"))
        }
        let actor = entry.text("actor")
        if let actor, AuditActorKind(rawValue: actor) == nil {
            let hint = Suggestion.text(for: actor, among: AuditActorKind.allCases.map(\.rawValue))
            problems.add("there is no kind of actor \"\(actor)\"\(hint)", at: entry.place("actor"))
        }
        var change = LoggedChange(
            code: text, origin: origin ?? code?.origin.rawValue ?? AuditOrigin.configAPI.rawValue,
            actorKind: actor ?? AuditActorKind.worker.rawValue, name: entry.text("name") ?? "",
            old: json(entry, "old"), new: json(entry, "new"), details: entry.text("details"),
            error: entry.text("error"))
        if actor == nil, let usual = code?.actor, usual != .user, usual != .oauthClient {
            change.actorKind = usual.rawValue
        }
        switch code?.targetType {
        case "NODE", "SHARE":
            guard let name = entry.text("node") else {
                problems.add("a record of \(text) needs the key \"node\"", at: entry.place)
                return nil
            }
            guard let node = node(name, at: entry.place("node")) else { return nil }
            change.node = node
        case "USER":
            guard let name = entry.text("user") else {
                problems.add("a record of \(text) needs the key \"user\"", at: entry.place)
                return nil
            }
            guard let user = user(name, at: entry.place("user")) else { return nil }
            change.target = user
        default: break
        }
        return .log(change)
    }
}

extension ObjectChange {
    /// Why the step is impossible; nil where it is not.
    ///
    /// - Parameters:
    ///   - old: The object's value by then; nil where it is not there.
    ///   - isAccepted: Whether somebody accepted the invitation.
    fileprivate func reason(old: String?, isAccepted: Bool) -> String? {
        let thing =
            switch kind {
            case .webhook: "webhook named \"\(name)\""
            case .logStream: "stream of the \(name) log"
            case .postureIntegration: "posture integration with \"\(name)\""
            case .lockKey: "key of tailnet lock named \"\(name)\""
            case .nodeShare: "share named \"\(name)\""
            case .tailnetInvite: "invite named \"\(name)\""
            }
        if step == .create { return old == nil ? nil : "there is a \(thing) already by then" }
        if old == nil { return "no \(thing) is there by then" }
        switch (kind, step, isAccepted) {
        case (.nodeShare, .update, false), (.nodeShare, .delete, false):
            return "nobody has accepted the \(thing) by then"
        case (_, .resend, true), (_, .cancel, true), (_, .accept, true):
            return "the \(thing) is accepted already by then"
        default: return nil
        }
    }
}

extension EventVerb {
    /// The object that the change is about, and the step.
    fileprivate var object: (ObjectChange.Kind, ObjectChange.Step)? {
        switch self {
        case .createWebhook: (.webhook, .create)
        case .subscribeWebhook: (.webhook, .update)
        case .rotateWebhook: (.webhook, .rotate)
        case .deleteWebhook: (.webhook, .delete)
        case .createLogStream: (.logStream, .create)
        case .updateLogStream: (.logStream, .update)
        case .repointLogStream: (.logStream, .repoint)
        case .deleteLogStream: (.logStream, .delete)
        case .createPostureIntegration: (.postureIntegration, .create)
        case .updatePostureIntegration: (.postureIntegration, .update)
        case .deletePostureIntegration: (.postureIntegration, .delete)
        case .addLockKey: (.lockKey, .create)
        case .updateLockKey: (.lockKey, .update)
        case .removeLockKey: (.lockKey, .delete)
        case .shareNode: (.nodeShare, .create)
        case .resendShare: (.nodeShare, .resend)
        case .acceptShare: (.nodeShare, .accept)
        case .cancelShare: (.nodeShare, .cancel)
        case .updateShare: (.nodeShare, .update)
        case .endShare: (.nodeShare, .delete)
        case .createInvite: (.tailnetInvite, .create)
        case .resendInvite: (.tailnetInvite, .resend)
        case .acceptInvite: (.tailnetInvite, .accept)
        case .cancelInvite: (.tailnetInvite, .cancel)
        default: nil
        }
    }
}
