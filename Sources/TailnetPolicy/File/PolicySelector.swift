/// What a word of the policy file selects.
public enum PolicySelector: Hashable, Sendable {
    /// `*`
    case any
    /// A user by login.
    case user(String)
    /// `user:*@domain`: all users of a domain.
    case domain(String)
    /// A group, with its prefix.
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
            guard names.tags.contains(word) else { throw PolicyMessage("tag not found: \(word.quoted)") }
            self = .tag(word)
        } else if word.hasPrefix("group:") {
            guard names.groups.contains(word) else { throw PolicyMessage("group not found: \(word.quoted)") }
            self = .group(word)
        } else if word.hasPrefix("autogroup:") {
            guard let autogroup = Autogroup(rawValue: String(word.dropFirst(10))) else {
                throw PolicyMessage("unknown autogroup \(word.quoted)", isServiceMessage: false)
            }
            self = .autogroup(autogroup)
        } else if word.hasPrefix("ipset:") {
            guard names.ipSets.contains(word) else {
                throw PolicyMessage("ipset not found: \(word.quoted)", isServiceMessage: false)
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
            throw PolicyMessage("\(word.quoted): invalid address")
        }
    }
}

/// The names that a policy file defines.
struct PolicyNames: Sendable {
    var tags: Set<String> = []
    var groups: Set<String> = []
    var ipSets: Set<String> = []
    var postures: Set<String> = []
    var hosts: [String: PolicyHost] = [:]
}
