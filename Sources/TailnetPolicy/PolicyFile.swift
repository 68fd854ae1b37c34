public import ByteText
public import TailnetModel

/// A policy file, decoded, with the positions of all that a message may name.
public struct PolicyFile: Sendable {
    /// The rules of `acls`, then those of `grants`, each in the order of the file.
    public var rules: [PolicyRule] = []
    /// Whether the file has `acls` or `grants`; without either, everything is allowed.
    public var restrictsAccess = false
    public var groups: [PolicyGroup] = []
    public var hosts: [PolicyHost] = []
    public var tagOwners: [PolicyGroup] = []
    public var routeApprovers: [RouteApprover] = []
    public var exitNodeApprovers: [PolicyWord] = []
    public var ssh: [SSHPolicyRule] = []
    public var nodeAttributes: [NodeAttributeRule] = []
    public var postures: [PosturePolicy] = []
    /// The postures that a rule without `srcPosture` asks for.
    public var defaultSourcePosture: [PolicyWord] = []
    public var ipSets: [PolicyGroup] = []
    public var tests: [PolicyTest] = []
    public var sshTests: [SSHPolicyTest] = []
    public var disableIPv4 = false
    public var randomizeClientPort = false

    /// Makes an empty policy, which allows everything.
    public init() {}
}

/// A name and what it stands for: a group and its members, a tag and its owners, an IP set and its entries.
public struct PolicyGroup: Hashable, Sendable {
    /// With its prefix: `group:dev`, `tag:web`, `ipset:prod`.
    public var name: PolicyWord
    public var members: [PolicyWord]

    /// Makes a group.
    public init(name: PolicyWord, members: [PolicyWord]) {
        self.name = name
        self.members = members
    }
}

/// A name for an address or a block of addresses.
public struct PolicyHost: Hashable, Sendable {
    public var name: PolicyWord
    public var address: PolicyWord
    public var prefix: IPPrefix
    /// Whether the file gives a block with its length, be it of a single address.
    public var isWrittenAsPrefix: Bool
}

/// Who may have a route approved without asking.
public struct RouteApprover: Hashable, Sendable {
    public var prefix: IPPrefix
    public var approvers: [PolicyWord]
}

/// A word that selects users, devices or addresses, and what it selects.
public struct SelectedWord: Hashable, Sendable {
    public var word: PolicyWord
    public var selector: PolicySelector
}

/// One rule of `acls` or `grants`.
public struct PolicyRule: Sendable {
    /// Which section a rule stands in.
    public enum Kind: String, Hashable, Sendable {
        case acl
        case grant
    }

    /// A destination with the services that may be reached there.
    public struct Destination: Hashable, Sendable {
        public var name: SelectedWord
        /// Empty in a grant that is only about capabilities.
        public var services: [PolicyService]
    }

    public var kind: Kind
    /// The rule's index in its section.
    public var index: Int
    public var position: TextPosition
    public var sources: [SelectedWord] = []
    public var destinations: [Destination] = []
    public var capabilities: [PolicyCapability] = []
    /// Tags of the routers that the traffic must take.
    public var via: [PolicyWord] = []
    public var sourcePosture: [PolicyWord] = []
}

/// A capability that a grant or a node attribute gives: a name and the JSON texts of its values.
public struct PolicyCapability: Hashable, Sendable {
    public var name: String
    /// Compact JSON, in the order of the file.
    public var values: [String]

    /// Makes a capability.
    public init(name: String, values: [String]) {
        self.name = name
        self.values = values
    }
}

/// One rule of `ssh`.
public struct SSHPolicyRule: Sendable {
    /// What happens to a session that the rule covers.
    public enum Action: String, Hashable, Sendable {
        case accept
        /// Accepted once the person has authenticated anew in the check period.
        case check
    }

    public var position: TextPosition
    public var action: Action
    public var sources: [SelectedWord] = []
    public var destinations: [SelectedWord] = []
    /// Login names, `autogroup:nonroot` or `localpart:*@domain`.
    public var users: [PolicyWord] = []
    /// Seconds between two checks; 0 for `always`, nil for the default of 12 hours.
    public var checkPeriodSeconds: Int64?
    public var acceptedVariables: [String] = []
    public var recorders: [PolicyWord] = []
    public var enforcesRecorder = false
}

/// One entry of `nodeAttrs`.
public struct NodeAttributeRule: Sendable {
    public var position: TextPosition
    public var targets: [SelectedWord] = []
    public var attributes: [PolicyWord] = []
    public var capabilities: [PolicyCapability] = []
    public var addressPools: [PolicyWord] = []
}

/// One entry of `postures`: conditions that must all hold.
public struct PosturePolicy: Sendable {
    public var name: PolicyWord
    public var conditions: [PostureCondition]
}

/// One entry of `tests`: what a source must be able to reach, and what it must not.
public struct PolicyTest: Sendable {
    public var position: TextPosition
    public var source: PolicyWord
    /// The protocol by name or number; nil for TCP or UDP.
    public var proto: String?
    public var accept: [PolicyWord] = []
    public var deny: [PolicyWord] = []
    /// Posture attributes of the source, with text and numbers as text.
    public var sourceAttributes: [PostureAttribute] = []
}

/// One entry of `sshTests`.
public struct SSHPolicyTest: Sendable {
    public var position: TextPosition
    public var source: PolicyWord
    public var destinations: [PolicyWord] = []
    public var accept: [String] = []
    public var deny: [String] = []
    public var check: [String] = []
}
