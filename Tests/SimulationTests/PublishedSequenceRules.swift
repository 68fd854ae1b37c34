import SimTime
import TailnetModel

// Conditions over several records and the time between them, and those that no true record can meet.
extension PublishedRules {
    static let ofSequences: [String: Rule] = [
        // A token is made, and within half an hour its maker makes five changes or more through the API.
        "elastic/api-token-created-then-used": { evidence in
            let made = evidence.audit.filter {
                $0.action == "CREATE" && $0.target.type == "API_KEY" && $0.target.name != "Auth key"
            }
            return Set(
                made.filter { event in
                    evidence.audit.count { later in
                        let distance = seconds(later) - seconds(event)
                        return later.actor.id == event.actor.id && later.origin == "CONFIG_API" && distance > 0
                            && distance < 1_800
                    } >= 5
                }.map(\.eventGroupID))
        },
        // An account logs in to the console while it is logged in: no logout lies between, and less than ten minutes.
        "splunk/concurrent-sessions": { evidence in
            var loggedIn: [String: Int64] = [:]
            var hits: Set<String> = []
            let console = evidence.audit.filter { $0.target.type == "ADMIN_CONSOLE" }
                .sorted { seconds($0) < seconds($1) }
            for event in console {
                if event.action == "LOGIN" {
                    if let before = loggedIn[event.actor.id], seconds(event) - before < 600 {
                        hits.insert(event.actor.id)
                    }
                    loggedIn[event.actor.id] = seconds(event)
                } else if event.action == "LOGOUT" {
                    loggedIn[event.actor.id] = nil
                }
            }
            return hits
        },
        // In place of a trained model: changes at an hour of the day at which, and beside which, the user has done nothing
        // in the days before, by users who have done something.
        "elastic/rare-hour-for-user": { evidence in
            func hour(_ event: AuditEvent) -> Int64 { seconds(event) / 3_600 % 24 }
            func isUsers(_ event: AuditEvent) -> Bool { event.actor.type == "USER" && event.origin == "ADMIN_CONSOLE" }
            var usual: [String: Set<Int64>] = [:]
            for event in evidence.auditHistory where isUsers(event) {
                for near in [23, 24, 25] { usual[event.actor.id, default: []].insert((hour(event) + Int64(near)) % 24) }
            }
            return Set(
                evidence.audit.filter { event in
                    guard isUsers(event), let hours = usual[event.actor.id] else { return false }
                    return !hours.contains(hour(event))
                }.map(\.actor.id))
        },
        // Ten minutes in which nobody logs anything, as a pipeline's watchdog counts them.
        "tailscale2otel/no-flow-data": { evidence in
            let times = evidence.flows.compactMap(\.logged).map(\.nanoseconds).sorted()
            return Set(zip(times, times.dropFirst()).filter { $1 - $0 > 600_000_000_000 }.map { "\($0.0)" })
        },
        // The mean of what a destination sent back rises by more than 10,000 bytes from one minute to the next.
        "datadog/virtual-traffic-derivative": { evidence in
            var sums: [String: (bytes: UInt64, count: UInt64)] = [:]
            for flow in evidence.flows {
                let minute = flow.end.nanoseconds / 60_000_000_000
                for entry in flow.virtualTraffic {
                    let (bytes, count) = sums["\(entry.dst) \(minute)"] ?? (0, 0)
                    sums["\(entry.dst) \(minute)"] = (bytes + entry.counts.rxBytes, count + 1)
                }
            }
            return Set(
                sums.filter { key, sum in
                    let parts = key.split(separator: " ")
                    let before = sums["\(parts[0]) \((Int(parts[1]) ?? 0) - 1)"] ?? (0, 1)
                    return sum.bytes / sum.count > before.bytes / before.count + 10_000
                }.map(\.key))
        },
        // An hour with more SSH connections than the mean of the days before and two standard deviations.
        "splunk/traffic-spike": { evidence in
            func hours(_ flows: [FlowLog]) -> [Int64: Int] {
                var seen: [Int64: Set<String>] = [:]
                for connection in connections(flows) where connection.targetPort == 22 {
                    seen[connection.time / 3_600, default: []].insert(
                        "\(connection.source):\(connection.sourcePort) \(connection.target)")
                }
                return seen.mapValues(\.count)
            }
            let past = hours(evidence.history).values.map(Double.init)
            let count = 7.0 * 24
            let mean = past.reduce(0, +) / count
            let squares = past.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } + (count - Double(past.count)) * mean * mean
            let limit = mean + 2 * (squares / count).squareRoot()
            return Set(hours(evidence.flows).filter { Double($0.value) > limit }.map { "\($0.key)" })
        },
        "sigma/network-scan-by-port": { evidence in
            // The refusal itself has no port: it is the try without an answer that has one.
            var ports: [String: Set<String>] = [:]
            for flow in evidence.flows {
                for entry in flow.virtualTraffic
                where entry.proto == 6 && entry.counts.rxPackets == 0 && entry.counts.txPackets > 0 {
                    ports[address(entry.src), default: []].insert(port(entry.dst))
                }
            }
            return Set(ports.filter { $0.value.count > 10 }.map(\.key))
        },
    ]

    /// As published, word for word.
    static let dead: [String: Rule] = [
        "sentinel/beaconing": { evidence in
            var times: [String: [Int64]] = [:]
            for flow in evidence.flows {
                for entry in flow.virtualTraffic {
                    times["\(entry.src) \(entry.dst) \(entry.proto)", default: []]
                        .append((flow.logged?.nanoseconds ?? 0) / 1_000_000_000)
                }
            }
            return Set(times.filter { isEven($0.value) }.map(\.key))
        },
        "sentinel/mass-fan-out": { evidence in
            var targets: [String: Set<String>] = [:]
            for flow in evidence.flows {
                let bin = (flow.logged?.nanoseconds ?? 0) / 900_000_000_000
                for entry in flow.virtualTraffic where isRequest(entry) {
                    targets["\(flow.nodeID) \(entry.src) \(bin)", default: []].insert(entry.dst)
                }
            }
            return Set(targets.filter { $0.value.count >= 25 }.map(\.key))
        },
        "panther/inbound-port-blocklist": { evidence in
            let entries = evidence.flows.flatMap { $0.virtualTraffic + $0.subnetTraffic }
            return Set(
                entries.filter { entry in
                    ["22", "3389"].contains(port(entry.dst)) && isGlobal(address(entry.src))
                        && !isGlobal(address(entry.dst))
                }.map(\.src))
        },
        "datadog/tailnet-lock-disabled": { evidence in
            Set(
                evidence.audit.filter { $0.action == "DISABLE" && $0.target.property == "TAILNET_LOCK" }
                    .map(\.eventGroupID))
        },
        "sentinel/dns-modified": { evidence in
            Set(
                evidence.audit.filter { $0.action == "UPDATE" && $0.target.property == "DNS_NAMESERVERS" }
                    .map(\.eventGroupID))
        },
        "sentinel/auth-key-created": { evidence in
            Set(
                evidence.audit.filter { $0.action == "CREATE" && $0.target.type == "AUTH_KEY" }.map(\.eventGroupID))
        },
        "sentinel/exit-node-approved": { evidence in
            Set(
                evidence.audit.filter { event in
                    event.action.contains("EXIT") || (event.new ?? "").contains("\"advertisedExitNode\":true")
                }.map(\.eventGroupID))
        },
    ]

    /// Ten flows or more, and four in five of their distances the same, more than five seconds.
    private static func isEven(_ times: [Int64]) -> Bool {
        guard times.count >= 10 else { return false }
        let sorted = times.sorted()
        let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 5 }
        var counts: [Int64: Int] = [:]
        for gap in gaps { counts[gap, default: 0] += 1 }
        return (counts.values.max() ?? 0) * 5 >= (times.count - 1) * 4
    }

    /// The direction of the client's packets: its port is the greater one.
    private static func isRequest(_ entry: FlowCounts) -> Bool {
        (Int(port(entry.src)) ?? 0) > (Int(port(entry.dst)) ?? 0)
    }

    private static func port(_ end: String) -> String {
        String(end[(end.lastIndex(of: ":") ?? end.startIndex)...].dropFirst())
    }

    private static func isGlobal(_ address: String) -> Bool {
        guard !address.isEmpty, !address.hasPrefix("fd"), !address.hasPrefix("[fd") else { return false }
        let parts = address.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 4 else { return true }
        switch (parts[0], parts[1]) {
        case (10, _), (127, _), (192, 168), (172, 16...31), (100, 64...127): return false
        default: return true
        }
    }
}
