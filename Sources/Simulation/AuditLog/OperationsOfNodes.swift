import ByteText
import KeyedRandom
import ScenarioSpec
import SimTime
import TailnetModel

// What happens to nodes, as the service logs it: order, origin, targets and values. Where no capture shows a value, the
// comment says "unverified".
extension ControlPlane {
    /// The changes of a node that is added: name, creation, then expiry or tags, login.
    ///
    /// Captured for a tagged node, documented for an owned one.
    func joinChanges(_ index: Int, at time: Instant) -> [AuditChange] {
        let node = control.node(index, at: time.nanoseconds)
        let bare = parties.node(index, at: time)
        var name = bare
        name.property = "MACHINE_NAME"
        var third = bare
        var old = "\"\""
        let new: String
        if node.tags.isEmpty {
            third.property = "KEY_EXPIRY_TIME"
            old = ControlPlane.never
            let days = control.days(at: time.nanoseconds)
            new = node.keyExpiryDisabled ? ControlPlane.never : quoted(time + .days(days))
        } else {
            third.property = "ACL_TAGS"
            new = list(node.tags)
        }
        return [
            AuditChange("UPDATE", name, old: "\"\"", new: node.hostName.jsonQuoted),
            AuditChange("CREATE", bare),
            AuditChange("UPDATE", third, old: old, new: new),
            AuditChange("LOGIN", bare),
        ]
    }

    /// A node's renewal: the new expiry, then the login.
    func renewalChanges(_ index: Int, old: Int64?, new: Int64, at time: Instant) -> [AuditChange] {
        let oldText = old.map { quoted(Instant(nanoseconds: $0)) } ?? ControlPlane.never
        return [
            AuditChange(
                "UPDATE", parties.node(index, "KEY_EXPIRY_TIME", at: time), old: oldText,
                new: quoted(Instant(nanoseconds: new))),
            AuditChange("LOGIN", parties.node(index, at: time)),
        ]
    }

    /// The group of an explicit change of a node.
    func group(_ event: AdminEvent, _ change: NodeChange, node: Int, key: RandomKey) -> AuditGroup {
        let time = event.time
        let before = control.node(node, at: time.nanoseconds - 1)
        let after = control.node(node, at: time.nanoseconds)
        func target(_ property: String? = nil) -> AuditTarget { parties.node(node, property, at: time) }
        func group(_ origin: AuditOrigin, _ changes: [AuditChange]) -> AuditGroup {
            AuditGroup(key: key, time: time, origin: origin, actor: actor(of: event), changes: changes)
        }
        func expiry(_ instant: Int64?) -> String {
            instant.map { quoted(Instant(nanoseconds: $0)) } ?? ControlPlane.never
        }
        let admin = origin(of: event)
        switch change {
        case .approve: return group(admin, [AuditChange("APPROVE", target())])
        case .rename:
            return group(
                admin,
                [
                    AuditChange(
                        "UPDATE", target("MACHINE_NAME"), old: before.hostName.jsonQuoted,
                        new: after.hostName.jsonQuoted)
                ])
        case .setTags:
            let old = before.tags.isEmpty ? "\"\"" : list(before.tags)
            return group(admin, [AuditChange("UPDATE", target("ACL_TAGS"), old: old, new: list(after.tags))])
        case .setRoutes:
            return group(
                admin, [AuditChange("UPDATE", target("ALLOWED_IPS"), old: allowed(before), new: allowed(after))])
        case .autoApproveRoutes:
            // Only the routes: unverified.
            return group(
                event.user == nil && event.client == nil ? .control : admin,
                [
                    AuditChange(
                        "UPDATE", target("AUTO_APPROVED_ROUTES"), old: list(before.approvedRoutes.map(\.description)),
                        new: list(after.approvedRoutes.map(\.description)))
                ])
        case .setExitNode(let isOn):
            // The booleans are unverified.
            return group(
                admin,
                [
                    AuditChange(
                        "UPDATE", target("EXIT_NODE"),
                        old: "\(before.approvedRoutes.contains(where: \.isDefaultRoute))", new: "\(isOn)")
                ])
        case .setKeyExpiry(let isOn):
            return group(admin, [AuditChange(isOn ? "ENABLE" : "DISABLE", target("KEY_EXPIRY"))])
        case .extendKey(let span):
            let old = control.keyExpiry(ofNode: node, at: time.nanoseconds, keyLife)
            let new = quoted(time + span)
            return group(admin, [AuditChange("UPDATE", target("KEY_EXPIRY_TIME"), old: expiry(old), new: new)])
        case .logOut:
            let old = control.keyExpiry(ofNode: node, at: time.nanoseconds, keyLife)
            return group(
                .node,
                [
                    AuditChange("ENABLE", target("KEY_EXPIRY")),
                    AuditChange("UPDATE", target("KEY_EXPIRY_TIME"), old: expiry(old), new: quoted(time)),
                    AuditChange("LOGOUT", target()),
                ])
        case .checkIn: return group(.node, [AuditChange("LOGIN", target())])
        case .sign:
            // The signature's form is unverified.
            return group(admin, [AuditChange("UPDATE", target("TKA"), new: "{\"signed\":true}")])
        case .setAttribute(let name, let old, let new):
            // An object with the attribute's name: unverified.
            return group(
                admin,
                [
                    AuditChange(
                        old == nil ? "CREATE" : "UPDATE", target("ATTRIBUTES"), old: old.map { object(name, $0) },
                        new: object(name, new))
                ])
        case .deleteAttribute(let name, let old):
            return group(admin, [AuditChange("DELETE", target("ATTRIBUTES"), old: object(name, old))])
        case .setPostureReporting(let isOn):
            // The values are those that a published fixture has for a property "POSTURE".
            return group(
                .node,
                [
                    AuditChange(
                        "UPDATE", target("POSTURE_IDENTITY"), old: "{\"PostureDisabled\":\(isOn)}",
                        new: "{\"PostureDisabled\":\(!isOn)}")
                ])
        case .disconnect(let reason):
            let who = event.user.map { plan.users[$0] } ?? before.owner.map { plan.users[$0] }
            let login = who?.login ?? ""
            let details = "\"\(plan.tailnet.organization)\" is being disconnected by \"\(login)\": \(reason)"
            return group(.node, [AuditChange("DISCONNECT_NODE", target("CLIENT_LOG"), details: details)])
        case .webInterface(let isLogin):
            var web = target()
            web.type = "WEB_INTERFACE"
            web.isEphemeral = false
            return group(.node, [AuditChange(isLogin ? "LOGIN" : "LOGOUT", web)])
        }
    }

    /// What a node may send as: its own addresses, then its approved routes, as a published example has them.
    private func allowed(_ node: Node) -> String {
        list(["\(node.ipv4)/32", "\(node.ipv6)/128"] + node.approvedRoutes.map(\.description))
    }

    private func object(_ name: String, _ value: String) -> String { "{\(name.jsonQuoted):\(value)}" }
}

extension ControlPlane {
    /// Go's zero time, which stands for "never".
    static let never = "\"0001-01-01T00:00:00Z\""

    func quoted(_ instant: Instant) -> String { "\"\(instant.rfc3339)\"" }

    func list(_ texts: [String]) -> String { "[" + texts.map(\.jsonQuoted).joined(separator: ",") + "]" }

    /// A time as Go's `time.String` prints it, which the service puts into records of credentials.
    func goText(_ instant: Instant) -> String {
        var text = instant.rfc3339
        text.removeLast()
        let parts = text.split(separator: "T", maxSplits: 1)
        return "\(parts[0]) \(parts[1]) +0000 UTC"
    }
}
