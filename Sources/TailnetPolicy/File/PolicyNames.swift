import ByteText

/// The names that a policy file defines.
struct PolicyNames: Sendable {
    var tags: Set<String> = []
    var groups: Set<String> = []
    var ipSets: Set<String> = []
    var postures: Set<String> = []
    var hosts: [String: PolicyHost] = [:]

    /// What to do about a name that is not defined: the nearest name that is, or where to define it.
    func hint(for word: String) -> String? {
        let autogroups = Set(Autogroup.allCases.map(\.name))
        let sections = [
            ("tag:", "tagOwners", tags), ("group:", "groups", groups), ("ipset:", "ipsets", ipSets),
            ("autogroup:", "", autogroups),
        ]
        let place = sections.first { word.hasPrefix($0.0) }
        if let name = Suggestion.nearest(to: word, among: place?.2.sorted() ?? hosts.keys.sorted()) {
            return "did you mean \(name.quoted)?"
        }
        if let section = place?.1 { return section.isEmpty ? nil : "define it in \(section.quoted)" }
        if word.contains(":") || word.isEmpty { return nil }
        return "write a login such as ana@example.com, an address, or a name that \"hosts\" defines"
    }
}

extension PolicyNames {
    /// The names that a decoded file defines.
    init(of file: PolicyFile) {
        tags = Set(file.tagOwners.map(\.name.text))
        groups = Set(file.groups.map(\.name.text))
        ipSets = Set(file.ipSets.map(\.name.text))
        postures = Set(file.postures.map(\.name.text))
        for host in file.hosts { hosts[host.name.text] = host }
    }
}
