import ByteText
import SimTime
import TailnetModel

extension Resolver {
    mutating func readTraffic(_ entries: [ScenarioEntry]) {
        var names: Set<String> = []
        var load = TrafficLoad()
        for entry in entries {
            let (sources, sourceHosts) = endpoints(entry.texts("from") ?? [])
            let (targets, targetHosts) = endpoints(entry.texts("to") ?? [])
            for (text, place) in entry.texts("from") ?? [] where text == "internet" || text.hasPrefix("gone:") {
                problems.add("\"\(text)\" opens no sessions; it is allowed under to only", at: place)
            }
            guard let name = entry.text("name"), let profile = entry.choice("profile", TrafficProfile.self) else {
                continue
            }
            if !names.insert(name).inserted {
                problems.add("there are two traffic patterns named \"\(name)\"", at: entry.place("name"))
                continue
            }
            if !entry.mentions("sessionsPerHour"), entry.flag("endless") != true {
                problems.add("sessionsPerHour is missing: mean sessions an hour of each source", at: entry.place)
            }
            let usual = profile.defaults
            let proto = entry.text("protocol").map(TrafficProfile.protocolNumber) ?? usual.proto
            var ports = (entry.list("ports") ?? []).compactMap { element in
                if case .number(let port) = element.value { return UInt16(port) }
                return nil
            }
            if proto == 1, entry.has("ports") {
                problems.add("ICMP has no ports; remove them", at: entry.place("ports"))
            } else if proto != 1, !entry.has("ports") {
                if usual.ports.isEmpty {
                    problems.add("the profile \(profile.rawValue) has no default ports; write ports", at: entry.place)
                }
                ports = usual.ports
            }
            if sources.count == 1, sources == targets, sourceHosts.isEmpty, targetHosts.isEmpty {
                problems.add(
                    "the pattern has the same single node on both sides, and no node connects to itself",
                    at: entry.place)
            }
            let pattern = TrafficPattern(
                key: name, profile: profile, proto: proto, ports: Set(ports).sorted(), sources: sources,
                targets: targets, sourceHosts: sourceHosts, targetHosts: targetHosts,
                isEndless: entry.flag("endless") ?? false,
                milliSessionsPerHour: entry.number("sessionsPerHour") ?? 0,
                schedule: entry.choice("schedule", Schedule.self) ?? usual.schedule,
                ipv6Permille: entry.number("ipv6") ?? 50)
            patterns.append(pattern)
            places.patterns.append(entry.place)
            guard let (key, problem) = load.add(pattern) else { continue }
            problems.add(problem, at: entry.place(key))
            // The next one could be as large, and reading it takes long.
            return
        }
    }

    /// The nodes and hosts that any of the selectors selects, each ordered by index.
    private mutating func endpoints(_ selectors: [(text: String, place: SourceLocation)]) -> (
        nodes: [Int], hosts: [Int]
    ) {
        var selected: Set<Int> = []
        var rest: [(text: String, place: SourceLocation)] = []
        for selector in selectors {
            if let found = hosts(selector.text, at: selector.place) {
                selected.formUnion(found)
            } else {
                rest.append(selector)
            }
        }
        return (nodes(rest), selected.sorted())
    }

    /// The nodes that any of the selectors selects, ordered by index.
    mutating func nodes(_ selectors: [(text: String, place: SourceLocation)]) -> [Int] {
        var selected: Set<Int> = []
        for selector in selectors { selected.formUnion(nodes(selector.text, at: selector.place)) }
        return selected.sorted()
    }

    private mutating func nodes(_ selector: String, at place: SourceLocation) -> [Int] {
        var found: [Int]
        if selector == "*" {
            found = nodes.indices.filter { nodes[$0].sharer == nil }
        } else if selector.hasPrefix("tag:") {
            found = nodes.indices.filter { nodes[$0].tags.contains(selector) }
            if found.isEmpty {
                let tags = Set(nodes.flatMap(\.tags)).sorted()
                problems.add("no node has \"\(selector)\"\(Suggestion.text(for: selector, among: tags))", at: place)
            }
            return found
        } else if selector.hasPrefix("group:") {
            guard let policyNames else { return [] }
            guard let members = policyNames.members(of: selector) else {
                let hint = Suggestion.text(for: selector, among: policyNames.groups.map(\.name))
                problems.add("the policy file has no \"\(selector)\"\(hint)", at: place)
                return []
            }
            let owners = Set(members.compactMap { userIndex[$0] })
            found = nodes.indices.filter { nodes[$0].owner.map(owners.contains) ?? false }
        } else if selector == "autogroup:member" {
            found = nodes.indices.filter { nodes[$0].owner != nil }
        } else if selector == "autogroup:tagged" {
            found = nodes.indices.filter { !nodes[$0].tags.isEmpty }
        } else if let indices = nodeIndex[selector] {
            return indices
        } else if let group = userGroups[selector] {
            let owners = Set(group)
            found = nodes.indices.filter { nodes[$0].owner.map(owners.contains) ?? false }
        } else if let user = userIndex[selector] {
            found = nodes.indices.filter { nodes[$0].owner == user }
        } else {
            let names =
                nodeIndex.keys.sorted() + userIndex.keys.sorted() + Set(nodes.flatMap(\.tags)).sorted()
                + (policyNames?.groups.map(\.name) ?? []) + ["autogroup:member", "autogroup:tagged"]
            let hint = Suggestion.nearest(to: selector, among: names).map { "; did you mean \"\($0)\"?" }
            problems.add(
                "there is no node, user, tag or group \"\(selector)\"" + (hint ?? ""), at: place)
            return []
        }
        if found.isEmpty { problems.add("\"\(selector)\" selects no node of this scenario", at: place) }
        return found
    }
}

extension TrafficProfile {
    /// What a pattern of the profile does unless it says otherwise.
    var defaults: (proto: UInt8, ports: [UInt16], schedule: Schedule) {
        switch self {
        case .web: (6, [443], .workingHours)
        case .ssh: (6, [22], .workingHours)
        case .database: (6, [5_432], .always)
        case .dns: (17, [53], .always)
        case .metrics: (6, [9_100], .always)
        case .backup: (6, [873], .nightly)
        case .download: (6, [443], .workingHours)
        case .chat: (6, [8_065], .workingHours)
        case .ping: (1, [], .always)
        case .scan: (6, [21, 22, 23, 80, 443, 445, 3389, 8_080], .nightly)
        }
    }

    /// The IP protocol number of a name.
    static func protocolNumber(_ name: String) -> UInt8 {
        switch name {
        case "icmp": 1
        case "udp": 17
        default: 6
        }
    }
}
