import TailnetControl
import ByteText
import IncidentCatalog
import SimTime
import TailnetModel
import Truth

/// Who is in a scenario and what happens when, for people and for scripts.
package struct ScenarioOverview {
    /// As many names as a line of the text shows.
    private static let shownNames = 6

    private let plan: Plan
    /// The kinds of node that there are, each with its nodes; nodes that only an incident has are left out.
    private let nodes: [(kind: NodeKind, nodes: [Node])]
    /// The networks behind subnet routers, each with its hosts.
    private let lans: [(name: String, hosts: [Host])]
    private let timeline: [TimelineEntry]

    /// Makes the overview of a plan.
    package init(_ plan: Plan) {
        self.plan = plan
        let ordinary = plan.nodes.indices.prefix(plan.ordinaryNodeCount)
        let byKind = Dictionary(grouping: ordinary) { NodeKind(of: plan.nodes[$0], plan.roles[$0]) }
        nodes = NodeKind.allCases.compactMap { kind in
            byKind[kind].map { (kind, $0.map { plan.nodes[$0] }) }
        }
        var lans: [(name: String, hosts: [Host])] = []
        let incidentHosts = Set(plan.incidents.flatMap(\.ownHosts))
        for (index, host) in plan.hosts.enumerated() where !incidentHosts.contains(index) {
            guard case .lan = host.place, let dash = host.key.lastIndex(of: "-") else { continue }
            let name = String(host.key[..<dash])
            if lans.last?.name != name { lans.append((name, [])) }
            lans[lans.count - 1].hosts.append(host)
        }
        self.lans = lans
        timeline = TimelineEntry.all(of: plan)
    }

    // MARK: For people

    /// The overview as lines for a terminal, without a newline at the end.
    package var text: String {
        var lines = [
            "\(plan.name): \(plan.summary)", "",
            "From \(plan.span.start.rfc3339) to \(plan.span.end.rfc3339) (\(plan.span.length.text)), seed \(plan.seed), "
                + "tailnet \(plan.tailnet.dnsSuffix) of \(plan.tailnet.organization)",
        ]
        lines += section("Users", plan.users.count, users)
        lines += section("Nodes", nodes.reduce(0) { $0 + $1.nodes.count }, nodeTable)
        lines += section("LANs behind subnet routers", lans.count, lanTable)
        lines += section("OAuth clients", plan.oauthClients.count, clients)
        lines += section("Traffic", plan.patterns.count, traffic)
        lines += ["", "What happens when"]
        if timeline.isEmpty { return (lines + ["  ordinary activity only"]).joined(separator: "\n") }
        return (lines + timelineTable.lines).joined(separator: "\n")
    }

    /// A heading with a count and the table below it; nothing where the table would be empty.
    private func section(_ title: String, _ count: Int, _ table: TextTable) -> [String] {
        count == 0 ? [] : ["", "\(title) (\(count))"] + table.lines
    }

    private var users: TextTable {
        var table = TextTable([.left, .right, .left], indent: 2)
        for role in UserRole.allCases {
            let users = plan.users.filter { $0.role == role }
            if !users.isEmpty { table.add([role.rawValue, "\(users.count)", shown(users.map(\.key))]) }
        }
        return table
    }

    private var nodeTable: TextTable {
        var table = TextTable([.left, .right, .left], indent: 2)
        for (kind, nodes) in nodes { table.add([kind.rawValue, "\(nodes.count)", shown(nodes.map(\.key))]) }
        return table
    }

    private var lanTable: TextTable {
        var table = TextTable([.left, .left, .left], indent: 2)
        for (name, hosts) in lans {
            table.add([name, "\(hosts.count) host\(hosts.count == 1 ? "" : "s")", "through \(routers(hosts))"])
        }
        return table
    }

    private var clients: TextTable {
        var table = TextTable([.left, .left], indent: 2)
        for client in plan.oauthClients { table.add([client.key, client.scopes]) }
        return table
    }

    private var traffic: TextTable {
        var table = TextTable([.left, .left, .left], indent: 2)
        for pattern in plan.patterns {
            let rate =
                pattern.isEndless
                ? "always connected"
                : "\(DecimalText.shortest(pattern.milliSessionsPerHour, decimals: 3)) an hour from each source"
            table.add([pattern.key, pattern.profile.rawValue, rate])
        }
        return table
    }

    private var timelineTable: TextTable {
        var table = TextTable([.left, .left, .left], indent: 2)
        for entry in timeline {
            let actor = entry.actor.map { " by \($0)" } ?? ""
            var what = entry.what + actor
            if let incident = entry.incident {
                let targets = incident.targets.count
                what = "incident \(incident.kind.name) (\(incident.variant.rawValue))\(actor)"
                if targets > 0 { what += ", \(targets) target\(targets == 1 ? "" : "s")" }
                what += ", \(incident.window.length.text)"
            }
            table.add(["+\((entry.time - plan.span.start).text)", entry.time.rfc3339, what])
        }
        return table
    }

    /// The first few of some names, and how many more there are.
    private func shown(_ names: [String]) -> String {
        let more = names.count - ScenarioOverview.shownNames
        let first = names.prefix(ScenarioOverview.shownNames).joined(separator: ", ")
        return more > 0 ? "\(first) and \(more) more" : first
    }

    private func routers(_ hosts: [Host]) -> String { shown(routerNames(hosts)) }

    private func routerNames(_ hosts: [Host]) -> [String] {
        guard case .lan(let routers)? = hosts.first?.place else { return [] }
        return routers.map { plan.nodes[$0].key }
    }

    // MARK: For scripts

    /// The overview as one JSON object.
    package var json: String {
        JSONWriter.object { json in
            json.member("name", plan.name)
            json.member("summary", plan.summary)
            json.member("seed", plan.seed)
            json.member("start", plan.span.start.rfc3339)
            json.member("end", plan.span.end.rfc3339)
            json.object("tailnet") {
                $0.member("organization", plan.tailnet.organization)
                $0.member("dns", plan.tailnet.dnsSuffix)
            }
            json.objects("users", plan.users) { json, user in
                json.member("name", user.key)
                json.member("login", user.login)
                json.member("role", user.role.rawValue)
                json.member("timeZone", user.timeZone.name)
            }
            json.objects("nodes", nodes) { json, group in
                json.member("kind", group.kind.rawValue)
                json.member("count", group.nodes.count)
                json.member("names", group.nodes.map(\.key))
            }
            json.objects("lans", lans) { json, lan in
                json.member("name", lan.name)
                json.member("hosts", lan.hosts.count)
                json.member("routers", routerNames(lan.hosts))
            }
            json.objects("oauthClients", plan.oauthClients) { json, client in
                json.member("name", client.key)
                json.member("scopes", client.scopes)
            }
            json.objects("traffic", plan.patterns) { json, pattern in
                json.member("name", pattern.key)
                json.member("profile", pattern.profile.rawValue)
                json.member("endless", pattern.isEndless)
                json.member("sessionsPerHour", JSONNumber(shortest: pattern.milliSessionsPerHour, decimals: 3))
            }
            json.objects("timeline", timeline) { json, entry in
                json.member("time", entry.time.rfc3339)
                json.member("what", entry.what)
                json.member("actor", entry.actor)
                guard let incident = entry.incident else { return }
                json.object("incident") {
                    $0.member("id", incident.id)
                    $0.member("variant", incident.variant.rawValue)
                    $0.member("seconds", incident.window.length.nanoseconds / 1_000_000_000)
                    $0.member("targets", incident.targets.map { plan.nodes[$0].key })
                }
            }
        }
    }
}
