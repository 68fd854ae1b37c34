public import TailnetModel

/// A switch of the tailnet that the log knows, by its name in scenarios.
public enum TailnetSwitch: String, Sendable, Hashable, CaseIterable {
    case magicDNS = "magic-dns"
    case https
    case deviceApproval = "device-approval"
    case userApproval = "user-approval"
    case flowLogging = "flow-logging"
    case exitFlowLogging = "exit-flow-logging"
    case tailnetLock = "tailnet-lock"
    case postureIdentity = "posture-identity"
    case fileSharing = "file-sharing"
    case servicesCollection = "services-collection"
    case mullvad
    case geosteering
    case scim

    /// The property of the switch's audit records.
    public var property: String {
        switch self {
        case .magicDNS: "MAGIC_DNS"
        case .https: "HTTPS"
        case .deviceApproval: "MACHINE_APPROVAL_NEEDED"
        case .userApproval: "USER_APPROVAL_REQUIRED"
        case .flowLogging: "NETWORK_FLOW_LOGGING"
        case .exitFlowLogging: "LOG_EXIT_FLOWS"
        case .tailnetLock: "TKA"
        case .postureIdentity: "COLLECT_POSTURE_IDENTITY"
        case .fileSharing: "FILE_SHARING"
        case .servicesCollection: "COLLECT_SERVICES"
        case .mullvad: "MULLVAD_VPN"
        case .geosteering: "GEOSTEERING"
        case .scim: "SCIM"
        }
    }

    /// The switch's place among all.
    var ordinal: Int {
        switch self {
        case .magicDNS: 0
        case .https: 1
        case .deviceApproval: 2
        case .userApproval: 3
        case .flowLogging: 4
        case .exitFlowLogging: 5
        case .tailnetLock: 6
        case .postureIdentity: 7
        case .fileSharing: 8
        case .servicesCollection: 9
        case .mullvad: 10
        case .geosteering: 11
        case .scim: 12
        }
    }

    /// How the switch stands before the first change.
    ///
    /// File sharing is on in a new tailnet, the other switches that have no setting are off.
    public func isOn(in settings: TailnetSettings) -> Bool {
        switch self {
        case .magicDNS: settings.magicDNSOn
        case .https: settings.httpsEnabled
        case .deviceApproval: settings.devicesApprovalOn
        case .userApproval: settings.usersApprovalOn
        case .flowLogging: settings.networkFlowLoggingOn
        case .exitFlowLogging: settings.logExitFlowsOn
        case .tailnetLock: settings.tailnetLockOn
        case .postureIdentity: settings.postureIdentityCollectionOn
        case .fileSharing: true
        case .servicesCollection, .mullvad, .geosteering, .scim: false
        }
    }
}
