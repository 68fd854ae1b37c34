public import ByteText
import TailnetModel

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

    /// The rule's place in the file: `acls[3]`, `grants[1]`.
    var name: String { "\(kind == .acl ? "acls" : "grants")[\(index)]" }
}
