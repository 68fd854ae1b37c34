import SimTime
import TailnetModel

extension Detection {
    /// More than 20 new sessions of one node to port 22 in five minutes; a busy administrator opens about five.
    public static let port22 = flows(
        "mocktail/port-22-spike", "many new SSH sessions of one node",
        where: FlowCondition(proto: [6], ports: .only([22]), isSent: true),
        by: .reporter, counts: .newConnections, threshold: 21, within: .minutes(5),
        falsePositives: "configuration management by SSH")

    /// The detections over the network log, in the order of their alerts.
    ///
    /// All but `port22` count a connection on the side that opened it: each is reported twice, and once is enough.
    public static let ofFlows: [Detection] = [
        port22,

        // One to many.
        flows(
            // As published by `ip:port` of the source, which changes with each connection: it never counts above one.
            "sentinel/mass-fan-out", "one address reaches many others",
            where: FlowCondition(isOpened: true),
            by: .source, counts: .targets, threshold: 25, within: .minutes(15), suppression: .hours(1),
            falsePositives: "monitoring, vulnerability scanners, configuration management"),
        flows(
            "elastic/network-sweep", "one address reaches many others on ports of remote access",
            where: FlowCondition(ports: .only([21, 22, 23, 25, 139, 445, 3_389, 5_985, 5_986]), isOpened: true),
            by: .source, counts: .targets, threshold: 100, within: .minutes(9),
            falsePositives: "vulnerability scanners, configuration management"),
        flows(
            "splunk/internal-horizontal-port-scan", "one address reaches very many others on one port",
            where: FlowCondition(isOpened: true),
            by: .sourceAndPort, counts: .targets, threshold: 250, within: .hours(1), suppression: .hours(1),
            falsePositives: "vulnerability scanners; monitoring of a large fleet"),

        // Many ports of one.
        flows(
            "elastic/port-scan", "many ports of one host in a minute",
            where: FlowCondition(isOpened: true),
            by: .pair, counts: .ports, threshold: 50, within: .minutes(1),
            falsePositives: "vulnerability scanners"),
        flows(
            "panther/vpc-port-scan", "ten unusual ports of one host in an hour",
            where: FlowCondition(ports: .but([80, 123, 443, 445, 53, 853, 2_049]), isOpened: true),
            by: .pair, counts: .ports, threshold: 10, within: .hours(1), suppression: .hours(1),
            falsePositives: "hosts with many services; protocols that agree on a port for each transfer"),
        flows(
            "elastic/syn-port-scan", "very many ports of one host, each with a packet or two",
            where: FlowCondition(isOpened: true, packetsAtMost: 2),
            by: .pair, counts: .ports, threshold: 250, within: .minutes(9),
            falsePositives: "vulnerability scanners"),

        // Knocking.
        flows(
            // What firewalls log as denied is a TSMP notice here; its source is the node that refused.
            "sigma/network-scan-by-ip", "more than ten hosts refuse one address",
            where: FlowCondition(proto: [99], traffic: [.virtual]),
            by: .target, counts: .sources, threshold: 11, within: .hours(24), suppression: .hours(24),
            falsePositives: "a client whose access was revoked"),
        flows(
            "sigma/brute-force", "many connections to one SSH or RDP server",
            where: FlowCondition(ports: .only([22, 3_389]), isOpened: true),
            by: .pair, counts: .connections, threshold: 30, within: .minutes(10),
            falsePositives: "copying file by file over SSH"),
        flows(
            "panther/brute-force-by-ip", "twenty connections to one SSH or RDP server in an hour",
            where: FlowCondition(ports: .only([22, 3_389]), isOpened: true),
            by: .pair, counts: .connections, threshold: 20, within: .hours(1), suppression: .hours(1),
            falsePositives: "an administrator's busy hour; anything that polls by SSH"),

        // Bytes.
        flows(
            // Entries below the least bytes do not count: in an hour they are less than 12 MiB, and the most by number.
            "sentinel/large-outbound-transfer", "more than 100 MiB on one connection in an hour",
            where: FlowCondition(isOpened: true, bytesAtLeast: 16 << 10),
            by: .connection, counts: .bytes, threshold: (100 << 20) + 1, within: .hours(1), suppression: .hours(1),
            falsePositives: "backups, images, video"),
    ]

    /// All of them: first the audit log's.
    public static let reference = ofAudit + ofFlows

    /// The two that are mocktail's own, for the two incidents of the bundled quickstart.
    public static let own = [port22, unauthorizedCalls]
}
