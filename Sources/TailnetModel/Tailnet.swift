public import SimTime

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

/// A role of a user, by its name in the API.
public enum UserRole: String, Sendable, Hashable, CaseIterable {
    case owner
    case admin
    case itAdmin = "it-admin"
    case networkAdmin = "network-admin"
    case billingAdmin = "billing-admin"
    case auditor
    case member
}

/// A member of the tailnet.
public struct User: Sendable, Hashable {
    /// The scenario's name for the user; the key of everything drawn for them.
    public var key: String
    /// The login name: `ana@example.com`.
    public var login: String
    /// The name for people: `Ana Ruiz`.
    public var displayName: String
    public var role: UserRole
    /// The numeric user ID; `StableID.text(.user, …)` gives its text.
    public var number: UInt64
    public var timeZone: TimeZoneRule
    /// When the account was made, before or in the run.
    public var created: Instant

    /// Makes a user.
    public init(
        key: String, login: String, displayName: String, role: UserRole, number: UInt64, timeZone: TimeZoneRule,
        created: Instant
    ) {
        self.key = key
        self.login = login
        self.displayName = displayName
        self.role = role
        self.number = number
        self.timeZone = timeZone
        self.created = created
    }

    /// The user's stable ID.
    public var stableID: String { StableID.text(.user, number) }
}

/// An operating system, by the name that clients report.
public enum OperatingSystem: String, Sendable, Hashable, CaseIterable {
    case linux
    case macOS
    case windows
    case iOS
    case android
    case freebsd
    case tvOS
}

/// A device on the tailnet.
public struct Node: Sendable, Hashable {
    /// The scenario's name for the node; the key of everything drawn for it.
    public var key: String
    /// The first label of the MagicDNS name.
    public var hostName: String
    /// The MagicDNS name without trailing dot.
    public var name: String
    /// The numeric node ID; `StableID.text(.node, …)` gives its text.
    public var number: UInt64
    /// Index of the owner among the tailnet's users; nil for tagged nodes.
    public var owner: Int?
    /// Sorted, with the `tag:` prefix; empty for owned nodes.
    public var tags: [String]
    public var os: OperatingSystem
    public var ipv4: IPAddress
    public var ipv6: IPAddress
    /// Client version as the API shows it, such as `1.98.2`.
    public var clientVersion: String
    public var isEphemeral: Bool
    public var keyExpiryDisabled: Bool
    /// When the node joined the tailnet, before or in the run.
    public var created: Instant
    /// Subnet routes that the node advertises.
    public var advertisedRoutes: [IPPrefix]
    /// Those of them that are approved.
    public var approvedRoutes: [IPPrefix]
    /// When the node leaves the tailnet for good, as ephemeral nodes do; nil where it stays.
    public var removed: Instant?
    /// Whether the client writes flow logs: not before version 1.34, nor where it was started without.
    public var logsFlows = true
    /// Whether the client runs in userspace networking mode, which does not count what it receives.
    public var isUserspace = false
    /// Whether Tailscale SSH answers on port 22, in the client's own network stack.
    public var runsSSH = false
    /// Index of the node that the node's traffic to the internet goes through; nil for none.
    public var exitNode: Int?
    /// Whose node it is, where another tailnet shares it into this one.
    public var sharer: Sharer?

    /// Makes a node.
    public init(
        key: String, hostName: String, name: String, number: UInt64, owner: Int?, tags: [String], os: OperatingSystem,
        ipv4: IPAddress, ipv6: IPAddress, clientVersion: String, isEphemeral: Bool, keyExpiryDisabled: Bool,
        created: Instant, advertisedRoutes: [IPPrefix], approvedRoutes: [IPPrefix]
    ) {
        self.key = key
        self.hostName = hostName
        self.name = name
        self.number = number
        self.owner = owner
        self.tags = tags
        self.os = os
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.clientVersion = clientVersion
        self.isEphemeral = isEphemeral
        self.keyExpiryDisabled = keyExpiryDisabled
        self.created = created
        self.advertisedRoutes = advertisedRoutes
        self.approvedRoutes = approvedRoutes
    }

    /// The node's stable ID.
    public var stableID: String { StableID.text(.node, number) }
}

/// The other tailnet that a shared node belongs to.
public struct Sharer: Sendable, Hashable {
    /// The login name of the node's owner there.
    public var login: String
    /// That tailnet's MagicDNS suffix, which the node's name keeps: `tail5d1e2.ts.net`.
    public var dnsSuffix: String

    /// Makes a sharer.
    public init(login: String, dnsSuffix: String) {
        self.login = login
        self.dnsSuffix = dnsSuffix
    }
}

/// A host without Tailscale that nodes talk to, or that talks to them.
public struct Host: Sendable, Hashable {
    /// Where a host is.
    public enum Place: Sendable, Hashable {
        /// In a network behind subnet routers; the indices of the nodes that route to it, the preferred one first.
        case lan(routers: [Int])
        /// On the internet: reached through an exit node.
        case internet
        /// Nowhere any more: the address of a node that left the tailnet.
        case gone
    }

    /// The scenario's name for the host; the key of everything drawn for it.
    public var key: String
    /// The host's IPv4 address.
    public var address: UInt32
    public var place: Place

    /// Makes a host.
    public init(key: String, address: UInt32, place: Place) {
        self.key = key
        self.address = address
        self.place = place
    }
}
