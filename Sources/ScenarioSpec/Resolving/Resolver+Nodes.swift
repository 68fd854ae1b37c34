import ByteText
import KeyedRandom
import SimTime
import TailnetModel

extension Resolver {
    mutating func readNodes(_ entries: [ScenarioEntry]) {
        var exits: [(node: Int, name: String, place: SourceLocation)] = []
        for entry in entries {
            guard let name = entry.text("name") else { continue }
            if nodeIndex[name] != nil {
                problems.add("there are two nodes named \"\(name)\"", at: entry.place("name"))
                continue
            }
            if userIndex[name] != nil {
                problems.add("\"\(name)\" is the name of a user; give the node another name", at: entry.place("name"))
            }
            let group = entry.text("user").flatMap { userIndex[$0] == nil ? userGroups[$0] : nil }
            let count = entry.number("count") ?? group?.count ?? 1
            if let group, group.count != count {
                problems.add(
                    "each of the \(group.count) users gets one of these nodes; remove count",
                    at: entry.place("count"))
            }
            guard nodes.count + count <= ScenarioLimits.nodes else {
                problems.add(
                    "with these nodes there are more than \(ScenarioLimits.nodes), the limit",
                    at: entry.place("count"))
                continue
            }
            guard var template = template(entry, owner: group?.first) else {
                nodeIndex[name] = []
                continue
            }
            let names = entry.has("count") || group != nil ? (1...count).map { "\(name)-\($0)" } : [name]
            var indices: [Int] = []
            for (number, name) in names.enumerated() {
                if let group { template.owner = group[min(number, group.count - 1)] }
                if nodeIndex[name] != nil {
                    problems.add("there are two nodes named \"\(name)\"", at: entry.place("name"))
                    continue
                }
                indices.append(nodes.count)
                nodeIndex[name] = [nodes.count]
                if let exit = template.exitNode { exits.append((nodes.count, exit, entry.place("exitNode"))) }
                add(name, template)
            }
            checkHostNames(of: indices, entry)
            nodeIndex[name] = indices
        }
        readExitNodes(exits)
    }

    /// Tells of host names that get too long because numbers are added to them.
    mutating func checkHostNames(of indices: [Int], _ entry: ScenarioEntry) {
        guard let index = indices.first(where: { nodes[$0].hostName.utf8.count > ScenarioLimits.label }) else { return }
        let name = nodes[index].hostName
        problems.add(
            "the host name \(name) has \(name.utf8.count) characters; a DNS label has at most "
                + "\(ScenarioLimits.label); write a shorter name",
            at: entry.has("hostName") ? entry.place("hostName") : entry.place("name"))
    }

    /// What the nodes of one section have in common.
    private struct NodeTemplate {
        var owner: Int?
        var tags: [String]
        var os: OperatingSystem
        var role: NodeRole
        var hostName: String?
        var isEphemeral: Bool
        var keyExpiryDisabled: Bool
        var advertisedRoutes: [IPPrefix]
        var approvedRoutes: [IPPrefix]
        var logsFlows: Bool
        var clientVersion: String?
        var isUserspace: Bool
        var runsSSH: Bool
        var exitNode: String?
        var connection: NodeConnection
        var sharer: Sharer?
    }

    /// Lets nodes go to the internet through the exit nodes that their sections name, once all nodes are known.
    private mutating func readExitNodes(_ wanted: [(node: Int, name: String, place: SourceLocation)]) {
        for (index, name, place) in wanted {
            guard let exit = node(name, at: place) else { continue }
            if exit == index {
                problems.add("\(name) cannot be its own exit node", at: place)
            } else if !nodes[exit].approvedRoutes.contains(where: \.isDefaultRoute) {
                problems.add(
                    "\(name) is not an exit node; give it advertisedRoutes: [0.0.0.0/0, \"::/0\"]", at: place)
            } else {
                nodes[index].exitNode = exit
            }
        }
    }

    private mutating func sharer(_ entry: ScenarioEntry) -> Sharer? {
        guard let login = entry.text("sharedBy") else {
            if entry.has("sharedFrom"), !entry.mentions("sharedBy") {
                problems.add(
                    "a shared node needs its owner in the other tailnet; write sharedBy", at: entry.place("sharedFrom"))
            }
            return nil
        }
        let hex = String(numbering.root.key("sharer").key(login).draw(0, below: 0xF_0000) + 0x1_0000, radix: 16)
        return Sharer(login: login, dnsSuffix: (entry.text("sharedFrom") ?? "tail\(hex)") + ".ts.net")
    }

    private mutating func template(_ entry: ScenarioEntry, owner group: Int?) -> NodeTemplate? {
        var owner: Int? = group
        let sharer = sharer(entry)
        if sharer != nil, entry.has("user") || entry.has("tags") {
            problems.add("a shared node has no owner and no tags here; remove them", at: entry.place("sharedBy"))
        }
        if group == nil, let name = entry.text("user") {
            owner = user(name, at: entry.place("user"))
            if owner == nil { return nil }
        }
        let tags = Set((entry.texts("tags") ?? []).map(\.text)).sorted()
        if entry.has("user"), entry.has("tags") {
            problems.add("a node has an owner or tags, not both; remove one of them", at: entry.place("tags"))
        } else if !entry.mentions("user"), !entry.mentions("tags"), !entry.mentions("sharedBy") {
            problems.add("the node has no owner and no tags; write user or tags", at: entry.place)
            return nil
        }
        checkTags(entry)
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
        return NodeTemplate(
            owner: owner, tags: tags, os: os, role: role, hostName: entry.text("hostName"),
            isEphemeral: entry.flag("ephemeral") ?? false,
            keyExpiryDisabled: entry.flag("keyExpiryDisabled") ?? (owner == nil), advertisedRoutes: advertised,
            approvedRoutes: approved, logsFlows: logsFlows(entry), clientVersion: entry.text("clientVersion"),
            isUserspace: entry.flag("userspace") ?? false, runsSSH: entry.flag("tailscaleSSH") ?? false,
            exitNode: entry.text("exitNode"),
            connection: NodeConnection(
                site: entry.text("site"), isHardToReach: entry.choice("nat", NATKind.self).map { $0 == .hard }),
            sharer: sharer)
    }

    /// Every tag must have an owner in the policy file.
    mutating func checkTags(_ entry: ScenarioEntry) {
        for (tag, place) in entry.texts("tags") ?? [] {
            guard let known = policyNames?.tags, !known.contains(tag) else { continue }
            let hint = Suggestion.text(for: tag, among: known)
            problems.add("\"\(tag)\" has no owner in the tagOwners of the policy file\(hint)", at: place)
        }
    }

    /// Clients write flow logs from version 1.34 on.
    private mutating func logsFlows(_ entry: ScenarioEntry) -> Bool {
        guard let version = entry.text("clientVersion") else { return entry.flag("flowLogs") ?? true }
        let parts = version.split(separator: ".").compactMap { Int($0) }
        let isOld = parts.count < 2 || (parts[0], parts[1]) < (1, 34)
        if isOld, entry.flag("flowLogs") == true {
            problems.add(
                "clients before version 1.34.0 write no flow logs; remove flowLogs", at: entry.place("flowLogs"))
        }
        return isOld ? false : entry.flag("flowLogs") ?? true
    }

    private mutating func add(_ name: String, _ template: NodeTemplate) {
        let hostName = numbering.hostName(template.hostName ?? name)
        let addresses = numbering.addresses(name)
        // Users are older than 200 days, and a key lasts 180 at most.
        let oldest = max(3, Int64(tailnet.settings.devicesKeyDurationDays) - 1)
        let days: ClosedRange<Int64> = template.keyExpiryDisabled ? 2...190 : 2...oldest
        var node = Node(
            key: name, hostName: hostName, name: "\(hostName).\(template.sharer?.dnsSuffix ?? tailnet.dnsSuffix)",
            number: numbering.number(.node, name), owner: template.owner, tags: template.tags, os: template.os,
            ipv4: addresses.ipv4, ipv6: addresses.ipv6,
            clientVersion: template.clientVersion ?? numbering.clientVersion(name),
            isEphemeral: template.isEphemeral, keyExpiryDisabled: template.keyExpiryDisabled,
            created: span.start - numbering.age(.node, name, days: days),
            advertisedRoutes: template.advertisedRoutes, approvedRoutes: template.approvedRoutes)
        node.logsFlows = template.logsFlows
        node.isUserspace = template.isUserspace
        node.runsSSH = template.runsSSH
        node.sharer = template.sharer
        nodes.append(node)
        roles.append(template.role)
        connections.append(template.connection)
    }

    /// The index of the one node of that name; nil and a problem where there is none or more than one.
    mutating func node(_ name: String, at place: SourceLocation) -> Int? {
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
