/// The logins of an SSH rule.
struct SSHUsers {
    /// What holds for every source.
    let common: [SSHUserMapping]
    /// Domains whose users may log in by the local part of their login.
    let domains: [String]

    init(_ users: [String]) {
        var mappings: [SSHUserMapping] = []
        var domains: [String] = []
        for user in users {
            if let domain = SSHUsers.domain(user) {
                domains.append(domain)
            } else if user == Autogroup.nonroot.name {
                mappings.append(SSHUserMapping("*", "="))
            } else {
                mappings.append(SSHUserMapping(user, user))
            }
        }
        if !users.contains("root") { mappings.append(SSHUserMapping("root", "")) }
        var seen: Set<String> = []
        common = mappings.filter { seen.insert($0.login).inserted }
            .sorted { $0.login.utf8.lexicographicallyPrecedes($1.login.utf8) }
        self.domains = domains
    }

    /// The domain of `localpart:*@domain`; nil for anything else, which is then a login like any other.
    static func domain(_ user: String) -> String? {
        guard user.hasPrefix("localpart:*@"), user.utf8.count > 12 else { return nil }
        return user.dropFirst(12).lowercased()
    }

    /// Whether a person may log in under a name.
    func allows(_ name: String, login: String?) -> Bool {
        if let login, domains.contains(login.domainPart), login.localPart == name { return true }
        guard let mapping = common.first(where: { $0.login == name }) else {
            return name != "root" && common.contains { $0.login == "*" }
        }
        return !mapping.localUser.isEmpty
    }
}
