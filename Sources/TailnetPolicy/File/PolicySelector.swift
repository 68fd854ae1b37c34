/// What a word of the policy file selects.
public enum PolicySelector: Hashable, Sendable {
    /// `*`
    case any
    /// A user by login.
    case user(String)
    /// `user:*@domain`: all users of a domain.
    case domain(String)
    /// A group, with its prefix: of the file, or one that the identity provider keeps.
    case group(String)
    /// A tag, with its prefix.
    case tag(String)
    case autogroup(Autogroup)
    /// A set of addresses from `ipsets`, with its prefix.
    case ipSet(String)
    /// A Tailscale service, with its prefix; no device carries it here.
    case service(String)
    /// Addresses, written as one, as a block, as a range or as a name from `hosts`.
    case addresses(AddressRange)
}

extension PolicySelector {
    /// What a word means in a file with these names; throws the service's complaint where it means nothing.
    init(_ word: String, in names: PolicyNames) throws(PolicyMessage) {
        if word == "*" {
            self = .any
        } else if word.hasPrefix("tag:") {
            guard names.tags.contains(word) else {
                throw PolicyMessage("tag not found: \(word.quoted)", unknownName: word)
            }
            self = .tag(word)
        } else if word.hasPrefix("group:") {
            guard names.groups.contains(word) || PolicySelector.isProvisioned(word) else {
                throw PolicyMessage("group not found: \(word.quoted)", unknownName: word)
            }
            self = .group(word)
        } else if word.hasPrefix("autogroup:") {
            guard let autogroup = Autogroup(rawValue: String(word.dropFirst(10))) else {
                throw PolicyMessage(
                    "unknown autogroup \(word.quoted)", isServiceMessage: false, unknownName: word)
            }
            self = .autogroup(autogroup)
        } else if word.hasPrefix("ipset:") {
            guard names.ipSets.contains(word) else {
                throw PolicyMessage(
                    "ipset not found: \(word.quoted)", isServiceMessage: false, unknownName: word)
            }
            self = .ipSet(word)
        } else if word.hasPrefix("svc:") {
            self = .service(word)
        } else if word.hasPrefix("user:*@") {
            self = .domain(word.dropFirst(7).lowercased())
        } else if let host = names.hosts[word.hasPrefix("host:") ? String(word.dropFirst(5)) : word] {
            self = .addresses(AddressRange(host.prefix))
        } else if let range = AddressRange(word) {
            self = .addresses(range)
        } else if word.contains("@") {
            self = .user(word.lowercased())
        } else {
            throw PolicyMessage("\(word.quoted): invalid address", unknownName: word)
        }
    }
}

extension PolicySelector {
    /// Whether a word is written like a group that the identity provider keeps: `group:platform team@example.com`.
    ///
    /// Such groups are not defined in the file; their members come from the tailnet.
    static func isProvisioned(_ word: String) -> Bool {
        word.hasPrefix("group:") && word.contains("@")
    }
}
