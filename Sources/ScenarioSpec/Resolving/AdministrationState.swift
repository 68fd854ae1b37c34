import ByteText
import TailnetModel

/// How the tailnet stands after the changes that were read so far, in their order of time.
struct AdministrationState {
    var liveKeys: Set<String> = []
    var accounts: [Int: UserHistory] = [:]
    var roles: [Int: UserRole] = [:]
    var switches: [TailnetSwitch: Bool]
    /// The values of what has one, as raw JSON, by a name of this reader's own.
    var values: [String: String] = [:]
    var suffix: String
    var keyDays: Int
    var nameservers: [String] = []
    var searchDomains: [String] = []
    /// Owned nodes that joined while new devices wait for approval.
    var waitingNodes: Set<Int> = []

    init(settings: TailnetSettings, suffix: String, users: [User]) {
        var switches: [TailnetSwitch: Bool] = [:]
        for each in TailnetSwitch.allCases { switches[each] = each.isOn(in: settings) }
        self.switches = switches
        self.suffix = suffix
        keyDays = settings.devicesKeyDurationDays
    }

    /// Why a user cannot act; nil where they can.
    func reasonAgainst(actor user: Int) -> String? {
        switch accounts[user]?.state ?? .active {
        case .active: nil
        case .notYetCreated: "has no account"
        case .pending: "waits for approval"
        case .suspended: "is suspended"
        case .deleted: "is deleted"
        }
    }

    /// The DNS configuration in the form of the API.
    var dnsConfiguration: String {
        let servers = nameservers.map { "{\"address\":\($0.jsonQuoted)}" }.joined(separator: ",")
        let domains = searchDomains.map(\.jsonQuoted).joined(separator: ",")
        let isOn = switches[.magicDNS] ?? true
        return "{\"nameservers\":[\(servers)],\"searchPaths\":[\(domains)],\"preferences\":{\"magicDNS\":\(isOn)}}"
    }
}
