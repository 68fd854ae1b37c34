import TailnetModel

/// Answers which users, devices and addresses a selector means in a topology.
struct SelectorResolver: Sendable {
    let file: PolicyFile
    let topology: PolicyTopology
    /// The logins of each group.
    let groups: [String: Set<String>]
    private let groupsByLogin: [String: [String]]
    private let ipSets: [String: [AddressRange]]
    private let nodesByTag: [String: [Int]]
    private let nodesByUser: [[Int]]
    private let usersByLogin: [String: Int]
    /// The addresses that `*` means as a source.
    let anySource: [AddressRange]

    init(_ file: PolicyFile, _ topology: PolicyTopology) {
        self.file = file
        self.topology = topology
        groups = SelectorResolver.expandGroups(file, topology)
        var groupsByLogin: [String: [String]] = [:]
        for (name, logins) in groups.sorted(by: { $0.key < $1.key }) {
            for login in logins.sorted() { groupsByLogin[login, default: []].append(name) }
        }
        self.groupsByLogin = groupsByLogin
        ipSets = IPSetExpansion(file.ipSets, hosts: PolicyNames(of: file).hosts).ranges
        var byTag: [String: [Int]] = [:]
        var byUser: [[Int]] = Array(repeating: [], count: topology.users.count)
        for (index, node) in topology.nodes.enumerated() {
            for tag in node.tags { byTag[tag, default: []].append(index) }
            if let person = node.person { byUser[person].append(index) }
        }
        nodesByTag = byTag
        nodesByUser = byUser
        var byLogin: [String: Int] = [:]
        for (index, user) in topology.users.enumerated() where byLogin[user.login] == nil {
            byLogin[user.login] = index
        }
        usersByLogin = byLogin
        var seen: Set<IPPrefix> = []
        let routes = topology.nodes.flatMap(\.subnetRoutes).filter { seen.insert($0).inserted }.sorted()
        anySource = routes.map { AddressRange($0) } + TailnetRanges.nodes
    }

    /// The groups of the file; of groups that it does not define, those that the tailnet knows.
    private static func expandGroups(_ file: PolicyFile, _ topology: PolicyTopology) -> [String: Set<String>] {
        var groups = topology.groups.mapValues { Set($0) }
        for group in file.groups { groups[group.name.text] = Set(group.members.map { $0.text.lowercased() }) }
        return groups
    }

    /// The groups that a login is in, in the order of their names.
    func groupNames(of login: String) -> [String] { groupsByLogin[login] ?? [] }

    /// The index of the user of that login.
    func user(_ login: String) -> Int? { usersByLogin[login] }

    /// Whether a user is meant by a selector of people.
    func matches(_ selector: PolicySelector, user: Int) -> Bool {
        let person = topology.users[user]
        switch selector {
        case .user(let login): return login == person.login
        case .domain(let domain): return person.login.domainPart == domain
        case .group(let name): return groups[name]?.contains(person.login) ?? false
        case .autogroup(let group): return matches(group, role: person.role)
        case .any, .tag, .ipSet, .service, .addresses: return false
        }
    }

    private func matches(_ group: Autogroup, role: UserRole) -> Bool {
        switch group {
        case .member, .members: true
        case .owner: role == .owner
        case .admin: role == .admin || role == .owner
        case .itAdmin: role == .itAdmin
        case .networkAdmin: role == .networkAdmin
        case .billingAdmin: role == .billingAdmin
        case .auditor: role == .auditor
        case .internet, .self, .tagged, .shared, .nonroot, .dangerAll: false
        }
    }

    /// Whether a device is meant by what it is: its owner, its tags, being shared; addresses are no such matter.
    func matches(_ selector: PolicySelector, node index: Int) -> Bool {
        let node = topology.nodes[index]
        switch selector {
        case .tag(let tag): return node.tags.contains(tag)
        case .autogroup(.tagged): return !node.tags.isEmpty
        case .autogroup(.shared): return node.isExternal
        case .user, .domain, .group: return node.person.map { matches(selector, user: $0) } ?? false
        case .autogroup: return !node.isExternal && (node.person.map { matches(selector, user: $0) } ?? false)
        case .any, .ipSet, .service, .addresses: return false
        }
    }

    /// All selectors that mean a device by what it is.
    func identities(ofNode index: Int) -> [PolicySelector] {
        let node = topology.nodes[index]
        var identities = node.tags.map { PolicySelector.tag($0) }
        if !node.tags.isEmpty { identities.append(.autogroup(.tagged)) }
        if node.isExternal { identities.append(.autogroup(.shared)) }
        guard let person = node.person else { return identities }
        let user = topology.users[person]
        identities += [.user(user.login), .domain(user.login.domainPart)]
        identities += (groupsByLogin[user.login] ?? []).map { .group($0) }
        if !node.isExternal {
            identities += Autogroup.allCases.filter { matches($0, role: user.role) }.map { .autogroup($0) }
        }
        return identities
    }

    /// The devices meant by what they are, in the order of the topology.
    func nodes(_ selector: PolicySelector) -> [Int] {
        switch selector {
        case .tag(let tag): return nodesByTag[tag] ?? []
        case .user(let login): return usersByLogin[login].map { nodesByUser[$0] } ?? []
        case .group(let name):
            return (groups[name] ?? []).compactMap { usersByLogin[$0] }.flatMap { nodesByUser[$0] }.sorted()
        case .domain, .autogroup: return topology.nodes.indices.filter { matches(selector, node: $0) }
        case .any, .ipSet, .service, .addresses: return []
        }
    }

    /// The addresses that a selector means by themselves, as a source.
    func sourceRanges(_ selector: PolicySelector) -> [AddressRange] {
        switch selector {
        case .any: anySource
        case .autogroup(.dangerAll): TailnetRanges.all
        default: namedRanges(selector)
        }
    }

    /// The addresses that a selector means by themselves, as a destination.
    func destinationRanges(_ selector: PolicySelector) -> [AddressRange] {
        switch selector {
        case .any: TailnetRanges.all
        case .autogroup(.internet): TailnetRanges.internet
        default: namedRanges(selector)
        }
    }

    /// The addresses that a selector means as a destination behind routers with one of these tags.
    ///
    /// They are those of the destination that such a router has an approved route to; for the internet, all of it if one
    /// of the routers offers itself as an exit node.
    func viaRanges(_ selector: PolicySelector, _ via: [PolicyWord]) -> [AddressRange] {
        let routers = via.flatMap { nodesByTag[$0.text] ?? [] }.map { topology.nodes[$0] }
        if selector == .autogroup(.internet) {
            let hasExit = routers.contains { $0.advertisedRoutes.contains(where: \.isDefaultRoute) }
            return hasExit ? TailnetRanges.internet : []
        }
        let ranges =
            namedRanges(selector)
            + nodes(selector).flatMap { topology.nodes[$0].addresses }.map { AddressRange($0, $0) }
        return routers.flatMap(\.subnetRoutes).flatMap { route in
            ranges.compactMap { $0.intersection(AddressRange(route)) }
        }
    }

    /// The addresses of an address, block, host or IP set.
    func namedRanges(_ selector: PolicySelector) -> [AddressRange] {
        switch selector {
        case .addresses(let range): [range]
        case .ipSet(let name): ipSets[name] ?? []
        default: []
        }
    }

    /// The postures that a rule asks for, one of which must hold; none asked is none to hold.
    func postures(of rule: PolicyRule) -> [String] {
        let words = rule.sourcePosture.isEmpty ? file.defaultSourcePosture : rule.sourcePosture
        return words.map(\.text)
    }

    /// Whether a device with these attributes meets one of the postures.
    func holds(_ postures: [String], for attributes: [PostureAttribute]) -> Bool {
        if postures.isEmpty { return true }
        return postures.contains { name in
            file.postures.contains { posture in
                posture.name.text == name && posture.conditions.allSatisfy { $0.holds(for: attributes) }
            }
        }
    }
}
