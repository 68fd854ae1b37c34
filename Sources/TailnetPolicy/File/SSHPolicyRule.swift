public import ByteText

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
    /// The postures that it asks for; one must hold.
    public var sourcePosture: [PolicyWord] = []
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
