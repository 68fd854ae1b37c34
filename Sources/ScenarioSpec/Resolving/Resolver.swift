import KeyedRandom
import SimTime
import TailnetControl
import TailnetModel

/// Turns checked sections into a plan: fills in defaults, resolves names, moves times, draws numbers.
struct Resolver {
    let file: String
    let files: any ScenarioFiles
    let overrides: ScenarioOverrides
    var problems: ProblemList

    var span: TimeWindow
    /// What the start override adds to the times that the file writes in RFC 3339.
    var shift = TimeSpan.zero
    var numbering: Numbering
    var tailnet = Tailnet(organization: "example.com", dnsSuffix: "", number: 0, settings: TailnetSettings())
    var policies: [PolicyVersion] = []
    /// Groups and tags of the policy in force at the start; nil where it could not be read.
    var policyNames: PolicyReferences?
    var users: [User] = []
    var workingHours: [WorkingHours] = []
    var nodes: [Node] = []
    var roles: [NodeRole] = []
    var connections: [NodeConnection] = []
    var hosts: [Host] = []
    var holidays: [Int64] = []
    var oauthClients: [OAuthClient] = []
    var patterns: [TrafficPattern] = []
    var administration = Administration(milliConsoleLoginsPerDay: 1_000, milliFailedRequestsPerDay: 0, events: [])
    var incidents: [PlannedIncident] = []
    /// Where the patterns and incidents stand.
    var places = ScenarioPlaces()
    /// How many nodes there are beside those that only one incident knows; these stand behind.
    var ordinaryNodeCount = 0

    /// Users by name and by login.
    var userIndex: [String: Int] = [:]
    /// Users that were made together, by the name that they share.
    var userGroups: [String: [Int]] = [:]
    /// Hosts by the selector that means them: `lan:office`, `internet`, `gone:old-db`.
    var hostIndex: [String: [Int]] = [:]
    /// Nodes by name; a name with a count stands for all that it makes.
    var nodeIndex: [String: [Int]] = [:]
    /// What the explicit changes make of the tailnet; nil where there is no section for them.
    var history: TailnetHistory?

    init(file: String, files: any ScenarioFiles, overrides: ScenarioOverrides, problems: ProblemList) {
        self.file = file
        self.files = files
        self.overrides = overrides
        self.problems = problems
        // Without a readable clock no time is out of range.
        span = TimeWindow(start: Instant(seconds: 0), end: Instant(nanoseconds: .max))
        numbering = Numbering(root: RandomKey(seed: 0))
    }

    /// The plan of a scenario; what is wrong with it goes to `problems`.
    mutating func plan(_ root: ScenarioEntry, summary: String) -> Plan {
        let seed = overrides.seed ?? UInt64(root.number("seed") ?? 1)
        numbering = Numbering(root: RandomKey(seed: seed))
        if let clock = root.section("clock") { readClock(clock) }
        if let entry = root.section("tailnet") { readTailnet(entry) }
        readUsers(root.sections("users"))
        readNodes(root.sections("nodes"))
        readFleets(root.sections("fleets"))
        readLANs(root.sections("lans"))
        readOAuthClients(root.sections("oauthClients"))
        readTraffic(root.sections("traffic"))
        if let entry = root.section("administration") { readAdministration(entry) }
        ordinaryNodeCount = nodes.count
        readIncidents(root.sections("incidents") + root.sections("anomalies"))
        return Plan(
            name: root.text("name") ?? "", summary: summary, seed: seed, span: span, tailnet: tailnet, users: users,
            workingHours: workingHours, nodes: nodes, roles: roles, connections: connections, hosts: hosts,
            holidays: holidays, policies: policies, oauthClients: oauthClients,
            patterns: patterns, administration: administration, incidents: incidents,
            ordinaryNodeCount: ordinaryNodeCount)
    }

    private mutating func readClock(_ clock: ScenarioEntry) {
        guard case .absolute(let written)? = clock.moment("start"), let duration = clock.span("duration") else {
            return
        }
        let start = overrides.start ?? written
        guard (Instant.earliestStart...Instant.latestStart).contains(start) else {
            problems.add("the scenario must start between 1971 and 2200", at: clock.place("start"))
            return
        }
        places.clock = clock.place("start")
        shift = start - written
        span = TimeWindow(start: start, end: start + duration)
    }

    private mutating func readTailnet(_ entry: ScenarioEntry) {
        let organization = entry.text("organization") ?? tailnet.organization
        tailnet.organization = organization
        tailnet.number = numbering.number(.tailnet, organization)
        let hex = String(
            numbering.key(.tailnet, organization).key("dns").draw(0, below: 0xF_0000) + 0x1_0000, radix: 16)
        tailnet.dnsSuffix = (entry.text("dns") ?? "tail\(hex)") + ".ts.net"
        holidays = Set((entry.texts("holidays") ?? []).compactMap { civilDay($0.text) }).sorted()
        if let settings = entry.section("settings") { tailnet.settings = TailnetSettings(settings) }
        if let name = entry.text("policy"), let (version, names) = readPolicy(name, at: entry.place("policy")) {
            policies = [version]
            policyNames = names
        }
    }

    /// Reads a policy file beside the scenario.
    mutating func readPolicy(_ name: String, at place: SourceLocation) -> (PolicyVersion, PolicyReferences?)? {
        let path = FilePath.sibling(of: file, named: name)
        do {
            let text = try files.text(of: path)
            let names = PolicyReferences.read(text, file: path, problems: &problems)
            return (PolicyVersion(since: nil, file: name, text: text), names)
        } catch {
            switch error {
            case .missing: problems.add("there is no file \"\(path)\"", at: place)
            case .notUTF8: problems.add("the file \"\(path)\" is not text in UTF-8", at: place)
            case .tooLarge: problems.add("the file \"\(path)\" is \(error.sentence)", at: place)
            case .unreadable(let reason): problems.add("the file \"\(path)\" cannot be read: \(reason)", at: place)
            }
            return nil
        }
    }

    /// The instant that a moment of the scenario means; nil and a problem where it lies outside the scenario.
    mutating func instant(_ moment: Moment, isInjected: Bool = false, at place: SourceLocation) -> Instant? {
        let instant: Instant
        switch moment {
        case .afterStart(let offset):
            let sum = span.start.nanoseconds.addingReportingOverflow(offset.nanoseconds)
            instant = sum.overflow ? Instant(nanoseconds: .max) : Instant(nanoseconds: sum.partialValue)
        case .absolute(let written):
            // What the command line says is meant for the run as it is, after the start has moved.
            instant = isInjected ? written : written + shift
        }
        guard span.contains(instant) else {
            problems.add(
                "\(instant.rfc3339) lies outside the scenario, which runs from \(span.start.rfc3339) to "
                    + "\(span.end.rfc3339) (+\(span.length.text))", at: place)
            return nil
        }
        return instant
    }
}

extension Instant {
    /// Ages of users and the longest scenario fit on both sides.
    fileprivate static var earliestStart: Instant { Instant(midnightOf: CivilDate(year: 1971, month: 1, day: 1)) }
    fileprivate static var latestStart: Instant { Instant(midnightOf: CivilDate(year: 2200, month: 1, day: 1)) }
}

extension TailnetSettings {
    /// The settings of a section, with the defaults of a new tailnet.
    fileprivate init(_ entry: ScenarioEntry) {
        self.init()
        devicesApprovalOn = entry.flag("devicesApprovalOn") ?? devicesApprovalOn
        usersApprovalOn = entry.flag("usersApprovalOn") ?? usersApprovalOn
        devicesKeyDurationDays = entry.number("devicesKeyDurationDays") ?? devicesKeyDurationDays
        networkFlowLoggingOn = entry.flag("networkFlowLoggingOn") ?? networkFlowLoggingOn
        logExitFlowsOn = entry.flag("logExitFlowsOn") ?? logExitFlowsOn
        magicDNSOn = entry.flag("magicDNSOn") ?? magicDNSOn
        httpsEnabled = entry.flag("httpsEnabled") ?? httpsEnabled
        tailnetLockOn = entry.flag("tailnetLockOn") ?? tailnetLockOn
        postureIdentityCollectionOn = entry.flag("postureIdentityCollectionOn") ?? postureIdentityCollectionOn
    }
}
