import IncidentCatalog
import Truth
import ByteText
import ScenarioSpec
import SimTime
import TailnetControl
import TailnetModel

extension IncidentScripts {
    static let settings: [(kind: String, script: Script)] = [
        ("https-off", { switchOff(&$0, .https) }), ("magic-dns-off", { switchOff(&$0, .magicDNS) }),
        ("device-approval-off", { switchOff(&$0, .deviceApproval) }),
        ("user-approval-off", { switchOff(&$0, .userApproval) }),
        ("tailnet-lock-off", { switchOff(&$0, .tailnetLock) }), ("posture-off", { postureOff(&$0) }),
        ("key-expiry-off", { keyExpiryOff(&$0) }), ("flow-logging-off", { flowLoggingOff(&$0) }),
        ("dns-hijack", { dnsHijack(&$0) }), ("log-stream-repointed", { logStreamRepointed(&$0) }),
        ("log-stream-deleted", { logStreamDeleted(&$0) }), ("webhook-deleted", { webhookDeleted(&$0) }),
    ]

    /// A switch that protects the tailnet is turned off and on again.
    private static func switchOff(_ script: inout IncidentScript, _ setting: TailnetSwitch) {
        let admin = script.incident.user
        switch script.variant {
        case .attack:
            script.login()
            let rounds = max(1, script[.items])
            for round in 0..<rounds {
                let off = script.time(permille: 60 + 900 * round / rounds)
                let on = script.time(permille: 60 + 900 * (2 * round + 1) / (2 * rounds))
                script.change(at: off, by: admin, .turn(setting, isOn: false))
                script.change(at: on, by: script.other(at: on), .turn(setting, isOn: true))
            }
            script.stageRemediation(from: 500)
        case .over:
            script.change(at: script.time(permille: 100), by: admin, .turn(setting, isOn: false))
            let on = script.time(permille: 900)
            script.change(at: on, by: script.other(at: on), .turn(setting, isOn: true))
            script.stageRemediation(from: 900)
        case .under: harmlessChange(&script, setting)
        case .lookalike:
            guard setting != .tailnetLock else { return rotateLockKey(&script) }
            script.change(at: script.time(permille: 300), by: admin, throughAPI: true, .turn(setting, isOn: false))
            script.change(at: script.time(permille: 420), by: admin, throughAPI: true, .turn(setting, isOn: true))
        }
    }

    /// The nearest change that is not the one.
    private static func harmlessChange(_ script: inout IncidentScript, _ setting: TailnetSwitch) {
        let admin = script.incident.user
        let first = script.time(permille: 200)
        let second = script.time(permille: 800)
        switch setting {
        case .magicDNS:
            script.change(at: first, by: admin, .setDNS(nameservers: nil, searchDomains: ["corp.example"]))
            script.change(at: second, by: admin, .setDNS(nameservers: nil, searchDomains: []))
        case .deviceApproval:
            let days = script.world.plan.tailnet.settings.devicesKeyDurationDays
            script.change(at: first, by: admin, .changeKeyDuration(days: max(1, days - 30)))
            script.change(at: second, by: admin, .changeKeyDuration(days: days))
        case .tailnetLock:
            let name = "\(script.incident.id)-lock"
            script.change(at: first, by: admin, .changeObject(.lockKey(.create, name: name)))
            script.change(at: second, by: script.other(at: second), .changeObject(.lockKey(.delete, name: name)))
        default:
            script.change(at: first, by: admin, .turn(.fileSharing, isOn: false))
            script.change(at: second, by: admin, .turn(.fileSharing, isOn: true))
        }
    }

    private static func rotateLockKey(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let name = "\(script.incident.id)-lock"
        script.change(at: script.time(permille: 300), by: admin, .changeObject(.lockKey(.create, name: name)))
        if let node = script.incident.targets.first {
            script.change(at: script.time(permille: 330), by: admin, .changeNode(.sign, node: node))
        }
        script.change(at: script.time(permille: 360), by: admin, .changeObject(.lockKey(.delete, name: "\(name)-old")))
    }

    private static func dnsHijack(_ script: inout IncidentScript) {
        let admin = script.incident.user
        // Reserved for documentation: nobody's server.
        let foreign = ["203.0.113.53", "198.51.100.53"]
        let own = ["10.20.0.53"]
        let first = script.time(permille: 100)
        let last = script.time(permille: 900)
        func servers(_ servers: [String], domains: [String]? = nil) -> ControlAction {
            .setDNS(nameservers: servers, searchDomains: domains)
        }
        script.assume { $0.dns.nameservers = own }
        switch script.variant {
        case .attack:
            script.login()
            script.change(at: first, by: admin, servers(foreign, domains: ["corp.example"]))
            script.change(at: last, by: script.other(at: last), servers(own, domains: []))
            script.stageRemediation(from: 900)
        case .over:
            script.change(at: first, by: admin, servers(own + [foreign[0]]))
            script.change(at: last, by: script.other(at: last), servers(own))
            script.stageRemediation(from: 900)
        case .under:
            script.change(at: first, by: admin, .turn(.geosteering, isOn: true))
            script.change(at: last, by: admin, .turn(.geosteering, isOn: false))
        case .lookalike: script.change(at: first, by: admin, servers(own + ["10.20.1.53"]))
        }
    }

    private static func postureOff(_ script: inout IncidentScript) {
        let admin = script.incident.user
        func integration(_ step: ObjectChange.PostureIntegration) -> ControlAction {
            .changeObject(.postureIntegration(step, provider: "intune"))
        }
        switch script.variant {
        case .attack:
            script.login()
            script.change(at: script.time(permille: 60), by: admin, integration(.update))
            script.change(at: script.time(permille: 90), by: admin, integration(.delete))
            script.change(at: script.time(permille: 120), by: admin, .turn(.postureIdentity, isOn: false))
            let last = script.time(permille: 900)
            script.change(at: last, by: script.other(at: last), .turn(.postureIdentity, isOn: true))
            script.change(at: script.time(permille: 920), by: script.other(at: last), integration(.create))
            script.stageRemediation(from: 900)
        case .over, .lookalike: script.change(at: script.time(permille: 200), by: admin, integration(.update))
        case .under:
            script.change(at: script.time(permille: 200), by: admin, integration(.create))
            script.change(at: script.time(permille: 500), by: admin, .turn(.postureIdentity, isOn: true))
            script.change(at: script.time(permille: 600), by: admin, .turn(.postureIdentity, isOn: false))
        }
    }

    private static func keyExpiryOff(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let targets = script.inDrawnOrder(script.targetNodes).prefix(Int(script[.items])).map { Int($0) }
        let isAPI = script.variant == .lookalike
        for (number, node) in targets.enumerated() {
            let first = script.time(permille: 80 + Int64(number) * 40)
            let last = script.time(permille: 800 + Int64(number) * 20)
            script.addTarget(IncidentParty(node: node, of: script.world.plan))
            guard script.variant != .under else {
                let name = script.world.plan.nodes[node].hostName
                script.change(at: first, by: admin, .changeNode(.rename("\(name)-old"), node: node))
                script.change(at: last, by: admin, .changeNode(.rename(name), node: node))
                continue
            }
            script.change(at: first, by: admin, throughAPI: isAPI, .changeNode(.setKeyExpiry(false), node: node))
            script.change(at: last, by: script.other(at: last), .changeNode(.setKeyExpiry(true), node: node))
        }
        if script.variant.isToBeDetected { script.stageRemediation(from: 800) }
    }

    private static func flowLoggingOff(_ script: inout IncidentScript) {
        let admin = script.incident.user
        func turn(_ setting: TailnetSwitch, _ isOn: Bool, permille: Int64, by user: Int?) -> Instant {
            script.change(at: script.time(permille: permille), by: user, .turn(setting, isOn: isOn))
        }
        switch script.variant {
        case .attack, .over:
            if script.variant == .attack { script.login() }
            let first: Int64 = script.variant == .attack ? 100 : 700
            let off = turn(.flowLogging, false, permille: first, by: admin)
            let on = turn(.flowLogging, true, permille: 900, by: script.other(at: script.time(permille: 900)))
            script.hide(node: nil, in: TimeWindow(start: off, end: on))
            script.stageRemediation(from: 900)
        case .under:
            _ = turn(.fileSharing, false, permille: 200, by: admin)
            _ = turn(.fileSharing, true, permille: 700, by: admin)
        case .lookalike:
            _ = turn(.servicesCollection, true, permille: 300, by: admin)
            _ = turn(.servicesCollection, false, permille: 500, by: admin)
        }
    }
}

// Where logs and notices go.
extension IncidentScripts {
    /// The organisation's own collector.
    private static func ownCollector(_ script: IncidentScript) -> LogDestination {
        .usual(organization: script.world.plan.tailnet.organization)
    }

    /// Somebody else's.
    private static let foreignCollector = LogDestination(
        provider: "splunk", place: .url("https://logs.relay-7.example/services/collector/event"))

    private static func change(_ step: ObjectChange.LogStream, _ log: String) -> ControlAction {
        .changeObject(.logStream(step, log: log))
    }

    private static func logStreamRepointed(_ script: inout IncidentScript) {
        let admin = script.incident.user
        guard script.variant.isToBeDetected else { return harmlessStream(&script) }
        if script.variant == .attack { script.login() }
        let logs = script.variant == .attack ? ["network", "configuration"] : ["network"]
        for (number, log) in logs.enumerated() {
            let first = script.time(permille: 80 + Int64(number) * 20)
            let last = script.time(permille: 900 + Int64(number) * 20)
            script.change(at: first, by: admin, change(.repoint(foreignCollector), log))
            script.change(at: last, by: script.other(at: last), change(.repoint(ownCollector(script)), log))
        }
        script.stageRemediation(from: 900)
    }

    private static func logStreamDeleted(_ script: inout IncidentScript) {
        let admin = script.incident.user
        guard script.variant.isToBeDetected else { return harmlessStream(&script) }
        if script.variant == .attack { script.login() }
        let logs = script.variant == .attack ? ["network", "configuration"] : ["configuration"]
        for (number, log) in logs.enumerated() {
            let first = script.time(permille: 80 + Int64(number) * 20)
            let last = script.time(permille: 900 + Int64(number) * 20)
            script.change(at: first, by: admin, change(.delete, log))
            script.change(at: last, by: script.other(at: last), change(.create(ownCollector(script)), log))
        }
        script.stageRemediation(from: 900)
    }

    private static func harmlessStream(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let first = script.time(permille: 200)
        guard script.variant == .under else {
            var compressed = ownCollector(script)
            compressed.compression = "zstd"
            script.change(at: first, by: admin, change(.update(compressed), "network"))
            return
        }
        script.assume { $0.webhooks["alerts"] = few }
        script.change(at: first, by: admin, webhook(.subscribe(many)))
        script.change(at: script.time(permille: 700), by: admin, webhook(.subscribe(few)))
    }

    private static let few = ["nodeCreated", "policyUpdate"]
    private static let many = ["nodeCreated", "policyUpdate", "userCreated"]

    private static func webhook(_ step: ObjectChange.Webhook) -> ControlAction {
        .changeObject(.webhook(step, name: "alerts"))
    }

    private static func webhookDeleted(_ script: inout IncidentScript) {
        let admin = script.incident.user
        let last = script.time(permille: 900)
        script.assume { $0.webhooks["alerts"] = few }
        switch script.variant {
        case .attack, .over:
            if script.variant == .attack {
                script.login()
                script.change(at: script.time(permille: 80), by: admin, webhook(.subscribe([])))
            }
            script.change(at: script.time(permille: 120), by: admin, webhook(.delete))
            script.change(at: last, by: script.other(at: last), webhook(.create(subscriptions: few)))
            script.stageRemediation(from: 900)
        case .under:
            script.change(at: script.time(permille: 200), by: admin, webhook(.subscribe(many)))
            script.change(at: last, by: admin, webhook(.subscribe(few)))
        case .lookalike: script.change(at: script.time(permille: 300), by: admin, webhook(.rotate))
        }
    }
}
