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
        if email == nil, role == nil { return nil }
        return JSONWriter.object { json in
            if let email { json.member("email", email) }
            if let role { json.member("role", role.rawValue) }
        }
    }
}
