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
