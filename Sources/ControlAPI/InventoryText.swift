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
        JSONWriter.object { json in
            json.member("time", instant)
            json.objects("devices", snapshot.devices) { put($1, into: &$0) }
        } + "\n"
    }

    /// The body of `GET /tailnet/{t}/devices?fields=all`, without `clientConnectivity` and other measurements.
    package func devices() -> String {
        JSONWriter.object { json in
            json.objects("devices", byLine: true, snapshot.devices) { put($1, into: &$0) }
        } + "\n"
    }

    /// The body of `GET /tailnet/{t}/users`.
    package func users() -> String {
        var counts: [Int: Int] = [:]
        for device in snapshot.devices {
            if let owner = device.node.owner { counts[owner, default: 0] += 1 }
        }
        return JSONWriter.object { json in
            json.objects("users", byLine: true, snapshot.accounts) { json, account in
                let user = plan.users[account.index]
                json.member("id", user.stableID)
                json.member("displayName", user.displayName)
                json.member("loginName", user.login)
                json.member("profilePicUrl", "")
                json.member("tailnetId", plan.tailnet.stableID)
                json.member("created", user.created)
                json.member("type", "member")
                json.member("role", account.role.rawValue)
                json.member("status", account.status.rawValue)
                json.member("deviceCount", counts[account.index] ?? 0)
            }
        } + "\n"
    }

    /// The policy file in force.
    package func policy() -> String { snapshot.policy?.text ?? "" }

    private func put(_ device: TailnetSnapshot.Device, into json: inout JSONWriter) {
        let node = device.node
        json.member("addresses", [node.ipv4, node.ipv6].map(\.description))
        json.member("id", "\(node.number)")
        json.member("nodeId", node.stableID)
        json.member("user", node.sharer?.login ?? node.owner.map { plan.users[$0].login } ?? "")
        json.member("name", node.name)
        json.member("hostname", node.hostName)
        json.member("clientVersion", node.clientVersion)
        json.member("updateAvailable", false)
        json.member("os", node.os.rawValue)
        json.member("created", node.created)
        json.member("connectedToControl", device.isConnected)
        if let seen = device.lastSeen { json.member("lastSeen", seen) }
        json.member("keyExpiryDisabled", node.keyExpiryDisabled || node.owner == nil)
        // Tagged nodes' keys do not expire: the zero time.
        json.member("expires", device.keyExpiry?.rfc3339 ?? "0001-01-01T00:00:00Z")
        json.member("authorized", device.isApproved)
        json.member("isExternal", node.sharer != nil)
        json.member("machineKey", key("mkey:", node, "machine"))
        json.member("nodeKey", key("nodekey:", node, "node-key"))
        json.member("blocksIncomingConnections", false)
        json.member("enabledRoutes", node.approvedRoutes.map(\.description))
        json.member("advertisedRoutes", node.advertisedRoutes.map(\.description))
        if !node.tags.isEmpty { json.member("tags", node.tags) }
        // The service's own words are not known.
        json.member("tailnetLockError", device.isUnsigned ? "node key is not signed" : "")
        json.member("sshEnabled", node.runsSSH)
        json.member("isEphemeral", node.isEphemeral)
    }

    private func key(_ prefix: String, _ node: Node, _ purpose: String) -> String {
        let key = RandomKey(seed: plan.seed).key(purpose).key(node.key)
        let hex = (0..<4).map { part in
            let digits = String(key.draw(UInt64(part)), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return prefix + hex.joined()
    }
}
