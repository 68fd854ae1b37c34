import ByteText
import SimTime
import TailnetModel

// What happens to nodes. Where no capture shows a value, the comment says "unverified".
extension TailnetState {
    /// Why a change of a node is impossible now; nil where it is not.
    func refusal(of action: ControlAction, node: Int) -> Refusal? {
        let device = device(node)
        switch (action, device.membership) {
        case (_, .deleted): return Refusal(.notFound, "the node is deleted")
        case (.join, .awaited): return nil
        case (.join, _): return Refusal(.conflict, "the node is in the tailnet already", isOfThatTime: false)
        case (_, .awaited): return Refusal(.notFound, "the node has not joined")
        case (.reauthenticate, .connected):
            return Refusal(
                .conflict, "the node's key has not expired", ", so there is nothing to authenticate")
        case (.expireKey, .loggedOut), (.changeNode(.logOut, _), .loggedOut):
            return Refusal(.conflict, "the node is logged out already")
        case (.expireKey, .expired), (.changeNode(.logOut, _), .expired):
            return Refusal(.conflict, "the node's key has expired already")
        case (.changeNode(.checkIn, _), .expired), (.changeNode(.checkIn, _), .loggedOut),
            (.changeNode(.disconnect, _), .expired), (.changeNode(.disconnect, _), .loggedOut):
            return Refusal(.conflict, "the node is not connected")
        case (.changeNode(.approve, _), _) where !device.waitsForApproval:
            return Refusal(.conflict, "\(nodes[node].key) does not wait for approval")
        case (.changeNode(.deleteAttribute(let name), _), _)
        where objects.attributes[TailnetObjects.AttributeID(node: node, name: name)] == nil:
            return Refusal(.notFound, at: .attribute, "the node has no attribute \"\(name)\"")
        default: return nil
        }
    }

    mutating func recordJoin(_ index: Int, at time: Instant) -> [AuditChange] {
        let waits = isOn(.deviceApproval)
        change(node: index) {
            $0.membership = .connected
            $0.waitsForApproval = waits && $0.node.owner != nil
        }
        let node = device(index).node
        return AuditChange.joining(node, target: targets.node(node), keyDays: keyDays(at: time), at: time)
    }

    /// Takes a node out of the tailnet, or cuts it off until it authenticates again.
    mutating func cutOff(_ node: Int, _ membership: DeviceState.Membership, at time: Instant) {
        change(node: node) {
            // Nothing that happens to a deleted node brings it back.
            if $0.membership != .deleted { $0.membership = membership }
            $0.key = KeyPhase(since: time, expiry: nil)
            if membership != .deleted { $0.cutOff = time }
        }
    }

    mutating func recordExpiry(_ index: Int, by actor: ControlActor, at time: Instant) -> [AuditChange] {
        let target = targets.node(device(index).node, "KEY_EXPIRY_TIME")
        let old = AuditValues.expiry(keyExpiry(ofNode: index, before: time))
        cutOff(index, .expired, at: time)
        if actor == .service { return [AuditChange("EXPIRED", target)] }
        return [AuditChange("UPDATE", target, old: old, new: AuditValues.quoted(time))]
    }

    mutating func recordRenewal(_ index: Int, at time: Instant) -> [AuditChange] {
        let device = device(index)
        // What expired is an explicit cut, or what the calendar says.
        let old = device.cutOff ?? keyExpiry(ofNode: index, before: time)
        let new = time + .days(Int64(keyDays(at: time)))
        change(node: index) {
            if $0.membership != .deleted { $0.membership = .connected }
            $0.key = KeyPhase(since: time, expiry: new)
            $0.cutOff = nil
        }
        return AuditChange.renewing(targets.node(device.node), old: old, new: new)
    }

    mutating func record(
        _ change: NodeChange, node index: Int, by actor: ControlActor, at time: Instant
    ) -> [AuditChange] {
        let before = device(index).node
        var oldExpiry = ""
        switch change {
        case .extendKey, .logOut: oldExpiry = AuditValues.expiry(keyExpiry(ofNode: index, before: time))
        default: break
        }
        make(change, node: index, at: time)
        let after = device(index).node
        func target(_ property: String? = nil) -> AuditTarget { targets.node(before, property) }
        switch change {
        case .approve: return [AuditChange("APPROVE", target())]
        case .rename:
            return [
                AuditChange(
                    "UPDATE", target("MACHINE_NAME"), old: before.hostName.jsonQuoted, new: after.hostName.jsonQuoted)
            ]
        case .setTags:
            let old = before.tags.isEmpty ? "\"\"" : before.tags.jsonList
            return [AuditChange("UPDATE", target("ACL_TAGS"), old: old, new: after.tags.jsonList)]
        case .setRoutes:
            return [AuditChange("UPDATE", target("ALLOWED_IPS"), old: before.allowedIPs, new: after.allowedIPs)]
        case .autoApproveRoutes:
            // Only the routes: unverified.
            return [
                AuditChange(
                    "UPDATE", target("AUTO_APPROVED_ROUTES"), old: before.approvedRoutes.map(\.description).jsonList,
                    new: after.approvedRoutes.map(\.description).jsonList)
            ]
        case .setExitNode(let isOn):
            // The booleans are unverified.
            let wasOn = before.approvedRoutes.contains(where: \.isDefaultRoute)
            return [AuditChange("UPDATE", target("EXIT_NODE"), old: "\(wasOn)", new: "\(isOn)")]
        case .setKeyExpiry(let isOn): return [AuditChange(isOn ? "ENABLE" : "DISABLE", target("KEY_EXPIRY"))]
        case .extendKey(let span):
            return [
                AuditChange("UPDATE", target("KEY_EXPIRY_TIME"), old: oldExpiry, new: AuditValues.quoted(time + span))
            ]
        case .logOut:
            return [
                AuditChange("ENABLE", target("KEY_EXPIRY")),
                AuditChange("UPDATE", target("KEY_EXPIRY_TIME"), old: oldExpiry, new: AuditValues.quoted(time)),
                AuditChange("LOGOUT", target()),
            ]
        case .checkIn: return [AuditChange("LOGIN", target())]
        // The signature's form is unverified.
        case .sign: return [AuditChange("UPDATE", target("TKA"), new: JSONWriter.object { $0.member("signed", true) })]
        case .setAttribute(let name, let value):
            return [recordAttribute(name, value, node: index, target("ATTRIBUTES"))]
        case .deleteAttribute(let name):
            return [recordAttribute(name, nil, node: index, target("ATTRIBUTES"))]
        case .setPostureReporting(let isOn):
            // The values are those that a published fixture has for a property "POSTURE".
            return [
                AuditChange(
                    "UPDATE", target("POSTURE_IDENTITY"), old: JSONWriter.object { $0.member("PostureDisabled", isOn) },
                    new: JSONWriter.object { $0.member("PostureDisabled", !isOn) })
            ]
        case .disconnect(let reason):
            var who = before.owner
            if case .user(let user) = actor { who = user }
            let login = who.map { users[$0].login } ?? ""
            let details = "\"\(tailnet.organization)\" is being disconnected by \"\(login)\": \(reason)"
            return [AuditChange("DISCONNECT_NODE", target("CLIENT_LOG"), details: details)]
        case .webInterface(let isLogin):
            var web = target()
            (web.type, web.isEphemeral) = ("WEB_INTERFACE", false)
            return [AuditChange(isLogin ? "LOGIN" : "LOGOUT", web)]
        }
    }

    /// Makes of the node and its key what a change makes of them.
    private mutating func make(_ change: NodeChange, node index: Int, at time: Instant) {
        switch change {
        case .approve: self.change(node: index) { $0.waitsForApproval = false }
        case .rename(let hostName): rename(index, to: hostName)
        case .setTags(let tags):
            // A tagged node has no owner, and its key stops expiring.
            modify(index) {
                $0.tags = tags
                $0.owner = nil
                $0.keyExpiryDisabled = true
            }
            startKey(of: index, at: time, expiry: nil)
        case .setRoutes(let routes), .autoApproveRoutes(let routes):
            modify(index) {
                let exits = $0.approvedRoutes.filter(\.isDefaultRoute)
                $0.approvedRoutes = (routes.filter { !$0.isDefaultRoute } + exits).sorted()
                $0.advertisedRoutes = Set($0.advertisedRoutes + routes).sorted()
            }
        case .setExitNode(let isOn):
            modify(index) {
                let others = $0.approvedRoutes.filter { !$0.isDefaultRoute }
                let exits = isOn ? TailnetState.defaultRoutes : []
                $0.approvedRoutes = (others + exits).sorted()
                $0.advertisedRoutes = Set($0.advertisedRoutes + exits).sorted()
            }
        case .setKeyExpiry(let isOn):
            modify(index) { $0.keyExpiryDisabled = !isOn }
            // Inferred: a key whose expiry is switched on lasts as long as a new one.
            startKey(of: index, at: time, expiry: isOn ? time + .days(Int64(keyDays(at: time))) : nil)
        case .extendKey(let span): startKey(of: index, at: time, expiry: time + span)
        case .logOut: cutOff(index, .loggedOut, at: time)
        case .checkIn, .sign, .setAttribute, .deleteAttribute, .setPostureReporting, .disconnect, .webInterface: break
        }
    }

    /// Gives a node a host name, and the name in MagicDNS that follows from it.
    mutating func rename(_ index: Int, to hostName: String) {
        let suffix = dnsSuffix
        modify(index) {
            $0.hostName = hostName
            $0.name = "\(hostName).\(suffix)"
        }
    }

    private mutating func modify(_ index: Int, _ body: (inout Node) -> Void) {
        change(node: index) {
            body(&$0.node)
            $0.revision += 1
        }
    }

    private mutating func startKey(of index: Int, at time: Instant, expiry: Instant?) {
        change(node: index) { $0.key = KeyPhase(since: time, expiry: expiry) }
    }

    /// Sets or removes a posture attribute.
    ///
    /// That records show its value in an object with the attribute's name is unverified.
    private mutating func recordAttribute(
        _ name: String, _ value: String?, node: Int, _ target: AuditTarget
    ) -> AuditChange {
        func object(_ value: String) -> String {
            JSONWriter.object { $0.member(name, JSONFragment(verbatim: value)) }
        }
        let id = TailnetObjects.AttributeID(node: node, name: name)
        let old = objects.attributes[id]
        objects.attributes[id] = value
        let action = value == nil ? "DELETE" : old == nil ? "CREATE" : "UPDATE"
        return AuditChange(action, target, old: old.map(object), new: value.map(object))
    }

    private static let defaultRoutes = [IPPrefix("0.0.0.0/0"), IPPrefix("::/0")].compactMap { $0 }
}

extension Node {
    /// What a node may send as: its own addresses, then its approved routes, as a published example has them.
    fileprivate var allowedIPs: String {
        (["\(ipv4)/32", "\(ipv6)/128"] + approvedRoutes.map(\.description)).jsonList
    }
}
