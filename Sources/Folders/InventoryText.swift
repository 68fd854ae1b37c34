import ByteText
import Chance
import ScenarioSpec
import SimTime
import TailnetModel

/// Writes the tailnet's inventory in the shapes of the service's API.
struct InventoryText {
    let plan: Plan
    /// The instant that the inventory shows.
    let instant: Instant

    /// The body of `GET /tailnet/{t}/devices?fields=all`, without the fields that only a running client has.
    func devices() -> String {
        let devices = plan.nodes.indices.filter { isThere($0) }.map { device($0) }
        return "{\"devices\":[\n\(devices.joined(separator: ",\n"))\n]}\n"
    }

    /// The body of `GET /tailnet/{t}/users`.
    func users() -> String {
        let users = plan.users.enumerated().filter { $0.element.created <= instant }.map { index, user in
            let count = plan.nodes.indices.count { plan.nodes[$0].owner == index && isThere($0) }
            return object([
                ("id", user.stableID.jsonQuoted), ("displayName", user.displayName.jsonQuoted),
                ("loginName", user.login.jsonQuoted), ("profilePicUrl", "\"\""),
                ("tailnetId", plan.tailnet.stableID.jsonQuoted), ("created", quoted(user.created)),
                ("type", "\"member\""), ("role", user.role.rawValue.jsonQuoted), ("status", "\"active\""),
                ("deviceCount", "\(count)"),
            ])
        }
        return "{\"users\":[\n\(users.joined(separator: ",\n"))\n]}\n"
    }

    /// The policy file in force.
    func policy() -> String {
        plan.policies.last { ($0.since ?? instant) <= instant }?.text ?? ""
    }

    private func device(_ index: Int) -> String {
        let node = plan.nodes[index]
        var fields = [
            ("addresses", "[\"\(node.ipv4)\",\"\(node.ipv6)\"]"), ("id", "\"\(node.number)\""),
            ("nodeId", node.stableID.jsonQuoted), ("user", (node.owner.map { plan.users[$0].login } ?? "").jsonQuoted),
            ("name", node.name.jsonQuoted), ("hostname", node.hostName.jsonQuoted),
            ("clientVersion", node.clientVersion.jsonQuoted), ("updateAvailable", "false"),
            ("os", node.os.rawValue.jsonQuoted), ("created", quoted(node.created)),
            ("keyExpiryDisabled", "\(node.keyExpiryDisabled || node.owner == nil)"), ("expires", expires(index)),
            ("authorized", "true"), ("isExternal", "false"), ("machineKey", key("mkey:", node, "machine")),
            ("nodeKey", key("nodekey:", node, "node-key")), ("blocksIncomingConnections", "false"),
            ("enabledRoutes", list(node.approvedRoutes.map(\.description))),
            ("advertisedRoutes", list(node.advertisedRoutes.map(\.description))),
        ]
        if !node.tags.isEmpty { fields.append(("tags", list(node.tags))) }
        fields.append(("isEphemeral", "\(node.isEphemeral)"))
        return object(fields)
    }

    /// Tagged nodes' keys do not expire: the zero time.
    private func expires(_ index: Int) -> String {
        let node = plan.nodes[index]
        if node.owner == nil || node.keyExpiryDisabled { return "\"0001-01-01T00:00:00Z\"" }
        var expiry = node.created + .days(Int64(plan.tailnet.settings.devicesKeyDurationDays))
        for event in plan.administration.events where event.time <= instant {
            switch event.action {
            case .expireKey(index): expiry = event.time
            case .reauthenticate(index):
                expiry = event.time + .days(Int64(plan.tailnet.settings.devicesKeyDurationDays))
            default: break
            }
        }
        return quoted(expiry)
    }

    private func isThere(_ index: Int) -> Bool {
        var isThere = plan.nodes[index].created <= instant
        for event in plan.administration.events {
            switch event.action {
            case .join(index): isThere = event.time <= instant
            case .delete(index) where event.time <= instant: isThere = false
            default: break
            }
        }
        return isThere
    }

    private func key(_ prefix: String, _ node: Node, _ purpose: String) -> String {
        let key = ChanceKey(seed: plan.seed).key(purpose).key(node.key)
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
