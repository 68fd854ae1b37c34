import TailnetModel

/// Somebody in a policy test: a user, a tag, or an address, perhaps with the device that has it.
///
/// Users and tags are taken as such, whether or not they have a device; a rule matches them by name. A rule that gives
/// addresses matches where these are the addresses of their devices. A service, as a destination, is its name.
struct TestParty {
    /// The selectors that mean the party by what it is.
    var identities: [PolicySelector] = []
    /// The user's login, for `localpart:` and `autogroup:self`.
    var login: String?
    /// The single address, block or range that was named.
    var range: AddressRange?
    /// Addresses of the devices of a user or tag.
    var addresses: [IPAddress] = []
    /// Everything and everybody.
    var isAny = false
}

extension SelectorResolver {
    /// The parties that a word of a test names; nil where the word means nothing.
    func parties(_ word: String, in names: PolicyNames) -> [TestParty]? {
        guard !word.isEmpty, let selector = try? PolicySelector(word, in: names) else { return nil }
        switch selector {
        case .any: return [TestParty(isAny: true)]
        // Somebody whom the tailnet lacks is judged by the words of the rules alone.
        case .user(let login): return [party(login: login)]
        case .tag(let tag):
            let addresses = nodes(selector).flatMap { topology.nodes[$0].addresses }
            return [TestParty(identities: [.tag(tag), .autogroup(.tagged)], addresses: addresses)]
        case .group(let name):
            // So is a group that the identity provider keeps and the tailnet does not know.
            guard let logins = groups[name] else { return [TestParty(identities: [selector])] }
            return logins.sorted().map { party(login: $0) }
        case .domain, .autogroup(.owner), .autogroup(.admin), .autogroup(.member), .autogroup(.members),
            .autogroup(.auditor), .autogroup(.billingAdmin), .autogroup(.itAdmin), .autogroup(.networkAdmin):
            return topology.users.indices.filter { matches(selector, user: $0) }.map {
                party(login: topology.users[$0].login)
            }
        case .autogroup(.tagged):
            return file.tagOwners.compactMap { parties($0.name.text, in: names)?.first }
        case .addresses(let range): return [party(range)]
        case .autogroup, .ipSet, .service: return nil
        }
    }

    private func party(login: String) -> TestParty {
        let user = user(login)
        var identities: [PolicySelector] = [.user(login), .domain(login.domainPart)]
        if let user {
            identities += Autogroup.allCases.map { .autogroup($0) }.filter { matches($0, user: user) }
        }
        identities += groupNames(of: login).map { .group($0) }
        let addresses = nodes(.user(login)).flatMap { topology.nodes[$0].addresses }
        return TestParty(identities: identities, login: login, addresses: addresses)
    }

    private func party(_ range: AddressRange) -> TestParty {
        var party = TestParty(range: range)
        if range.first == range.last,
            let node = topology.nodes.firstIndex(where: { $0.addresses.contains(range.first) })
        {
            party.identities = identities(ofNode: node)
            party.login = topology.nodes[node].person.map { topology.users[$0].login }
        }
        return party
    }

    /// Whether a source in a rule means the party; with `any` one of its devices is enough.
    func means(_ selector: PolicySelector, source party: TestParty, any: Bool) -> Bool {
        if selector == .autogroup(.dangerAll) || selector == .any && party.range == nil { return true }
        if party.isAny { return false }
        return party.identities.contains(selector) || covers(sourceRanges(selector), party, any: any)
    }

    /// Whether a destination in a rule means the party; with `any` one of its devices is enough.
    func means(_ selector: PolicySelector, destination party: TestParty, source: TestParty, any: Bool) -> Bool {
        if selector == .any { return true }
        if party.isAny { return false }
        if selector == .autogroup(.self) { return party.login != nil && party.login == source.login }
        return party.identities.contains(selector) || covers(destinationRanges(selector), party, any: any)
    }

    private func covers(_ ranges: [AddressRange], _ party: TestParty, any: Bool) -> Bool {
        if let range = party.range { return ranges.contains { $0.contains(range.first) && $0.contains(range.last) } }
        let isCovered = { (address: IPAddress) in ranges.contains { $0.contains(address) } }
        if any { return party.addresses.contains(where: isCovered) }
        return !party.addresses.isEmpty && party.addresses.allSatisfy(isCovered)
    }
}
