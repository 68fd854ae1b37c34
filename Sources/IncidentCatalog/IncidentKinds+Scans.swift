import Truth
import TailnetModel

// Looking around: scans and sweeps.
extension IncidentKinds {
    static let scans: [IncidentKind] = [
        .horizontalScan, .networkSweep, .verticalScan, .synScan, .slowScan, .deniedProbing,
    ]
}

extension IncidentKind {
    private static let discovery = [Stage("discovery", "T1046", "T1018")]

    static let horizontalScan = IncidentKind(
        "horizontal-scan", "One laptop tries one port on many addresses behind a subnet router.",
        story: """
            A laptop goes through the network behind a subnet router and opens a connection to port 445 of each \
            address. Most attempts are refused or get no answer; each still leaves an entry in the laptop's records. \
            Rules that count 25 destinations also fire on the quieter variants.
            """,
        attack: "400 addresses within three quarters of an hour.",
        over: "252 addresses: the published rule asks for 250.",
        under: "246 addresses.", lookalike: "246 addresses of an inventory tool that scans the same network.",
        stages: discovery,
        rules: [
            Rule("splunk/internal-horizontal-port-scan"),
            Rule("sentinel/mass-fan-out", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(node: .laptop, ownHosts: .lan),
        parameters: [IncidentParameter(.hosts, "addresses", attack: 400, over: 252, under: 246, lookalike: 246)],
        seconds: 2_700)

    static let networkSweep = IncidentKind(
        "network-sweep",
        "One laptop tries a few ports of remote access on a hundred addresses within minutes.",
        story: """
            A laptop tries the ports of SSH, SMB and Remote Desktop on many addresses behind a subnet router, within \
            minutes.
            """,
        attack: "150 addresses in eight minutes.", over: "102 addresses: the published rule asks for 100.",
        under: "97 addresses.", lookalike: "97 addresses of a patch tool that looks for hosts.",
        stages: discovery,
        rules: [
            Rule("elastic/network-sweep"),
            Rule("sentinel/mass-fan-out", on: [.attack, .over, .under, .lookalike]),
        ],
        cast: Cast(node: .laptop, ownHosts: .lan),
        parameters: [IncidentParameter(.hosts, "addresses", attack: 150, over: 102, under: 97, lookalike: 97)],
        seconds: 480)

    static let verticalScan = IncidentKind(
        "vertical-scan", "One laptop tries many ports of one server.",
        story: """
            A laptop opens a connection to one port of a server after another; ports that rules leave out do not \
            count. What the policy refuses is answered with a rejection.
            """,
        attack: "600 ports in eight minutes.", over: "11 ports: the published rule asks for 10.",
        under: "9 ports.", lookalike: "4 ports, of somebody who looks for the right one.",
        stages: discovery,
        rules: [
            Rule("panther/vpc-port-scan"), Rule("elastic/port-scan", on: [.attack]), Rule("sigma/network-scan-by-port"),
            Rule("splunk/internal-vertical-port-scan", on: [.attack]),
        ],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.ports, "ports", attack: 600, over: 11, under: 9, lookalike: 4)], seconds: 480)

    static let synScan = IncidentKind(
        "syn-scan", "One laptop sends a single packet to each of many ports of one server.",
        story: "A laptop runs a half-open scan: no connection is ever completed, so each entry holds a packet or two.",
        attack: "500 ports in eight minutes.", over: "252 ports: the published rule asks for 250.",
        under: "246 ports.", lookalike: "60 ports of a tool that looks for the services of its own host.",
        stages: discovery,
        rules: [
            Rule("elastic/syn-port-scan"), Rule("panther/vpc-port-scan", on: [.attack, .over, .under, .lookalike]),
            Rule("splunk/internal-vertical-port-scan", on: [.attack]),
        ],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [IncidentParameter(.ports, "ports", attack: 500, over: 252, under: 246, lookalike: 60)],
        seconds: 480
    )

    static let slowScan = IncidentKind(
        "slow-scan", "One laptop tries a refused port of one server every few minutes, for hours.",
        story: """
            A laptop tries Remote Desktop on one server after another, with minutes between two attempts, so that no \
            short window holds many. The policy refuses each attempt; the servers report the rejections.
            """,
        attack: "24 servers within six hours.", over: "12 servers: the published rule asks for more than 10.",
        under: "9 servers.", lookalike: "6 servers, of a colleague with an old list of hosts.",
        stages: discovery,
        rules: [Rule("sigma/network-scan-by-ip")],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.sessions, "attempts, one for each server", attack: 24, over: 12, under: 9, lookalike: 6)
        ],
        seconds: 21_600)

    static let deniedProbing = IncidentKind(
        "denied-probing", "One laptop tries many servers that the policy does not let it reach.",
        story: """
            A laptop tries ports of servers that the policy does not let it reach. The server's client sends a \
            rejection for each attempt, which its records show as TSMP without ports.
            """,
        attack: "60 attempts on 30 servers.", over: "12 servers: the published rule asks for more than 10.",
        under: "9 servers.", lookalike: "4 servers, of a program with a wrong address list.",
        stages: [Stage("discovery", "T1046", "T1078")], rules: [Rule("sigma/network-scan-by-ip")],
        cast: Cast(node: .laptop, targets: .servers),
        parameters: [
            IncidentParameter(.hosts, "servers", attack: 30, over: 12, under: 9, lookalike: 4),
            IncidentParameter(.sessions, "attempts", attack: 60, over: 12, under: 9, lookalike: 4),
        ], seconds: 900)
}
