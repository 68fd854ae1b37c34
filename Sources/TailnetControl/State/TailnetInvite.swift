import ByteText
public import TailnetModel

/// An invitation to the tailnet.
public struct TailnetInvite: Sendable, Hashable {
    /// What records call the invitation.
    public var label: String
    /// Whom it is meant for; nil for whoever has the link.
    public var email: String?
    /// The role that comes with it; nil for the usual one.
    public var role: UserRole?
    /// Whether somebody accepted it.
    public var isAccepted: Bool

    /// Makes an invitation.
    public init(label: String, email: String? = nil, role: UserRole? = nil, isAccepted: Bool = false) {
        self.label = label
        self.email = email
        self.role = role
        self.isAccepted = isAccepted
    }

    /// The invitation in the form of the API; nil where there is nothing to show.
    public var json: String? {
        var members: [String] = []
        if let email { members.append("\"email\":\(email.jsonQuoted)") }
        if let role { members.append("\"role\":\(role.rawValue.jsonQuoted)") }
        return members.isEmpty ? nil : "{\(members.joined(separator: ","))}"
    }
}
