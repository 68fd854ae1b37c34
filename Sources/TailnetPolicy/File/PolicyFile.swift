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

/// One entry of `postures`: conditions that must all hold.
public struct PosturePolicy: Sendable {
    /// The name as it was written.
    public var name: PolicyWord
    /// What must hold, all of it.
    public var conditions: [PostureCondition]
}
