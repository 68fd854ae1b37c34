/// A tailnet's name, identity and settings at the beginning of a run.
public struct Tailnet: Sendable, Hashable {
    /// The organisation's name as the service shows it, usually a domain: `example.com`.
    public var organization: String
    /// The DNS suffix of MagicDNS names without leading dot: `tail3f9c1.ts.net` or `yak-bebop.ts.net`.
    public var dnsSuffix: String
    /// The numeric tailnet ID; `StableID.text(.tailnet, …)` gives its text.
    public var number: UInt64
    public var settings: TailnetSettings

    /// Makes a tailnet.
    public init(organization: String, dnsSuffix: String, number: UInt64, settings: TailnetSettings) {
        self.organization = organization
        self.dnsSuffix = dnsSuffix
        self.number = number
        self.settings = settings
    }

    /// The tailnet's stable ID.
    public var stableID: String { StableID.text(.tailnet, number) }
}
