import TailnetModel
import TailnetPolicy

/// The rules of a policy read one by one for one question: slow, and made of nothing but their definitions.
struct DirectEvaluation {
    let file: PolicyFile
    let topology: PolicyTopology

    func verdict(_ source: Int, _ target: IPAddress, _ proto: UInt8, _ port: UInt16) -> Verdict {
        guard file.restrictsAccess else { return .unrestricted }
        for (index, rule) in file.rules.enumerated() where allows(rule, source, target, proto, port) {
            return Verdict(isAllowed: true, rule: index)
        }
        return .denied
    }

    private func allows(_ rule: PolicyRule, _ source: Int, _ target: IPAddress, _ proto: UInt8, _ port: UInt16) -> Bool
    {
        let node = topology.nodes[source]
        guard let address = node.addresses.first(where: { $0.family == target.family }),
            meetsPosture(rule, node), rule.sources.contains(where: { isSource($0.selector, source, address) })
        else { return false }
        return rule.destinations.contains { destination in
            destination.services.contains { $0.covers(proto: proto, port: port) }
                && isDestination(destination.name.selector, target, from: source, via: rule.via.map(\.text))
        }
    }

    private func meetsPosture(_ rule: PolicyRule, _ node: PolicyTopology.Node) -> Bool {
        let asked = (rule.sourcePosture.isEmpty ? file.defaultSourcePosture : rule.sourcePosture).map(\.text)
        return asked.isEmpty
            || file.postures.contains { posture in
                asked.contains(posture.name.text) && posture.conditions.allSatisfy { $0.holds(for: node.attributes) }
            }
    }

    private func isSource(_ selector: PolicySelector, _ node: Int, _ address: IPAddress) -> Bool {
        switch selector {
        // Every device has an address of the tailnet.
        case .any, .autogroup(.dangerAll): true
        default: isNamed(selector, address) || isDevice(selector, node)
        }
    }

    private func isDestination(
        _ selector: PolicySelector, _ target: IPAddress, from source: Int, via: [String]
    ) -> Bool {
        let node = topology.nodes.firstIndex { $0.addresses.contains(target) }
        if !via.isEmpty { return isBehind(via, selector, target) }
        switch selector {
        case .any: return true
        case .autogroup(.internet): return isInternet(target)
        case .autogroup(.self):
            guard let node, let person = topology.nodes[node].person, !topology.nodes[node].isExternal else {
                return false
            }
            return topology.nodes[source].person == person && !topology.nodes[source].isExternal
        default: return isNamed(selector, target) || node.map { isDevice(selector, $0) } ?? false
        }
    }

    private func isBehind(_ via: [String], _ selector: PolicySelector, _ target: IPAddress) -> Bool {
        let routers = topology.nodes.filter { router in router.tags.contains { via.contains($0) } }
        if selector == .autogroup(.internet) {
            return isInternet(target) && routers.contains { $0.advertisedRoutes.contains { $0.bits == 0 } }
        }
        let node = topology.nodes.firstIndex { $0.addresses.contains(target) }
        let isMeant = isNamed(selector, target) || node.map { isDevice(selector, $0) } ?? false
        return isMeant
            && routers.contains { router in router.approvedRoutes.contains { $0.bits > 0 && $0.contains(target) } }
    }

    private func isDevice(_ selector: PolicySelector, _ index: Int) -> Bool {
        let node = topology.nodes[index]
        let user = node.tags.isEmpty ? node.owner.map { topology.users[$0] } : nil
        switch selector {
        case .tag(let tag): return node.tags.contains(tag)
        case .user(let login): return user?.login == login
        case .domain(let domain): return user?.login.hasSuffix("@" + domain) ?? false
        case .group(let name):
            let members = file.groups.first { $0.name.text == name }?.members.map(\.text) ?? []
            return user.map { members.contains($0.login) } ?? false
        case .autogroup(.tagged): return !node.tags.isEmpty
        case .autogroup(.shared): return node.isExternal
        case .autogroup(.member): return user != nil && !node.isExternal
        case .autogroup(.admin): return !node.isExternal && (user?.role == .admin || user?.role == .owner)
        default: return false
        }
    }

    private func isNamed(_ selector: PolicySelector, _ address: IPAddress) -> Bool {
        switch selector {
        case .addresses(let range): return range.contains(address)
        case .ipSet(let name):
            var holds = false
            for entry in file.ipSets.first(where: { $0.name.text == name })?.members.map(\.text) ?? [] {
                let words = entry.split(separator: " ")
                if let range = AddressRange(String(words[words.count - 1])), range.contains(address) {
                    holds = words.first != "remove"
                }
            }
            return holds
        default: return false
        }
    }

    private func isInternet(_ address: IPAddress) -> Bool {
        let outside = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]
        if address.isIPv4 { return !outside.contains { IPPrefix($0)?.contains(address) == true } }
        return IPPrefix("2000::/3")?.contains(address) == true
    }
}
