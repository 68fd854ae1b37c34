import Truth
import IncidentCatalog
import KeyedRandom
import SimTime
import TailnetModel

// Nodes and hosts that only one incident knows. They stand behind all others, so that nobody's draws change.
extension Resolver {
    mutating func addHosts(
        _ need: IncidentKind.Cast.OwnHosts, _ entry: ScenarioEntry, _ incident: inout PlannedIncident
    ) {
        let count = Int(max(1, incident[.hosts]))
        guard hosts.count + count <= ScenarioLimits.hosts else {
            problems.add(
                "with these hosts there are more than \(ScenarioLimits.hosts), the limit", at: entry.place("hosts"))
            return
        }
        switch need {
        case .internet:
            let known = hosts("internet", at: entry.place) ?? []
            let key = numbering.root.key("anomaly").key(incident.id).key("hosts")
            let ranked = known.sorted { key.key(hosts[$0].key).bits < key.key(hosts[$1].key).bits }
            incident.ownHosts = Array(ranked.prefix(count))
            if count > known.count {
                problems.add("there are at most \(known.count) internet hosts", at: entry.place("hosts"))
            }
        case .gone:
            incident.ownHosts = (0..<count).map { number in
                let name = "gone:\(incident.id)-\(number)"
                let address = numbering.addresses(name).ipv4
                hosts.append(Host(key: name, address: UInt32(truncatingIfNeeded: address.low), place: .gone))
                return hosts.count - 1
            }
        case .lan:
            func network(_ node: Int) -> IPPrefix? {
                nodes[node].approvedRoutes.first {
                    !$0.isDefaultRoute && $0.address.family == .ipv4 && $0.bits <= 30
                }
            }
            let key = numbering.root.key("anomaly").key(incident.id).key("router")
            let drawn = nodes.indices.filter { network($0) != nil }
                .max { key.key(nodes[$0].key).draw() < key.key(nodes[$1].key).draw() }
            guard let router = incident.node.flatMap({ network($0) == nil ? nil : $0 }) ?? drawn,
                let prefix = network(router)
            else {
                problems.add(
                    "\(incident.kind.name) needs a subnet router; give a node advertisedRoutes: [10.20.0.0/16]",
                    at: entry.place)
                return
            }
            let free = min(count, (1 << (32 - prefix.bits)) - 2)
            // Neighbours, as a scanner walks them.
            incident.ownHosts = (1...free).map { number in
                let address = UInt32(truncatingIfNeeded: prefix.address.low) + UInt32(number)
                hosts.append(Host(key: "\(incident.id)-\(number)", address: address, place: .lan(routers: [router])))
                return hosts.count - 1
            }
        }
    }

    mutating func addNodes(
        _ need: IncidentKind.Cast.OwnNodes, _ entry: ScenarioEntry, _ incident: inout PlannedIncident
    ) {
        let count = Int(max(1, incident[.items]))
        guard nodes.count + count <= ScenarioLimits.nodes else {
            problems.add(
                "with these devices there are more than \(ScenarioLimits.nodes) nodes, the limit",
                at: entry.place("items"))
            return
        }
        let key = numbering.root.key("anomaly").key(incident.id).key("own nodes")
        let members = users.indices.filter { users[$0].created < incident.window.start }
        guard !members.isEmpty else {
            problems.add("\(incident.kind.name) needs a user; add one under users", at: entry.place)
            return
        }
        for number in 1...count {
            let draw = key.key(UInt64(number))
            // A name that says nothing of the incident: what machines are called out of the box.
            let name = "\(incident.id)-own-\(number)"
            let hostName = numbering.hostName(Resolver.plainName(draw.draw(0)))
            let addresses = numbering.addresses(name)
            var node = Node(
                key: name, hostName: hostName, name: "\(hostName).\(tailnet.dnsSuffix)",
                number: numbering.number(.node, name),
                owner: incident.user ?? members[Int(draw.draw(1, below: UInt64(members.count)))], tags: [],
                os: .linux, ipv4: addresses.ipv4, ipv6: addresses.ipv6,
                clientVersion: numbering.clientVersion(name), isEphemeral: false, keyExpiryDisabled: true,
                created: incident.window.start, advertisedRoutes: [], approvedRoutes: [])
            switch need {
            case .rogue: node.removed = incident.window.end
            case .stale: node.created = span.start - numbering.age(.node, name, days: 60...190)
            case .external:
                node.owner = nil
                node.sharer = stranger(incident)
                node.name = "\(hostName).\(stranger(incident).dnsSuffix)"
                if incident.variant == .under {
                    node.created = span.start - numbering.age(.node, name, days: 60...190)
                } else {
                    // Not with the incident to the second: nobody shares at round instants.
                    node.created = incident.window.start + .seconds(Int64(draw.draw(2, below: 900)) + 1)
                    node.removed = incident.window.end
                }
            }
            incident.ownNodes.append(nodes.count)
            nodes.append(node)
            roles.append(.laptop)
            connections.append(NodeConnection())
        }
    }

    /// Whose devices an incident shares in.
    private func stranger(_ incident: PlannedIncident) -> Sharer {
        let key = numbering.root.key("anomaly").key(incident.id).key("stranger")
        let hex = String(key.draw(0, below: 0xF_0000) + 0x1_0000, radix: 16)
        return Sharer(login: "lee@marrowgate.example", dnsSuffix: "tail\(hex).ts.net")
    }

    private static func plainName(_ draw: UInt64) -> String {
        let names = ["localhost", "ubuntu", "debian", "desktop", "server", "macbook", "raspberrypi", "vm"]
        return names[Int(draw.scaled(below: UInt64(names.count)))]
    }
}
