import Truth
import IncidentCatalog
import SimTime
import TailnetModel

/// The tables of the scenario file.
enum ScenarioSections {
    typealias Limits = ScenarioLimits

    static let root = ScenarioSection(
        name: "scenario",
        summary: "A tailnet, what its people and programs do, and its incidents.",
        fields: [
            .required("mocktail", .integer(1...1), "The version of this file format."),
            .required("name", .text(.label), "The scenario's name."),
            .optional(
                "seed", .integer(0...Int.max), default: "1",
                "The number that every draw depends on; another seed draws other IDs, addresses and sessions."),
            .required("clock", .section(clock), "The scenario's time."),
            .required("tailnet", .section(tailnet), "The tailnet's names, policy file and settings."),
            .required("users", .list(.section(user), atLeast: 1), "The people of the tailnet."),
            .required("nodes", .list(.section(node), atLeast: 1), "The devices of the tailnet."),
            .optional("fleets", .list(.section(fleet), atLeast: 0), "Groups of ephemeral nodes."),
            .optional(
                "lans", .list(.section(lan), atLeast: 0, atMost: Limits.lans),
                "Networks of hosts without Tailscale."),
            .optional(
                "oauthClients", .list(.section(oauthClient), atLeast: 0, atMost: Limits.oauthClients),
                "Programs that use the API."),
            .optional(
                "traffic", .list(.section(pattern), atLeast: 0, atMost: Limits.patterns),
                "Who connects to whom, how and how often."),
            .optional("administration", .section(administration), "What people do to the configuration."),
            .optional(
                "incidents", .list(.section(incident), atLeast: 0, atMost: Limits.incidents),
                "The incidents, each with its truth."),
            .older("anomalies", .list(.section(incident), atLeast: 0, atMost: Limits.incidents), of: "incidents"),
        ])

    static let clock = ScenarioSection(
        name: "clock", summary: "The range of simulated time.",
        fields: [
            .required("start", .instant, "The first instant, in RFC 3339."),
            .required("duration", .span(.minutes(1)...Limits.duration), "How long the scenario lasts."),
        ])

    static let tailnet = ScenarioSection(
        name: "tailnet", summary: "The tailnet as a whole.",
        fields: [
            .required("organization", .text(.organization), "The organization's name, usually a domain."),
            .optional(
                "dns", .text(.label), default: "tail and five hexadecimal digits, drawn",
                "The tailnet's name in MagicDNS, without .ts.net."),
            .required("policy", .text(.line), "The policy file (HuJSON), beside the scenario."),
            .optional("settings", .section(settings), "Switches of the tailnet."),
            .optional(
                "holidays", .list(.text(.date), atLeast: 0, atMost: Limits.holidays),
                "Days on which nobody works."),
        ])

    static let settings = ScenarioSection(
        name: "settings", summary: "Switches of the tailnet, named as in the service's settings API.",
        fields: [
            .optional("devicesApprovalOn", .flag, default: "false", "Whether new devices wait for approval."),
            .optional("usersApprovalOn", .flag, default: "false", "Whether new users wait for approval."),
            .optional("devicesKeyDurationDays", .integer(1...180), default: "180", "Days until a node key expires."),
            .optional("networkFlowLoggingOn", .flag, default: "true", "Whether nodes write network flow logs."),
            .optional("logExitFlowsOn", .flag, default: "false", "Whether exit traffic keeps its destinations."),
            .optional("magicDNSOn", .flag, default: "true", "Whether MagicDNS is on."),
            .optional("httpsEnabled", .flag, default: "true", "Whether nodes may have HTTPS certificates."),
            .optional("tailnetLockOn", .flag, default: "false", "Whether tailnet lock is on."),
            .optional(
                "postureIdentityCollectionOn", .flag, default: "false", "Whether clients report serial numbers."),
        ])

    static let user = ScenarioSection(
        name: "user", summary: "A person.",
        fields: [
            .required("name", .text(.label), "The user's name in this file; everything drawn is keyed by it."),
            .optional("count", .integer(1...Limits.nodes), default: "1", "Makes that many users: name-1, name-2, …"),
            .optional("login", .text(.login), default: "name@organization", "The login name."),
            .optional("displayName", .text(.title), default: "the name, capitalized", "The name that is shown."),
            .optional("role", .choice(UserRole.allCases.map(\.rawValue)), default: "member", "The user's role."),
            .optional("timeZone", .timeZone, default: "UTC", "The IANA time zone that the user lives in."),
            .optional("hours", .hours, default: "09:00-17:30", "Working hours in the user's time zone."),
            .optional("weekends", .flag, default: "false", "Whether Saturday and Sunday are working days."),
        ])

    static let node = ScenarioSection(
        name: "node", summary: "A device, or several of the same kind.",
        fields: [
            .required("name", .text(.label), "The node's name in this file; everything drawn is keyed by it."),
            .optional("count", .integer(1...Limits.nodes), default: "1", "Makes that many nodes: name-1, name-2, …"),
            .optional(
                "user", .text(.line),
                "The owner, by name or login; a node has an owner or tags. Of users with a count each gets a node."),
            .optional(
                "tags", .list(.text(.tag), atLeast: 1, atMost: Limits.details),
                "The tags; a node has tags or an owner."),
            .optional(
                "os", .choice(OperatingSystem.allCases.map(\.rawValue)), default: "linux", "The operating system."),
            .optional(
                "role", .choice(NodeRole.allCases.map(\.rawValue)),
                default: "laptop with an owner (phone on iOS and android), server with tags",
                "The availability of the node."),
            .optional("hostName", .text(.label), default: "the name", "The host name; equal ones get -1, -2, …"),
            .optional("ephemeral", .flag, default: "false", "Whether the node is removed when it disconnects."),
            .optional(
                "keyExpiryDisabled", .flag, default: "true with tags, false with an owner",
                "Whether the node's key never expires by itself."),
            .optional(
                "advertisedRoutes", .list(.text(.prefix), atLeast: 0, atMost: Limits.details),
                "Subnet routes that the node advertises."),
            .optional(
                "approvedRoutes", .list(.text(.prefix), atLeast: 0, atMost: Limits.details),
                default: "all advertised routes",
                "The advertised routes that an admin approved."),
            .optional("flowLogs", .flag, default: "true", "Whether the client writes flow logs."),
            .optional("clientVersion", .text(.version), default: "drawn", "The client's version: 1.98.2."),
            .optional("userspace", .flag, default: "false", "Whether the client has no network device of its own."),
            .optional("tailscaleSSH", .flag, default: "false", "Whether Tailscale SSH answers on port 22."),
            .optional("exitNode", .text(.line), "The node that its traffic to the internet goes through."),
            .optional(
                "site", .text(.label), default: "the owner's home; the organization's network with tags",
                "The node's location: nodes of a site reach each other over its network."),
            .optional(
                "nat", .choice(NATKind.allCases.map(\.rawValue)), default: "drawn",
                "Whether direct paths to the node usually work (easy) or often fail (hard)."),
            .optional("sharedBy", .text(.login), "The owner, if another tailnet shares the node into this one."),
            .optional("sharedFrom", .text(.label), default: "drawn", "That tailnet's name, without .ts.net."),
        ])

    static let fleet = ScenarioSection(
        name: "fleet", summary: "A group of ephemeral nodes: each job is a node, which leaves when the job is done.",
        fields: [
            .required("name", .text(.label), "The fleet's name; its nodes are called name-runner-job."),
            .required("runners", .integer(1...Limits.nodes), "The maximum number of concurrent jobs."),
            .required("tags", .list(.text(.tag), atLeast: 1, atMost: Limits.details), "The tags of the nodes."),
            .optional(
                "os", .choice(OperatingSystem.allCases.map(\.rawValue)), default: "linux", "The operating system."),
            .optional("job", .span(.minutes(1)...TimeSpan.days(1)), default: "15m", "The maximum duration of a job."),
            .optional(
                "pause", .span(.seconds(10)...TimeSpan.days(1)), default: "5m", "The pause of a runner between jobs."),
            .optional(
                "schedule", .choice(["always", "working-hours"]), default: "working-hours",
                "When jobs run; a few also run at night."),
            .optional("userspace", .flag, default: "false", "Whether the clients have no network device of their own."),
        ])

    static let lan = ScenarioSection(
        name: "lan",
        summary: "Hosts without Tailscale, which nodes reach through subnet routers. The selector is lan:name.",
        fields: [
            .required("name", .text(.label), "The network's name in this file."),
            .required("prefix", .text(.prefix), "Its addresses, IPv4: 10.20.0.0/16."),
            .required("hosts", .integer(1...Limits.hostsOfLAN), "The number of hosts; their addresses are drawn."),
        ])

    static let oauthClient = ScenarioSection(
        name: "oauthClient", summary: "A program that uses the API with OAuth client credentials.",
        fields: [
            .required("name", .text(.label), "The client's name in this file."),
            .required("scopes", .text(.scopes), "Its scopes, as the API writes them."),
            .optional(
                "tokenEvery", .span(.minutes(1)...Limits.duration), default: "never", "How often it requests a token."),
        ])

    static let pattern = ScenarioSection(
        name: "trafficPattern", summary: "A traffic pattern: sessions of one kind between some nodes and others.",
        fields: [
            .required("name", .text(.title), "The pattern's name; everything drawn for it is keyed by it."),
            .required(
                "profile", .choice(TrafficProfile.allCases.map(\.rawValue)), "Sizes and durations of the sessions."),
            .optional("protocol", .choice(["tcp", "udp", "icmp"]), default: "by profile", "The IP protocol."),
            .optional(
                "ports", .list(.integer(1...65_535), atLeast: 1), default: "by profile",
                "Destination ports, drawn with equal weight; none with icmp."),
            .required(
                "from", .list(.text(.line), atLeast: 1, atMost: Limits.details),
                "Selectors of the nodes and hosts that open sessions."),
            .required(
                "to", .list(.text(.line), atLeast: 1, atMost: Limits.details),
                "Selectors of the nodes and hosts that they connect to; also internet and gone:name."),
            .optional(
                "endless", .flag, default: "false",
                "Whether each source keeps a connection to each target, renewed once a day."),
            .optional(
                "sessionsPerHour", .decimal(0...100_000_000), default: "required without endless",
                "Mean sessions an hour of each source in its busiest hour."),
            .optional(
                "schedule", .choice(Schedule.allCases.map(\.rawValue)), default: "by profile", "When sessions start."),
            .optional("ipv6", .percent, default: "5%", "The share of sessions over IPv6."),
        ])

    static let incident = ScenarioSection(
        name: "incident",
        summary: "An incident that is put into the logs; mocktail incident show KIND says which keys a kind takes.",
        fields: [
            .optional("id", .text(.label), default: "i1, i2, …", "The incident's name in the truth."),
            .required("kind", .choice(IncidentKinds.all.map(\.name)), "What happens."),
            .optional(
                "variant", .choice(IncidentVariant.allCases.map(\.rawValue)), default: "attack",
                "Whether a detection should fire (attack, over) or stay silent (under, lookalike)."),
            .required("at", .moment, "When it begins: after the scenario's start (+4h), or in RFC 3339."),
            .optional("duration", .span(.seconds(1)...Limits.duration), default: "by kind", "How long it lasts."),
            .optional("node", .text(.line), default: "drawn", "The acting node."),
            .optional("user", .text(.line), default: "drawn", "The acting user."),
            .optional("client", .text(.line), default: "drawn", "The acting OAuth client."),
            .optional(
                "targets", .list(.text(.line), atLeast: 1, atMost: Limits.details), default: "by kind",
                "Selectors of the attacked nodes."),
            .optional("sessions", .integer(1...1_000_000), default: "by kind and variant", "Connections in all."),
            .optional("requests", .integer(1...1_000_000), default: "by kind and variant", "API requests in all."),
            .optional("ports", .integer(1...65_535), default: "by kind and variant", "Different ports."),
            .optional("port", .integer(1...65_535), default: "by kind", "The port of the attacked service."),
            .optional("hosts", .integer(1...4_096), default: "by kind and variant", "Number of attacked hosts."),
            .optional(
                "bytes", .integer(1...1_000_000_000_000), default: "by kind and variant", "Payload in all, in bytes."),
            .optional(
                "every", .span(.seconds(1)...TimeSpan.days(1)), default: "by kind and variant",
                "The time between two rounds."),
            .optional(
                "items", .integer(1...10_000), default: "by kind and variant",
                "Number of users, devices, keys or settings that are touched."),
        ])

    /// Every section, each once, the outer ones first.
    static let all = [
        root, clock, tailnet, settings, user, node, fleet, lan, oauthClient, pattern, administration, event, incident,
    ]
}

/// What stands between a node and the internet.
enum NATKind: String, CaseIterable {
    case easy
    case hard
}
