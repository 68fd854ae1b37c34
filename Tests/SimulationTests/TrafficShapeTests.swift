import Truth
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// What unusual nodes and places leave in the log.
@Suite("Shapes of traffic")
struct TrafficShapeTests {
    /// A tailnet with two sites, an exit node and all kinds of clients.
    private struct Sites {
        var settings = ""
        var nodes: [String] = []
        var traffic: [String]
        var incidents: [String] = []
        var duration = "1h"

        func world() throws -> World {
            let list = { (items: [String]) in items.map { "  - " + $0 }.joined(separator: "\n") }
            let yaml = """
                # Two sites.
                mocktail: 1
                name: sites
                seed: 5
                clock: {start: 2026-03-03T09:00:00Z, duration: \(duration)}
                tailnet:
                  organization: example.com
                  policy: policy.hujson
                \(settings)
                users:
                  - {name: ana, role: owner, timeZone: UTC, hours: 07:00-19:00}
                nodes:
                  - {name: laptop, user: ana, os: linux, role: server, exitNode: gate}
                  - {name: web, tags: [tag:web], os: linux}
                  - {name: gate, tags: [tag:web], os: linux, advertisedRoutes: [0.0.0.0/0, "::/0"]}
                  - {name: left, tags: [tag:web], os: linux, advertisedRoutes: [10.1.0.0/24]}
                  - {name: right, tags: [tag:web], os: linux, advertisedRoutes: [10.2.0.0/24]}
                \(list(nodes))
                lans:
                  - {name: left, prefix: 10.1.0.0/24, hosts: 3}
                  - {name: right, prefix: 10.2.0.0/24, hosts: 3}
                traffic:
                \(list(traffic))
                \(incidents.isEmpty ? "" : "anomalies:\n" + list(incidents))
                """
            let policy = """
                {"tagOwners": {"tag:web": ["ana@example.com"]},
                 "acls": [{"action": "accept", "src": ["*"], "dst": ["*:22,80,443", "autogroup:internet:443"]}]}
                """
            return try World(
                plan: Scenario.decode(yaml, file: "sites.yaml", files: MemoryFiles(texts: ["policy.hujson": policy])))
        }
    }

    private func node(_ world: World, _ name: String) throws -> Node {
        try #require(world.plan.nodes.first { $0.key == name })
    }

    @Test("Client and subnet router both log a LAN host's traffic, each from its side")
    func subnets() async throws {
        let world = try Sites(traffic: [
            "{name: print, profile: web, from: [laptop], to: [lan:left], sessionsPerHour: 60, schedule: always}",
            "{name: refused, profile: web, ports: [8080], from: [laptop], to: [lan:left], sessionsPerHour: 60, schedule: always}",
        ]).world()
        let laptop = try node(world, "laptop")
        let router = try node(world, "left")
        let all = try await flows(world)
        let mine = all.filter { $0.nodeID == laptop.stableID }
        let theirs = all.filter { $0.nodeID == router.stableID }
        let open = mine.flatMap(\.subnetTraffic).filter { $0.dst.hasSuffix(":443") }
        #expect(
            open.count > 20 && open.allSatisfy { $0.src.hasPrefix("\(laptop.ipv4):") && $0.dst.hasPrefix("10.1.0.") })
        let answers = theirs.flatMap(\.subnetTraffic).filter { $0.src.hasSuffix(":443") }
        #expect(answers.count > 20 && answers.allSatisfy { $0.dst.hasPrefix("\(laptop.ipv4):") })
        // The router refuses in the name of the host.
        let notices = theirs.flatMap(\.subnetTraffic).filter { $0.proto == 99 }
        #expect(notices.count > 5)
        #expect(
            notices.allSatisfy { $0.src.hasPrefix("10.1.0.") && $0.src.hasSuffix(":0") && $0.counts.rxPackets == 0 })
        // Each knows the other by the path below.
        #expect(mine.allSatisfy { $0.dstNodes.map(\.nodeID) == [router.stableID] })
    }

    @Test("Exit traffic keeps nothing but its own side, unless destinations are logged", arguments: [false, true])
    func exits(logsDestinations: Bool) async throws {
        let world = try Sites(
            settings: "  settings: {logExitFlowsOn: \(logsDestinations)}",
            traffic: [
                "{name: surf, profile: web, from: [laptop], to: [internet], sessionsPerHour: 120, schedule: always}"
            ]
        ).world()
        let laptop = try node(world, "laptop")
        let all = try await flows(world)
        let mine = all.filter { $0.nodeID == laptop.stableID }.filter { !$0.exitTraffic.isEmpty }
        let theirs = all.filter { $0.nodeID != laptop.stableID }.filter { !$0.exitTraffic.isEmpty }
        #expect(mine.count > 20 && theirs.count > 20)
        for flow in mine {
            if logsDestinations {
                #expect(
                    flow.exitTraffic.allSatisfy { $0.proto == 6 && $0.dst.hasSuffix(":443") && $0.src.contains(":") })
            } else {
                #expect(flow.exitTraffic.count == 1)
                #expect(flow.exitTraffic.allSatisfy { $0.proto == 0 && $0.dst.isEmpty && $0.src == "\(laptop.ipv4):0" })
            }
        }
        for flow in theirs where !logsDestinations {
            #expect(flow.exitTraffic.allSatisfy { $0.proto == 0 && $0.src.isEmpty && $0.dst == "\(laptop.ipv4):0" })
        }
    }

    @Test("Neither end of traffic between two networks is known; an address that nobody has leaves no peer")
    func strangers() async throws {
        let world = try Sites(traffic: [
            "{name: sites, profile: web, from: [lan:left], to: [lan:right], sessionsPerHour: 60, schedule: always}",
            "{name: stale, profile: web, from: [web], to: [gone:old-db], sessionsPerHour: 60, schedule: always}",
        ]).world()
        let web = try node(world, "web")
        let all = try await flows(world)
        let stale = all.filter { $0.nodeID == web.stableID }
        #expect(stale.count > 20)
        for flow in stale {
            #expect(flow.dstNodes.isEmpty && flow.physicalTraffic.isEmpty && flow.exitTraffic.count == 1)
            #expect(flow.exitTraffic[0].src == "\(web.ipv4):0" && flow.exitTraffic[0].counts.rxPackets == 0)
        }
        let routers = all.filter { $0.nodeID != web.stableID }
        #expect(routers.count > 40)
        for flow in routers {
            #expect(flow.exitTraffic.allSatisfy { $0.src.isEmpty && $0.dst.isEmpty && $0.proto == 0 })
            #expect(flow.dstNodes.count == 1)
        }
    }

    @Test("What a client's own stack takes is not counted, and its peer counts both ways")
    func netstack() async throws {
        let world = try Sites(
            nodes: [
                "{name: shell, tags: [tag:web], os: linux, tailscaleSSH: true}",
                "{name: pod, tags: [tag:web], os: linux, userspace: true}",
            ],
            traffic: [
                "{name: shells, profile: ssh, from: [laptop], to: [shell], sessionsPerHour: 40, schedule: always}",
                "{name: pods, profile: web, from: [laptop], to: [shell, pod], sessionsPerHour: 80, schedule: always}",
            ]
        ).world()
        let shell = try node(world, "shell")
        let pod = try node(world, "pod")
        var counted: [String: TrafficCounts] = [:]
        var below: UInt64 = 0
        for flow in try await flows(world) {
            for entry in flow.virtualTraffic {
                let server = entry.src.hasSuffix(":22") || entry.src.hasSuffix(":443") ? "server" : "client"
                let port = entry.src.hasSuffix(":22") || entry.dst.hasSuffix(":22") ? "22" : "443"
                let who = entry.src.contains("\(pod.ipv4)") || entry.dst.contains("\(pod.ipv4)") ? "pod" : "shell"
                counted["\(who) \(port) \(server)", default: TrafficCounts()] += entry.counts
            }
            if flow.nodeID == shell.stableID {
                below += flow.physicalTraffic.reduce(0) { $0 + $1.counts.rxPackets }
            }
        }
        #expect(below > 100, "what is not counted arrives all the same")
        #expect(try #require(counted["shell 22 server"]).rxPackets == 0)
        #expect(try #require(counted["shell 22 client"]).rxPackets > 0)
        #expect(try #require(counted["shell 443 server"]).rxPackets > 0)
        #expect(try #require(counted["pod 443 server"]).rxPackets == 0)
        #expect(try #require(counted["pod 443 client"]).rxPackets > 0)
    }

    @Test("Clients that do not log leave one side; those before 1.92 name no nodes")
    func oldClients() async throws {
        let world = try Sites(
            nodes: [
                "{name: silent, tags: [tag:web], os: linux, clientVersion: 1.20.1}",
                "{name: nameless, tags: [tag:web], os: linux, clientVersion: 1.56.1}",
                "{name: guest, os: linux, sharedBy: zoe@example.net, sharedFrom: tail77aa}",
            ],
            traffic: [
                "{name: all, profile: web, from: [laptop], to: [silent, nameless, guest], sessionsPerHour: 200, schedule: always}"
            ]
        ).world()
        let reporters = Set(try await flows(world).map(\.nodeID))
        #expect(reporters == Set([try node(world, "laptop").stableID, try node(world, "nameless").stableID]))
        for flow in try await flows(world) where flow.nodeID == (try node(world, "nameless").stableID) {
            #expect(flow.srcNode == nil && flow.dstNodes.isEmpty)
        }
        let guests = try await flows(world).flatMap(\.dstNodes).filter { $0.name.hasPrefix("guest.") }
        #expect(!guests.isEmpty)
        #expect(guests.allSatisfy { $0.name == "guest.tail77aa.ts.net" && $0.user == "zoe@example.net" })
    }

    /// Two nodes with windows that are too large for one record.
    private func crowded() throws -> World {
        try Sites(
            nodes: ["{name: probe, tags: [tag:web], os: linux}"],
            traffic: (1...8).map {
                "{name: probes \($0), profile: web, from: [probe], to: [web], sessionsPerHour: 100000, schedule: always}"
            },
            incidents: [
                "{id: flood, kind: port-22-spike, at: +90s, duration: 20s, node: laptop, sessions: 9000, targets: [web]}",
                "{id: more, kind: port-22-spike, at: +60s, duration: 20s, node: probe, sessions: 4000, targets: [web]}",
            ], duration: "3m"
        ).world()
    }

    @Test("A window with too many connections is cut into records that follow each other, with or without incidents")
    func crowds() async throws {
        let world = try crowded()
        let probe = try node(world, "probe").stableID
        let laptop = try node(world, "laptop").stableID
        let all = try await flows(world).sorted { ($0.nodeID, $0.start) < ($1.nodeID, $1.start) }
        for id in [probe, laptop] {
            let pieces = all.filter { $0.nodeID == id }
            let short = pieces.filter { $0.end - $0.start < .seconds(4) }
            #expect(short.count > 3, "no window was cut")
            for (left, right) in zip(pieces, pieces.dropFirst()) {
                #expect(left.end <= right.start && right.start - left.start >= .milliseconds(1))
            }
        }
        for flow in all {
            let entries = flow.virtualTraffic.count + flow.physicalTraffic.count
            #expect(219 + 247 * entries <= 262_144, "a record of \(entries) entries")
        }
        let with = await lines(world)
        let without = await lines(world, withIncidents: false)
        let touched = Set(with.filter { $0.effect == .altered }.map { identity($0.text) })
        let rest = without.map(\.text).filter { !touched.contains(identity($0)) }
        #expect(with.filter { $0.effect == nil }.map(\.text) == rest)
        #expect(rest.count + touched.count == without.count)
        #expect(await lines(world, threads: 2) == with)
    }

    @Test("Where crowded windows are hidden in part, labels say so piece by piece")
    func hiddenCrowds() async throws {
        let plan = try crowded().plan
        let start = plan.span.start
        let index = { (key: String) in plan.nodes.firstIndex { $0.key == key } }
        let world = try World(
            plan: plan,
            suppressions: [
                RecordSuppression(
                    node: index("probe"), window: TimeWindow(start: start + .seconds(66), end: start + .seconds(72)),
                    incident: 0),
                RecordSuppression(
                    node: index("laptop"), window: TimeWindow(start: start + .seconds(99), end: start + .seconds(101)),
                    incident: 1),
                RecordSuppression(
                    node: index("probe"), window: TimeWindow(start: start + .seconds(100), end: start + .seconds(120)),
                    peer: index("web"), incident: 1),
            ])
        let with = await LabelledLog(world, threads: 2)
        let without = await LabelledLog(world, withIncidents: false).lines
        let altered = Set(with.labels.filter { $0.value.effect == .altered }.map { identity(with.lines[$0.key]) })
        let missing = Set(with.missing.map { String(decoding: $0.text, as: UTF8.self) })
        #expect(!missing.isEmpty && !altered.isEmpty)
        let rest = without.filter { !altered.contains(identity($0)) && !missing.contains($0) }
        #expect(with.lines.indices.filter { with.labels[$0] == nil }.map { with.lines[$0] } == rest)
        #expect(rest.count + altered.count + missing.count == without.count)
        let old = Set(without)
        #expect(missing.isSubset(of: old))
        #expect(with.labels.keys.allSatisfy { !old.contains(with.lines[$0]) })
        #expect((with.labels.values + with.missing.map(\.label)).allSatisfy { !$0.incidents.isEmpty })
    }

    @Test("Machines sleep and uploads stall: long windows, and records that are logged together")
    func disturbances() async throws {
        var tailnet = SmallTailnet(seed: 3, duration: "10h")
        tailnet.nodes = ["{name: more, count: 20, tags: [tag:web], os: linux}"]
        tailnet.traffic = [
            "{name: more, profile: web, from: [autogroup:member], to: [tag:web], sessionsPerHour: 400}",
            "{name: busy, profile: database, from: [more], to: [db], sessionsPerHour: 300, schedule: always}",
        ]
        let all = try await flows(tailnet.world()).sorted { ($0.nodeID, $0.start) < ($1.nodeID, $1.start) }
        let long = all.filter { $0.end - $0.start > .seconds(20) }
        #expect(!long.isEmpty && long.allSatisfy { $0.end - $0.start <= .seconds(900) })
        for (left, right) in zip(all, all.dropFirst()) where left.nodeID == right.nodeID {
            #expect(left.end <= right.start)
        }
        let late = all.filter { ($0.logged ?? $0.end) - $0.end > .seconds(10) }
        #expect(!late.isEmpty && late.allSatisfy { ($0.logged ?? $0.end) - $0.end <= .seconds(900) })
        let together = zip(late, late.dropFirst()).filter { left, right in
            guard left.nodeID == right.nodeID, let first = left.logged, let second = right.logged else { return false }
            return first < second && second - first < .nanoseconds(200)
        }
        #expect(!together.isEmpty)
    }
}
