import ByteText
import SimTime
import TailnetControl
import TailnetModel

extension Resolver {
    /// A change of one of the tailnet's own values.
    mutating func tailnetAction(_ event: WrittenEvent) -> ControlAction? {
        let entry = event.entry
        switch event.verb {
        case .editDNS:
            if !entry.has("nameservers"), !entry.has("searchDomains") {
                problems.add("edit-dns needs the key \"nameservers\" or \"searchDomains\"", at: entry.place)
            }
            for (text, place) in entry.texts("nameservers") ?? [] where IPAddress(text) == nil {
                problems.add("\"\(text)\" is not an IP address", at: place)
            }
            return .setDNS(
                nameservers: entry.texts("nameservers")?.map(\.text),
                searchDomains: entry.texts("searchDomains")?.map(\.text))
        case .renameTailnet: return entry.text("to").map { .renameTailnet(suffix: $0 + ".ts.net") }
        case .setKeyDuration: return entry.number("days").map { .changeKeyDuration(days: $0) }
        case .joinTailnet: return entry.text("name").map { .joinTailnet(name: $0) }
        case .leaveTailnet: return entry.text("name").map { .leaveTailnet(name: $0) }
        case .verifyContact: return entry.choice("contact", TailnetContact.self).map { .verifyContact($0) }
        default:
            guard let contact = entry.choice("contact", TailnetContact.self) else { return nil }
            return .setContact(contact, email: entry.text("email") ?? "")
        }
    }

    /// A change of one of the tailnet's named objects.
    mutating func objectChange(_ event: WrittenEvent) -> ObjectChange? {
        let entry = event.entry
        switch event.verb {
        case .createWebhook, .subscribeWebhook, .rotateWebhook, .deleteWebhook:
            return entry.text("name").map { .webhook(webhookChange(entry, event.verb), name: $0) }
        case .createLogStream, .updateLogStream, .repointLogStream, .deleteLogStream:
            return entry.text("log").map { .logStream(logStreamChange(entry, event.verb), log: $0) }
        case .createPostureIntegration: return integration(entry, .create)
        case .updatePostureIntegration: return integration(entry, .update)
        case .deletePostureIntegration: return integration(entry, .delete)
        case .addLockKey: return entry.text("name").map { .lockKey(.create, name: $0) }
        case .updateLockKey: return entry.text("name").map { .lockKey(.update, name: $0) }
        case .removeLockKey: return entry.text("name").map { .lockKey(.delete, name: $0) }
        case .shareNode:
            guard let name = entry.text("name"), let node = entry.text("node"),
                let index = self.node(node, at: entry.place("node"))
            else { return nil }
            return .share(.create(NodeShare(node: index, label: name, email: entry.text("email"))), name: name)
        case .resendShare: return entry.text("name").map { .share(.resend, name: $0) }
        case .acceptShare: return entry.text("name").map { .share(.accept, name: $0) }
        case .cancelShare: return entry.text("name").map { .share(.cancel, name: $0) }
        case .updateShare: return entry.text("name").map { .share(.update, name: $0) }
        case .endShare: return entry.text("name").map { .share(.end, name: $0) }
        case .createInvite:
            guard let name = entry.text("name") else { return nil }
            let invite = TailnetInvite(
                label: name, email: entry.text("email"), role: entry.choice("role", UserRole.self))
            return .invite(.create(invite), name: name)
        case .resendInvite: return entry.text("name").map { .invite(.resend, name: $0) }
        case .acceptInvite: return entry.text("name").map { .invite(.accept, name: $0) }
        case .cancelInvite: return entry.text("name").map { .invite(.cancel, name: $0) }
        default: return nil
        }
    }

    private func integration(_ entry: ScenarioEntry, _ step: ObjectChange.PostureIntegration) -> ObjectChange? {
        entry.text("provider").map { .postureIntegration(step, provider: $0) }
    }

    private mutating func webhookChange(_ entry: ScenarioEntry, _ verb: EventVerb) -> ObjectChange.Webhook {
        let subscriptions = entry.texts("subscriptions") ?? []
        for (text, place) in subscriptions where !Resolver.webhookEvents.contains(text) {
            let hint = Suggestion.text(for: text, among: Resolver.webhookEvents)
            problems.add("there is no webhook event \"\(text)\"\(hint)", at: place)
        }
        switch verb {
        case .createWebhook: return .create(subscriptions: subscriptions.map(\.text))
        case .subscribeWebhook: return .subscribe(subscriptions.map(\.text))
        case .rotateWebhook: return .rotate
        default: return .delete
        }
    }

    private mutating func logStreamChange(_ entry: ScenarioEntry, _ verb: EventVerb) -> ObjectChange.LogStream {
        if verb == .deleteLogStream { return .delete }
        var destination = LogDestination(provider: entry.text("provider") ?? "", place: nil)
        if let bucket = entry.text("bucket") {
            destination.place = .bucket(bucket)
        } else if let url = entry.text("url") {
            destination.place = .url(url)
        } else {
            problems.add("a log stream needs the key \"url\" or \"bucket\"", at: entry.place)
        }
        switch verb {
        case .createLogStream: return .create(destination)
        case .updateLogStream: return .update(destination)
        default: return .repoint(destination)
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
    mutating func loggedAction(_ event: WrittenEvent) -> ControlAction? {
        let entry = event.entry
        guard let text = entry.text("event") else { return nil }
        let code = AuditEventCode(text)
        if code == nil, text != "OAUTH_ACCESS_TOKEN.CREATE" {
            let hint = Suggestion.text(for: text, among: AuditEventCode.all.map(\.text))
            problems.add("there is no event code \"\(text)\"\(hint)", at: entry.place("event"))
            return nil
        }
        let origin = entry.text("origin").flatMap { AuditOrigin(rawValue: $0) }
        if let origin = entry.text("origin"), AuditOrigin(rawValue: origin) == nil {
            let hint = Suggestion.text(for: origin, among: AuditOrigin.allCases.map(\.rawValue))
            problems.add("there is no origin \"\(origin)\"\(hint)", at: entry.place("origin"))
        }
        let actor = entry.text("actor").flatMap { AuditActorKind(rawValue: $0) }
        if let actor = entry.text("actor"), AuditActorKind(rawValue: actor) == nil {
            let hint = Suggestion.text(for: actor, among: AuditActorKind.allCases.map(\.rawValue))
            problems.add("there is no kind of actor \"\(actor)\"\(hint)", at: entry.place("actor"))
        }
        var change = LoggedChange(
            code: text, origin: origin ?? code?.origin ?? .configAPI, actorKind: actor ?? .worker,
            name: entry.text("name") ?? "",
            old: json(entry, "old"), new: json(entry, "new"), details: entry.text("details"),
            error: entry.text("error"))
        if actor == nil, let usual = code?.actor, usual != .user, usual != .oauthClient {
            change.actorKind = usual
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
