public import ByteText
public import TailnetModel

/// A policy file, decoded, with the positions of all that a message may name.
public struct PolicyFile: Sendable {
    /// The rules of `acls`, then those of `grants`, each in the order of the file.
    public var rules: [PolicyRule] = []
    /// Whether the file has `acls` or `grants`; without either, everything is allowed.
    public var restrictsAccess = false
    /// The section `groups`.
    public var groups: [PolicyGroup] = []
    /// The section `hosts`.
    public var hosts: [PolicyHost] = []
    /// The section `tagOwners`: tags and who may give them.
    public var tagOwners: [PolicyGroup] = []
    /// The part `routes` of `autoApprovers`.
    public var routeApprovers: [RouteApprover] = []
    /// The part `exitNode` of `autoApprovers`.
    public var exitNodeApprovers: [PolicyWord] = []
    /// The section `ssh`.
    public var ssh: [SSHPolicyRule] = []
    /// The section `nodeAttrs`.
    public var nodeAttributes: [NodeAttributeRule] = []
    /// The section `postures`.
    public var postures: [PosturePolicy] = []
    /// The postures that a rule without `srcPosture` asks for.
    public var defaultSourcePosture: [PolicyWord] = []
    /// The section `ipsets`.
    public var ipSets: [PolicyGroup] = []
    /// The section `tests`.
    public var tests: [PolicyTest] = []
    /// The section `sshTests`.
    public var sshTests: [SSHPolicyTest] = []
    /// Whether devices get no IPv4 address.
    public var disableIPv4 = false
    /// Whether clients use a random port instead of 41641.
    public var randomizeClientPort = false

    /// Makes an empty policy, which allows everything.
    public init() {}
}

/// A name and what it stands for: a group and its members, a tag and its owners, an IP set and its entries.
public struct PolicyGroup: Hashable, Sendable {
    /// With its prefix: `group:dev`, `tag:web`, `ipset:prod`.
    public var name: PolicyWord
    /// What the name stands for.
    public var members: [PolicyWord]

    /// Makes a group.
    public init(name: PolicyWord, members: [PolicyWord]) {
        self.name = name
        self.members = members
    }
}

/// A name for an address or a block of addresses.
public struct PolicyHost: Hashable, Sendable {
    /// The name as it was written.
    public var name: PolicyWord
    /// The address as it was written.
    public var address: PolicyWord
    /// The block of addresses.
    public var prefix: IPPrefix
    /// Whether the file gives a block with its length, be it of a single address.
    public var isWrittenAsPrefix: Bool
}

/// Who may have a route approved without asking.
public struct RouteApprover: Hashable, Sendable {
    /// The block of addresses.
    public var prefix: IPPrefix
    /// Who has it approved.
    public var approvers: [PolicyWord]
}

/// A word that selects users, devices or addresses, and what it selects.
public struct SelectedWord: Hashable, Sendable {
    /// The word as it was written.
    public var word: PolicyWord
    /// What the word selects.
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
        /// The name as it was written.
        public var name: SelectedWord
        /// Empty in a grant that is only about capabilities.
        public var services: [PolicyService]
    }

    /// The section that the rule stands in.
    public var kind: Kind
    /// The rule's index in its section.
    public var index: Int
    /// Where it begins in the file.
    public var position: TextPosition
    /// Who it is about.
    public var sources: [SelectedWord] = []
    /// Where it leads.
    public var destinations: [Destination] = []
    /// What its `app` gives.
    public var capabilities: [PolicyCapability] = []
    /// Tags of the routers that the traffic must take.
    public var via: [PolicyWord] = []
    /// The postures that it asks for; one must hold.
    public var sourcePosture: [PolicyWord] = []
}

/// A capability that a grant or a node attribute gives: a name and the JSON texts of its values.
public struct PolicyCapability: Hashable, Sendable {
    /// The name as it was written.
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

    /// Where it begins in the file.
    public var position: TextPosition
    /// What happens to a session.
    public var action: Action
    /// Who it is about.
    public var sources: [SelectedWord] = []
    /// Where it leads.
    public var destinations: [SelectedWord] = []
    /// Login names, `autogroup:nonroot` or `localpart:*@domain`.
    public var users: [PolicyWord] = []
    /// Seconds between two checks; 0 for `always`, nil for the default of 12 hours.
    public var checkPeriodSeconds: Int64?
    /// Names of environment variables that a client may send, with wildcards.
    public var acceptedVariables: [String] = []
    /// Tags or addresses of the devices that record sessions.
    public var recorders: [PolicyWord] = []
    /// Whether a session is refused where it cannot be recorded.
    public var enforcesRecorder = false
}

/// One entry of `nodeAttrs`.
public struct NodeAttributeRule: Sendable {
    /// Where it begins in the file.
    public var position: TextPosition
    /// The devices that it is about.
    public var targets: [SelectedWord] = []
    /// Names of attributes without value.
    public var attributes: [PolicyWord] = []
    /// What its `app` gives.
    public var capabilities: [PolicyCapability] = []
    /// Blocks that new devices get their addresses from.
    public var addressPools: [PolicyWord] = []
}

/// One entry of `postures`: conditions that must all hold.
public struct PosturePolicy: Sendable {
    /// The name as it was written.
    public var name: PolicyWord
    /// What must hold, all of it.
    public var conditions: [PostureCondition]
}

/// One entry of `tests`: what a source must be able to reach, and what it must not.
public struct PolicyTest: Sendable {
    /// Where it begins in the file.
    public var position: TextPosition
    /// Who tries.
    public var source: PolicyWord
    /// The protocol by name or number; nil for TCP or UDP.
    public var proto: String?
    /// What must be allowed.
    public var accept: [PolicyWord] = []
    /// What must not be allowed.
    public var deny: [PolicyWord] = []
    /// Posture attributes of the source, with text and numbers as text.
    public var sourceAttributes: [PostureAttribute] = []
}

/// One entry of `sshTests`.
public struct SSHPolicyTest: Sendable {
    /// Where it begins in the file.
    public var position: TextPosition
    /// Who tries.
    public var source: PolicyWord
    /// Where it leads.
    public var destinations: [PolicyWord] = []
    /// What must be allowed.
    public var accept: [String] = []
    /// What must not be allowed.
    public var deny: [String] = []
    /// Logins that must be allowed after a check.
    public var check: [String] = []
}
