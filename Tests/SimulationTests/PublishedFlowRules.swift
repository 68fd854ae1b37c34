import SimTime
import TailnetModel

// Conditions over flow records. A connection is an entry with a source and a destination as `ip:port`.
extension PublishedRules {
    static let ofFlows: [String: Rule] = [
        // Grouped by address: by `ip:ephemeral-port`, as published, it can never count more than one.
        "sentinel/mass-fan-out": { scan($0, seconds: 900, by: { $0.source }, { $0.target }, atLeast: 25) },
        "splunk/internal-horizontal-port-scan": {
            scan($0, seconds: 3_600, by: { "\($0.source) \($0.targetPort)" }, { $0.target }, atLeast: 250)
        },
        "splunk/internal-vertical-port-scan": { evidence in
            scan(evidence, seconds: 3_600, by: { "\($0.source) \($0.target)" }, { "\($0.targetPort)" }, atLeast: 500)
                .intersection(
                    scan(
                        evidence, seconds: 3_600, by: { "\($0.source) \($0.target)" },
                        { $0.targetPort < 1_024 ? "\($0.targetPort)" : "" }, atLeast: 20))
        },
        "elastic/network-sweep": { evidence in
            let ports: Set<Int> = [21, 22, 23, 25, 139, 445, 3_389, 5_985, 5_986]
            return scan(
                evidence, seconds: 540, by: { $0.source }, { ports.contains($0.targetPort) ? $0.target : "" },
                atLeast: 100)
        },
        "elastic/port-scan": {
            scan($0, seconds: 60, by: { "\($0.source) \($0.target)" }, { "\($0.targetPort)" }, atLeast: 50)
        },
        "elastic/syn-port-scan": {
            scan(
                $0, seconds: 540, by: { "\($0.source) \($0.target)" },
                { $0.packets <= 2 ? "\($0.targetPort)" : "" }, atLeast: 250)
        },
        "panther/vpc-port-scan": { evidence in
            let usual: Set<Int> = [80, 123, 443, 445, 53, 853, 2_049]
            return scan(
                evidence, seconds: 3_600, by: { "\($0.source) \($0.target)" },
                { usual.contains($0.targetPort) ? "" : "\($0.targetPort)" }, atLeast: 10)
        },
        // Refusals: TSMP notices whose source is the node that refused.
        "sigma/network-scan-by-ip": { evidence in
            var refusers: [String: Set<String>] = [:]
            for flow in evidence.flows {
                for entry in flow.virtualTraffic where entry.proto == 99 {
                    refusers[entry.dst, default: []].insert(entry.src)
                }
            }
            return Set(refusers.filter { $0.value.count > 10 }.map(\.key))
        },
        "mocktail/port-22-spike": {
            scan(
                $0, seconds: 300, by: { $0.source },
                { $0.targetPort == 22 ? "\($0.sourcePort) \($0.target)" : "" }, atLeast: 21)
        },
        "sigma/brute-force": {
            scan(
                $0, seconds: 600, by: { "\($0.source) \($0.target) \($0.targetPort)" },
                { [22, 3_389].contains($0.targetPort) ? "\($0.sourcePort)" : "" }, atLeast: 30)
        },
        "panther/brute-force-by-ip": {
            scan(
                $0, seconds: 3_600, by: { "\($0.source) \($0.target) \($0.targetPort)" },
                { [22, 3_389].contains($0.targetPort) ? "\($0.sourcePort)" : "" }, atLeast: 20)
        },
        "sentinel/large-outbound-transfer": { evidence in
            var bytes: [String: UInt64] = [:]
            for connection in connections(evidence.flows) {
                let hour = connection.time / 3_600
                bytes[
                    "\(connection.source):\(connection.sourcePort) \(connection.target):\(connection.targetPort) \(hour)",
                    default: 0] += connection.bytes
            }
            return Set(bytes.filter { $0.value > 100 << 20 }.map(\.key))
        },
        // Plain form: more than 512 MiB to or from one peer in six hours.
        "elastic/high-sent-bytes": { evidence in
            var bytes: [String: UInt64] = [:]
            for connection in connections(evidence.flows) {
                bytes["\(connection.source) \(connection.target)", default: 0] += connection.bytes
            }
            return Set(bytes.filter { $0.value > 512 << 20 }.map(\.key))
        },
        "panther/unapproved-outbound-dns": { evidence in
            Set(connections(evidence.flows).filter { $0.targetPort == 53 }.map { "\($0.source) \($0.target)" })
        },
        "sentinel/new-pairs": { evidence in
            func pairs(_ flows: [FlowLog]) -> Set<String> {
                Set(connections(flows).map { "\($0.source) \($0.target) \($0.targetPort)" })
            }
            return pairs(evidence.flows).subtracting(pairs(evidence.history))
        },
        // Ten or more calls whose distances are nearly the same, by `start`: by `logged`, as published, the log service's own
        // delays hide the rhythm.
        "elastic/beaconing": { evidence in
            var times: [String: [Int64]] = [:]
            var seen: Set<String> = []
            for connection in connections(evidence.flows) {
                let pair = "\(connection.source) \(connection.target) \(connection.targetPort)"
                if seen.insert("\(pair) \(connection.sourcePort)").inserted {
                    times[pair, default: []].append(connection.time)
                }
            }
            return Set(
                times.filter { _, times in
                    guard times.count >= 10 else { return false }
                    let sorted = times.sorted()
                    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.sorted()
                    let middle = gaps[gaps.count / 2]
                    let alike = gaps.count { abs($0 - middle) <= 11 }
                    return middle > 20 && alike * 10 >= gaps.count * 8
                }.map(\.key))
        },
        "sentinel/derp-relay-surge": { evidence in
            var relayed: [String: Set<String>] = [:]
            var all: [String: Set<String>] = [:]
            for flow in evidence.flows {
                let bin = "\(flow.nodeID) \(flow.end.nanoseconds / 900_000_000_000)"
                for (index, entry) in flow.physicalTraffic.enumerated() {
                    let name = "\(flow.start.nanoseconds) \(index)"
                    all[bin, default: []].insert(name)
                    if entry.dst.hasPrefix("127.3.3.40:") { relayed[bin, default: []].insert(name) }
                }
            }
            return Set(
                relayed.filter { bin, flows in
                    let total = all[bin]?.count ?? 0
                    return total >= 20 && flows.count * 4 > total * 3
                }.map(\.key))
        },
        "sentinel/unexpected-exit-node-egress": { evidence in
            func egress(_ flows: [FlowLog]) -> Set<String> {
                Set(
                    flows.flatMap { flow in
                        flow.exitTraffic.filter { !$0.dst.isEmpty && !$0.src.isEmpty }.map { entry in
                            "\(flow.nodeID) \(address(entry.src)) \(address(entry.dst))"
                        }
                    })
            }
            return egress(evidence.flows).subtracting(egress(evidence.history))
        },
        "sentinel/subnet-router-throughput": { evidence in
            func hours(_ flows: [FlowLog]) -> [String: UInt64] {
                var sums: [String: UInt64] = [:]
                for flow in flows {
                    let bytes = flow.subnetTraffic.reduce(0) { $0 + $1.counts.txBytes + $1.counts.rxBytes }
                    if bytes > 0 {
                        sums["\(flow.nodeID) \(flow.end.nanoseconds / 3_600_000_000_000)", default: 0] += bytes
                    }
                }
                return sums
            }
            var means: [String: UInt64] = [:]
            for (key, bytes) in hours(evidence.history) { means[node(key), default: 0] += bytes / (7 * 24) }
            // Without a past there is no mean: a node that never carried any is left out, as published.
            return Set(
                hours(evidence.flows).filter { key, bytes in means[node(key)].map { bytes > 3 * $0 } ?? false }.map(
                    \.key))
        },
        "tailscale2otel/flow-reporter-mismatch": { evidence in
            // Both sides report a TCP connection between nodes that log.
            var reported: [String: Set<String>] = [:]
            let reporters = Set(evidence.flows.compactMap { $0.srcNode?.addresses.first })
            for flow in evidence.flows {
                for entry in flow.virtualTraffic where entry.proto == 6 && entry.counts.rxBytes > 0 {
                    let ends = [entry.src, entry.dst].sorted().joined(separator: " ")
                    reported[ends, default: []].insert(flow.nodeID)
                }
            }
            return Set(
                reported.filter { ends, nodes in
                    nodes.count == 1
                        && ends.split(separator: " ").allSatisfy { reporters.contains(address(String($0))) }
                }.map(\.key))
        },
        // A node's public endpoint and, within the hour, another one.
        "panther/impossible-travel": { evidence in
            var endpoints: [String: Set<String>] = [:]
            for flow in evidence.flows {
                for entry in flow.physicalTraffic where !entry.dst.hasPrefix("127.3.3.40:") {
                    let target = address(entry.dst)
                    guard !target.hasPrefix("10."), !target.hasPrefix("192.168."), !target.contains("::") else {
                        continue
                    }
                    endpoints[address(entry.src), default: []].insert(target)
                }
            }
            return Set(endpoints.filter { $0.value.filter { !$0.contains(":") }.count >= 2 }.map(\.key))
        },
    ]

    /// A connection that a record's reporter opened, or that somebody opened to it.
    struct Connection {
        var source: String
        var sourcePort: Int
        var target: String
        var targetPort: Int
        var time: Int64
        var bytes: UInt64
        var packets: UInt64
    }

    /// Who opens is the end with the larger port.
    static func connections(_ flows: [FlowLog]) -> [Connection] {
        flows.flatMap { flow in
            (flow.virtualTraffic + flow.subnetTraffic).compactMap { entry -> Connection? in
                guard entry.proto == 6 || entry.proto == 17 else { return nil }
                let (left, right) = (split(entry.src), split(entry.dst))
                guard let left, let right else { return nil }
                let (from, to) = left.port >= right.port ? (left, right) : (right, left)
                // Each connection once: as its source reports it, or the router of a source without Tailscale.
                guard left.port >= right.port else { return nil }
                return Connection(
                    source: from.address, sourcePort: from.port, target: to.address, targetPort: to.port,
                    time: flow.start.nanoseconds / 1_000_000_000,
                    bytes: entry.counts.txBytes + entry.counts.rxBytes,
                    packets: entry.counts.txPackets)
            }
        }
    }

    private static func scan(
        _ evidence: Evidence, seconds: Int64, by group: (Connection) -> String, _ value: (Connection) -> String,
        atLeast limit: Int
    ) -> Set<String> {
        // A window slides over the connections of a group; what has no name does not count.
        var groups: [String: [(time: Int64, value: String)]] = [:]
        for connection in connections(evidence.flows) {
            let name = value(connection)
            if !name.isEmpty { groups[group(connection), default: []].append((connection.time, name)) }
        }
        return Set(
            groups.filter { _, items in
                let sorted = items.sorted { $0.time < $1.time }
                var counts: [String: Int] = [:]
                var first = 0
                for item in sorted {
                    counts[item.value, default: 0] += 1
                    while sorted[first].time <= item.time - seconds {
                        counts[sorted[first].value, default: 1] -= 1
                        if counts[sorted[first].value] == 0 { counts[sorted[first].value] = nil }
                        first += 1
                    }
                    if counts.count >= limit { return true }
                }
                return false
            }.map(\.key))
    }

    private static func node(_ key: String) -> String { String(key.split(separator: " ")[0]) }

    static func address(_ end: String) -> String { split(end)?.address ?? end }

    private static func split(_ end: String) -> (address: String, port: Int)? {
        guard let colon = end.lastIndex(of: ":"), let port = Int(end[end.index(after: colon)...]) else { return nil }
        return (String(end[..<colon]), port)
    }
}
