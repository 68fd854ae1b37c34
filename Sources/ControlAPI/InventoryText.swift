import ByteText
import KeyedRandom
package import ScenarioSpec
package import SimTime
package import Simulation
import TailnetModel

/// Writes the tailnet's inventory in the shapes of the service's API.
package struct InventoryText {
    private let plan: Plan
    private let snapshot: TailnetSnapshot

    private let instant: Instant

    /// Takes the inventory of an instant.
    package init(_ timeline: AuditTimeline, of plan: Plan, at instant: Instant) {
        self.plan = plan
        self.instant = instant
        snapshot = timeline.snapshot(at: instant)
    }

    /// The devices as one line, with the instant: what somebody has who asks for them again and again.
    package func line() -> String {
        "{\"time\":\(quoted(instant)),\"devices\":[\(snapshot.devices.map(device).joined(separator: ","))]}\n"
    }

    /// The body of `GET /tailnet/{t}/devices?fields=all`, without `clientConnectivity` and other measurements.
    package func devices() -> String {
        "{\"devices\":[\n\(snapshot.devices.map(device).joined(separator: ",\n"))\n]}\n"
    }

    /// The body of `GET /tailnet/{t}/users`.
    package func users() -> String {
        var counts: [Int: Int] = [:]
        for device in snapshot.devices {
            if let owner = device.node.owner { counts[owner, default: 0] += 1 }
        }
        let users = snapshot.accounts.map { account in
            let user = plan.users[account.index]
            return object([
                ("id", user.stableID.jsonQuoted), ("displayName", user.displayName.jsonQuoted),
                ("loginName", user.login.jsonQuoted), ("profilePicUrl", "\"\""),
                ("tailnetId", plan.tailnet.stableID.jsonQuoted), ("created", quoted(user.created)),
                ("type", "\"member\""), ("role", account.role.rawValue.jsonQuoted),
                ("status", account.status.rawValue.jsonQuoted), ("deviceCount", "\(counts[account.index] ?? 0)"),
            ])
        }
        return "{\"users\":[\n\(users.joined(separator: ",\n"))\n]}\n"
    }

    /// The policy file in force.
    package func policy() -> String { snapshot.policy?.text ?? "" }

    private func device(_ device: TailnetSnapshot.Device) -> String {
        let node = device.node
        let login = node.sharer?.login ?? node.owner.map { plan.users[$0].login } ?? ""
        // Tagged nodes' keys do not expire: the zero time.
        let expires = device.keyExpiry.map(quoted) ?? "\"0001-01-01T00:00:00Z\""
        var fields = [
            ("addresses", "[\"\(node.ipv4)\",\"\(node.ipv6)\"]"), ("id", "\"\(node.number)\""),
            ("nodeId", node.stableID.jsonQuoted), ("user", login.jsonQuoted),
            ("name", node.name.jsonQuoted), ("hostname", node.hostName.jsonQuoted),
            ("clientVersion", node.clientVersion.jsonQuoted), ("updateAvailable", "false"),
            ("os", node.os.rawValue.jsonQuoted), ("created", quoted(node.created)),
            ("connectedToControl", "\(device.isConnected)"),
        ]
        if let seen = device.lastSeen { fields.append(("lastSeen", quoted(seen))) }
        fields += [
            ("keyExpiryDisabled", "\(node.keyExpiryDisabled || node.owner == nil)"), ("expires", expires),
            ("authorized", "\(device.isApproved)"), ("isExternal", "\(node.sharer != nil)"),
            ("machineKey", key("mkey:", node, "machine")),
            ("nodeKey", key("nodekey:", node, "node-key")), ("blocksIncomingConnections", "false"),
            ("enabledRoutes", list(node.approvedRoutes.map(\.description))),
            ("advertisedRoutes", list(node.advertisedRoutes.map(\.description))),
        ]
        if !node.tags.isEmpty { fields.append(("tags", list(node.tags))) }
        // The service's own words are not known.
        let lockError = device.isUnsigned ? "node key is not signed" : ""
        fields += [("tailnetLockError", lockError.jsonQuoted), ("sshEnabled", "\(node.runsSSH)")]
        fields.append(("isEphemeral", "\(node.isEphemeral)"))
        return object(fields)
    }

    private func key(_ prefix: String, _ node: Node, _ purpose: String) -> String {
        let key = RandomKey(seed: plan.seed).key(purpose).key(node.key)
        let hex = (0..<4).map { part in
            let digits = String(key.draw(UInt64(part)), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return (prefix + hex.joined()).jsonQuoted
    }

    private func object(_ fields: [(String, String)]) -> String {
        "{\(fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}"
    }

    private func list(_ texts: [String]) -> String { "[\(texts.map(\.jsonQuoted).joined(separator: ","))]" }
    private func quoted(_ instant: Instant) -> String { "\"\(instant.rfc3339)\"" }
}
