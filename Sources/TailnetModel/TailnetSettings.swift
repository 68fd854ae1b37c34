/// The switches of a tailnet, named as in the service's settings API.
public struct TailnetSettings: Sendable, Hashable {
    public var devicesApprovalOn = false
    public var usersApprovalOn = false
    /// Days until a node key expires, 1 to 180.
    public var devicesKeyDurationDays = 180
    public var networkFlowLoggingOn = true
    /// Destination logging of exit nodes (audit property `LOG_EXIT_FLOWS`).
    public var logExitFlowsOn = false
    public var magicDNSOn = true
    public var httpsEnabled = true
    public var tailnetLockOn = false
    public var postureIdentityCollectionOn = false

    /// Makes the defaults of a new company tailnet with flow logs.
    public init() {}
}
