import SimTime
import TailnetModel

extension Resolver {
    mutating func readNodes(_ entries: [Entry]) {
        for entry in entries {
            guard let name = entry.text("name") else { continue }
            if nodeIndex[name] != nil {
                problems.add("there are two nodes named \"\(name)\"", at: entry.place("name"))
                continue
            }
            if userIndex[name] != nil {
                problems.add("\"\(name)\" is the name of a user; call the node otherwise", at: entry.place("name"))
            }
            let count = entry.number("count") ?? 1
            guard nodes.count + count <= ScenarioSections.mostNodes else {
                problems.add(
                    "these nodes make more than \(ScenarioSections.mostNodes) in all, the most there may be",
                    at: entry.place("count"))
                continue
            }
            guard let mold = mold(entry) else {
                nodeIndex[name] = []
                continue
            }
            let names = entry.has("count") ? (1...count).map { "\(name)-\($0)" } : [name]
            var indices: [Int] = []
            for name in names {
                if nodeIndex[name] != nil {
                    problems.add("there are two nodes named \"\(name)\"", at: entry.place("name"))
                    continue
                }
                indices.append(nodes.count)
                nodeIndex[name] = [nodes.count]
                add(name, mold)
            }
            nodeIndex[name] = indices
        }
    }

    /// What the nodes of one section have in common.
    private struct Mold {
        var owner: Int?
        var tags: [String]
        var os: OperatingSystem
        var role: NodeRole
        var hostName: String?
        var isEphemeral: Bool
        var keyExpiryDisabled: Bool
        var advertisedRoutes: [IPPrefix]
        var approvedRoutes: [IPPrefix]
    }

    private mutating func mold(_ entry: Entry) -> Mold? {
        var owner: Int?
        if let name = entry.text("user") {
            owner = user(name, at: entry.place("user"))
            if owner == nil { return nil }
        }
        let tags = Set((entry.texts("tags") ?? []).map(\.text)).sorted()
        if entry.has("user"), entry.has("tags") {
            problems.add("a node has an owner or tags, not both; remove one of them", at: entry.place("tags"))
        } else if !entry.has("user"), !entry.has("tags") {
            problems.add("the node has no owner and no tags; write user or tags", at: entry.place)
            return nil
        }
        for (tag, place) in entry.texts("tags") ?? [] {
            guard let known = policyNames?.tags, !known.contains(tag) else { continue }
            let hint = Suggestion.text(for: tag, among: known)
            problems.add("the policy file has no owner for \"\(tag)\" in tagOwners\(hint)", at: place)
        }
        let os = entry.choice("os", OperatingSystem.self) ?? .linux
        let isMobile = os == .iOS || os == .android
        let role = entry.choice("role", NodeRole.self) ?? (owner == nil ? .server : isMobile ? .phone : .laptop)
        let advertised = Set((entry.texts("advertisedRoutes") ?? []).compactMap { IPPrefix($0.text) }).sorted()
        var approved = advertised
        if let texts = entry.texts("approvedRoutes") {
            approved = Set(texts.compactMap { IPPrefix($0.text) }).sorted()
            for (text, place) in texts where IPPrefix(text).map({ !advertised.contains($0) }) ?? false {
                problems.add("the node does not advertise \"\(text)\"", at: place)
            }
        }
        return Mold(
            owner: owner, tags: tags, os: os, role: role, hostName: entry.text("hostName"),
            isEphemeral: entry.flag("ephemeral") ?? false,
            keyExpiryDisabled: entry.flag("keyExpiryDisabled") ?? (owner == nil), advertisedRoutes: advertised,
            approvedRoutes: approved)
    }

    private mutating func add(_ name: String, _ mold: Mold) {
        let hostName = numbering.hostName(mold.hostName ?? name)
        let addresses = numbering.addresses(name)
        // Users are older than 200 days, and a key lasts 180 at most.
        let oldest = max(3, Int64(tailnet.settings.devicesKeyDurationDays) - 1)
        let days: ClosedRange<Int64> = mold.keyExpiryDisabled ? 2...190 : 2...oldest
        nodes.append(
            Node(
                key: name, hostName: hostName, name: "\(hostName).\(tailnet.dnsSuffix)",
                number: numbering.number(.node, name), owner: mold.owner, tags: mold.tags, os: mold.os,
                ipv4: addresses.ipv4, ipv6: addresses.ipv6, clientVersion: numbering.clientVersion(name),
                isEphemeral: mold.isEphemeral, keyExpiryDisabled: mold.keyExpiryDisabled,
                created: span.start - numbering.age(.node, name, days: days),
                advertisedRoutes: mold.advertisedRoutes, approvedRoutes: mold.approvedRoutes))
        roles.append(mold.role)
    }

    /// The index of the one node of that name; nil and a problem where there is none or more than one.
    mutating func node(_ name: String, at place: Place) -> Int? {
        guard let indices = nodeIndex[name] else {
            let hint = Suggestion.text(for: name, among: nodes.map(\.key))
            problems.add("there is no node \"\(name)\"\(hint)", at: place)
            return nil
        }
        if indices.count > 1 {
            problems.add("\"\(name)\" is \(indices.count) nodes; name one, such as \"\(name)-1\"", at: place)
            return nil
        }
        return indices.first
    }
}
