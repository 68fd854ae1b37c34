public import TailnetModel

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

/// A group that the service keeps itself.
public enum Autogroup: String, Hashable, Sendable, CaseIterable {
    case internet
    case `self`
    case owner
    case admin
    case member
    /// An older name of `member`.
    case members
    case tagged
    case auditor
    case billingAdmin = "billing-admin"
    case itAdmin = "it-admin"
    case networkAdmin = "network-admin"
    case shared
    /// Every login but `root`; only among the users of an SSH rule.
    case nonroot
    /// Any address at all; only as a source.
    case dangerAll = "danger-all"

    /// The group with its prefix.
    public var name: String { "autogroup:\(rawValue)" }

    /// Whether the group is one of people.
    var isOfUsers: Bool {
        switch self {
        case .owner, .admin, .member, .members, .auditor, .billingAdmin, .itAdmin, .networkAdmin: true
        case .internet, .self, .tagged, .shared, .nonroot, .dangerAll: false
        }
    }
}

/// A run of addresses of one family.
public struct AddressRange: Hashable, Sendable {
    /// The lowest address.
    public var first: IPAddress
    /// The highest address.
    public var last: IPAddress

    /// Makes the range from `first` to `last`, of the same family and in this order.
    public init(_ first: IPAddress, _ last: IPAddress) {
        self.first = first
        self.last = last
    }

    /// Makes the range of a block.
    public init(_ prefix: IPPrefix) {
        self.init(prefix.first, prefix.last)
    }

    /// Whether the address lies in the range.
    public func contains(_ address: IPAddress) -> Bool {
        first <= address && address <= last
    }

    /// Whether the two have an address in common.
    public func overlaps(_ other: AddressRange) -> Bool {
        first.family == other.first.family && first <= other.last && other.first <= last
    }

    /// The addresses that both hold.
    func intersection(_ other: AddressRange) -> AddressRange? {
        overlaps(other) ? AddressRange(max(first, other.first), min(last, other.last)) : nil
    }

    /// The block that the range is, if it is one.
    public var prefix: IPPrefix? {
        let differing = first.number ^ last.number
        let bits = first.family.bits - (128 - differing.leadingZeroBitCount)
        guard first.family == last.family, bits >= 0 else { return nil }
        let prefix = IPPrefix(first, bits: bits)
        return prefix.first == first && prefix.last == last ? prefix : nil
    }

    /// The range in the wire's words: an address, a block, or `first-last`.
    public var wireText: String {
        if first == last { return first.description }
        return prefix?.description ?? "\(first)-\(last)"
    }
}

extension AddressRange {
    /// Reads an address, a block, or two addresses joined by `-`; nil for anything else.
    public init?(_ text: String) {
        if let address = IPAddress(text) {
            self.init(address, address)
        } else if let prefix = IPPrefix(text) {
            self.init(prefix)
        } else {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let first = IPAddress(ends[0]), let last = IPAddress(ends[1]),
                first.family == last.family, first <= last
            else { return nil }
            self.init(first, last)
        }
    }
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
