public import TailnetModel

/// A user's account as the control plane has it.
public struct AccountState: Sendable, Hashable {
    /// Whether the person can use the account.
    public enum Status: Sendable, Hashable {
        /// It is made later.
        case awaited
        /// Made while new users wait for approval.
        case pending
        case active
        case suspended
        case deleted
    }

    public var status: Status
    public var role: UserRole

    /// Why the person cannot act; nil where they can.
    var reasonAgainstActing: String? {
        switch status {
        case .active: nil
        case .awaited: "has no account"
        case .pending: "waits for approval"
        case .suspended: "is suspended"
        case .deleted: "is deleted"
        }
    }
}
