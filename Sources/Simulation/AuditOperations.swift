import ByteText
import Chance
import ScenarioSpec
import SimTime
import TailnetModel

// Operations as the service logs them: order, origin, targets and values. Where no capture shows a value, the comment says
// "unverified".
extension World {
    func actor(user index: Int) -> AuditActor {
        let user = plan.users[index]
        return AuditActor(id: user.stableID, type: "USER", loginName: user.login, displayName: user.displayName)
    }

    func actor(oauthClient index: Int) -> AuditActor {
        AuditActor(
            id: plan.oauthClients[index].stableID, type: "OAUTH_CLIENT", loginName: "", displayName: "OAuth client")
    }

    /// The service itself; its id and name are unverified.
    var worker: AuditActor {
        AuditActor(id: "", type: "AUTOMATED_WORKER", loginName: "", displayName: "Tailscale")
    }

    func tailnetTarget(property: String? = nil) -> AuditTarget {
        AuditTarget(
            id: plan.tailnet.stableID, name: plan.tailnet.organization, type: "TAILNET", property: property)
    }

    /// What a login to the admin console has for a target; its id and name are unverified.
    var consoleTarget: AuditTarget {
        AuditTarget(id: plan.tailnet.stableID, name: plan.tailnet.organization, type: "ADMIN_CONSOLE")
    }

    func nodeTarget(_ index: Int, property: String? = nil) -> AuditTarget {
        let node = plan.nodes[index]
        return AuditTarget(
            id: node.stableID, name: node.name, type: "NODE", isEphemeral: node.isEphemeral, property: property)
    }

    func tokenMint(client: Int, key: ChanceKey, time: Instant) -> AuditGroup {
        let id = StableID.text(.key, key.draw(5, below: StableID.largestNumber))
        return AuditGroup(
            key: key, time: time, origin: .configAPI, actor: actor(oauthClient: client),
            changes: [
                AuditChange(
                    "CREATE", AuditTarget(id: id, name: "API access token", type: "OAUTH_ACCESS_TOKEN"),
                    details: "scopes - " + plan.oauthClients[client].scopes)
            ])
    }

    /// A failed request now and then: by a program, or by a person who may not.
    func mistake(key: ChanceKey, time: Instant) -> AuditGroup {
        let isProgram = !plan.oauthClients.isEmpty && (plan.users.isEmpty || key.chance(6, permille: 700))
        let actor =
            isProgram
            ? actor(oauthClient: Int(key.draw(7, below: UInt64(plan.oauthClients.count))))
            : actor(user: Int(key.draw(7, below: UInt64(plan.users.count))))
        return AuditGroup(
            key: key, time: time, origin: .configAPI, actor: actor, changes: [failedRequest(key: key)])
    }

    /// A burst of requests from a credential that lacks the scope.
    func unauthorizedCalls(anomaly index: Int) -> [AuditGroup] {
        let facts = anomalies[index]
        guard let client = facts.oauthClient else { return [] }
        let window = facts.anomaly.window
        let slot = window.length.nanoseconds / Int64(max(1, facts.anomaly.count))
        return (0..<facts.anomaly.count).map { ordinal in
            let key = facts.key.key(UInt64(ordinal))
            let offset = Int64(ordinal) * slot + Int64(key.draw(0, below: UInt64(max(1, slot))))
            return AuditGroup(
                key: key, time: window.start + .nanoseconds(offset), origin: .configAPI,
                actor: actor(oauthClient: client), changes: [failedRequest(key: key)], anomaly: index)
        }
    }

    /// The record of a request that was refused.
    ///
    /// No genuine one was ever published: type, action and `error` follow the
    /// schema, the rest is unverified.
    private func failedRequest(key: ChanceKey) -> AuditChange {
        let tailnet = "/api/v2/tailnet/" + plan.tailnet.organization
        let requests = [
            "POST \(tailnet)/acl", "POST \(tailnet)/keys", "GET \(tailnet)/keys", "PATCH \(tailnet)/settings",
            "PUT \(tailnet)/logging/network/stream", "POST \(tailnet)/webhooks", "GET \(tailnet)/users",
            "DELETE \(tailnet)/logging/configuration/stream",
        ]
        let request = requests[Int(key.draw(8, below: UInt64(requests.count)))]
        return AuditChange(
            "UPDATE",
            AuditTarget(id: plan.tailnet.stableID, name: plan.tailnet.organization, type: "FAILED_REQUEST"),
            details: request, error: "forbidden")
    }
}

extension AuditTimeline {
    /// The records of an explicit change.
    func group(for event: AdminEvent) -> AuditGroup {
        let key = world.root.key("event").key(event.key)
        let actor = event.user.map { world.actor(user: $0) } ?? world.worker
        func group(_ origin: AuditGroup.Origin, _ changes: [AuditChange]) -> AuditGroup {
            AuditGroup(key: key, time: event.time, origin: origin, actor: actor, changes: changes)
        }
        switch event.action {
        case .join(let node): return group(.node, joinChanges(node, at: event.time))
        case .delete(let node): return group(.adminConsole, [AuditChange("DELETE", world.nodeTarget(node))])
        case .expireKey(let node):
            let target = world.nodeTarget(node, property: "KEY_EXPIRY_TIME")
            return AuditGroup(
                key: key, time: event.time, origin: .control, actor: world.worker,
                changes: [AuditChange("EXPIRED", target)])
        case .reauthenticate(let node):
            let target = world.nodeTarget(node, property: "KEY_EXPIRY_TIME")
            let old = world.lastExpiry(ofNode: node, before: event.time)
            return group(
                .node,
                [
                    AuditChange("UPDATE", target, old: quoted(old), new: quoted(world.expiry(after: event.time))),
                    AuditChange("LOGIN", world.nodeTarget(node)),
                ])
        case .editPolicy(let version):
            let policies = world.plan.policies
            return group(
                .adminConsole,
                [
                    AuditChange(
                        "UPDATE", world.tailnetTarget(property: "ACL"), old: policies[version - 1].text.jsonQuoted,
                        new: policies[version].text.jsonQuoted)
                ])
        case .createAuthKey(let name, let reusable, let ephemeral, let tags):
            var capabilities = [reusable ? "NODE_AUTH" : "ONE_OFF_NODE_AUTH"]
            if ephemeral { capabilities.append("EPHEMERAL") }
            let tagList = tags.map { $0.jsonQuoted }.joined(separator: ",")
            let value =
                "{\"expires\":\(goText(event.time + .days(90)).jsonQuoted)"
                + ",\"capabilities\":[\(capabilities.map { "\"\($0)\"" }.joined(separator: ","))]"
                + ",\"domainLevel\":true" + (tags.isEmpty ? "" : ",\"authTags\":[\(tagList)]")
                + ",\"description\":\(name.jsonQuoted)}"
            return group(.adminConsole, [AuditChange("CREATE", keyTarget(name, "Auth key"), new: value)])
        case .createAPIToken(let name):
            let value = "{\"expires\":\(goText(event.time + .days(90)).jsonQuoted),\"description\":\(name.jsonQuoted)}"
            return group(.adminConsole, [AuditChange("CREATE", keyTarget(name, "API access token"), new: value)])
        case .revokeKey(let name):
            return group(.adminConsole, [AuditChange("REVOKE", keyTarget(name, kind(ofKey: name)))])
        }
    }

    /// A node that is added: name, creation, expiry (or tags), login.
    private func joinChanges(_ index: Int, at time: Instant) -> [AuditChange] {
        let node = world.plan.nodes[index]
        var changes = [
            AuditChange(
                "UPDATE", world.nodeTarget(index, property: "MACHINE_NAME"), old: "\"\"", new: node.hostName.jsonQuoted),
            AuditChange("CREATE", world.nodeTarget(index)),
        ]
        if node.tags.isEmpty {
            changes.append(
                AuditChange(
                    "UPDATE", world.nodeTarget(index, property: "KEY_EXPIRY_TIME"), old: "\"0001-01-01T00:00:00Z\"",
                    new: quoted(world.expiry(after: time))))
        } else {
            let tags = node.tags.map { $0.jsonQuoted }.joined(separator: ",")
            changes.append(
                AuditChange(
                    "UPDATE", world.nodeTarget(index, property: "ACL_TAGS"), old: "\"\"", new: "[\(tags)]"))
        }
        changes.append(AuditChange("LOGIN", world.nodeTarget(index)))
        return changes
    }

    private func keyTarget(_ name: String, _ title: String) -> AuditTarget {
        let number = world.root.key("credential").key(name).draw(0, below: StableID.largestNumber)
        return AuditTarget(id: StableID.text(.key, number), name: title, type: "API_KEY")
    }

    private func kind(ofKey name: String) -> String {
        for event in world.plan.administration.events {
            if case .createAPIToken(name) = event.action { return "API access token" }
        }
        return "Auth key"
    }

    private func quoted(_ instant: Instant) -> String { "\"\(instant.rfc3339)\"" }

    /// A time as Go's `time.String` prints it, which the service puts into key records.
    private func goText(_ instant: Instant) -> String {
        var text = instant.rfc3339
        text.removeLast()
        let parts = text.split(separator: "T", maxSplits: 1)
        return "\(parts[0]) \(parts[1]) +0000 UTC"
    }
}

extension World {
    /// When a key that is made or renewed at `instant` expires.
    func expiry(after instant: Instant) -> Instant {
        instant + .days(Int64(plan.tailnet.settings.devicesKeyDurationDays))
    }

    /// When the node's key expires, or expired, as it stood before `instant`.
    func lastExpiry(ofNode node: Int, before instant: Instant) -> Instant {
        var expiry = expiry(after: plan.nodes[node].created)
        for event in plan.administration.events where event.time < instant {
            switch event.action {
            case .join(node), .reauthenticate(node): expiry = self.expiry(after: event.time)
            case .expireKey(node): expiry = event.time
            default: break
            }
        }
        return expiry
    }
}
