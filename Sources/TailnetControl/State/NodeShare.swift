import ByteText

/// A node that is shared with another tailnet, or offered to it.
public struct NodeShare: Sendable, Hashable {
    public var node: Int
    /// What records call the invitation.
    public var label: String
    /// Whom it is meant for; nil for whoever has the link.
    public var email: String?
    /// Whether somebody accepted the invitation.
    public var isAccepted: Bool

    /// Makes a share.
    public init(node: Int, label: String, email: String? = nil, isAccepted: Bool = false) {
        self.node = node
        self.label = label
        self.email = email
        self.isAccepted = isAccepted
    }

    /// The invitation in the form of the API; nil where there is nothing to show.
    public var json: String? { email.map { email in JSONWriter.object { $0.member("email", email) } } }
}
