import Truth
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TailnetPolicy
import Testing

/// The design's promises on tailnets that are put together at random, with all that a scenario may hold.
@Suite("Promises on random tailnets")
struct RandomPromiseTests {
    @Test("Any number of threads and any window give the same bytes", arguments: RandomTailnet.seeds)
    func sameBytes(seed: Int) async throws {
        var tailnet = RandomTailnet(seed: seed)
        tailnet.incidents = [RandomTailnet.spike]
        let world = try tailnet.world()
        let whole = await lines(world)
        #expect(whole.count > 300)
        #expect(await lines(world, threads: 3) == whole)
        let start = world.plan.span.start + .minutes(Int64(7 * seed % 50)) + .nanoseconds(Int64(seed) * 123_456_789)
        for window in [
            TimeWindow(start: start, end: start + .minutes(6)), TimeWindow(start: start, end: start + .seconds(1)),
        ] {
            #expect(await lines(world, window: window) == whole.filter { window.contains(logged($0.text)) })
        }
    }

    @Test("Records are strictly what the real service writes", arguments: RandomTailnet.seeds)
    func strict(seed: Int) async throws {
        for line in await lines(try RandomTailnet(seed: seed).world()) {
            let flow = try FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict)
            for kind in TrafficClass.allCases {
                for entry in flow[kind] { #expect(!entry.counts.isZero) }
                #expect(Set(flow[kind].map { "\($0.proto) \($0.src) \($0.dst)" }).count == flow[kind].count)
            }
            #expect(Set(flow.dstNodes.map(\.nodeID)).count == flow.dstNodes.count)
            #expect(!flow.dstNodes.contains { $0.nodeID == flow.nodeID })
        }
    }

    @Test("Truth is the difference to the run without incidents", arguments: RandomTailnet.seeds)
    func truth(seed: Int) async throws {
        var tailnet = RandomTailnet(seed: seed)
        tailnet.incidents = [RandomTailnet.spike]
        let world = try tailnet.world()
        let with = await lines(world)
        let without = await lines(world, withIncidents: false)
        let touched = Set(with.filter { $0.effect == .altered }.map { identity($0.text) })
        #expect(with.contains { $0.effect == .added })
        let rest = without.map(\.text).filter { !touched.contains(identity($0)) }
        #expect(with.filter { $0.effect == nil }.map(\.text) == rest)
        #expect(rest.count + touched.count == without.count)
        let old = Set(without.map(\.text))
        #expect(with.filter { $0.effect != nil }.allSatisfy { !old.contains($0.text) })
    }

    @Test("Both ends log every flow to the byte, but for those that cannot", arguments: RandomTailnet.seeds)
    func doubleEntry(seed: Int) async throws {
        let world = try RandomTailnet(seed: seed).world()
        let span = world.plan.span
        // Who does not log, or does not count what it receives.
        let silent = world.plan.nodes.filter { !$0.logsFlows || $0.isUserspace || $0.sharer != nil }
        let addresses = silent.flatMap { [$0.ipv4.description + ":", "[\($0.ipv6)]:"] }
        let shell = world.plan.nodes.filter(\.runsSSH).flatMap { ["\($0.ipv4):22", "[\($0.ipv6)]:22"] }
        var totals: [String: TrafficCounts] = [:]
        var edges: Set<String> = []
        for flow in try await flows(world) {
            for entry in flow.virtualTraffic + flow.subnetTraffic where entry.proto == 6 {
                totals["\(entry.src) \(entry.dst)", default: TrafficCounts()] += entry.counts
                // What is open at the run's ends is cut by the window on `logged`.
                if flow.start < span.start + .minutes(1) || flow.end > span.end - .minutes(16) {
                    edges.formUnion(["\(entry.src) \(entry.dst)", "\(entry.dst) \(entry.src)"])
                }
            }
        }
        var checked = 0
        for (key, counts) in totals where !edges.contains(key) && counts.rxPackets > 0 && counts.txPackets > 0 {
            let ends = key.split(separator: " ").map(String.init)
            if ends.contains(where: { end in addresses.contains { end.hasPrefix($0) } || shell.contains(end) }) {
                continue
            }
            checked += 1
            let other = try #require(totals["\(ends[1]) \(ends[0])"], "\(key) has no other side")
            #expect(
                other.txPackets == counts.rxPackets && other.rxPackets == counts.txPackets
                    && other.txBytes == counts.rxBytes && other.rxBytes == counts.txBytes,
                "\(key): \(counts) and \(other)")
        }
        #expect(checked > 30)
    }

    @Test("No connection is open that no policy of its time lets begin", arguments: RandomTailnet.seeds)
    func policy(seed: Int) async throws {
        let world = try RandomTailnet(seed: seed).world()
        let topology = PolicyTopology(tailnet: world.plan.tailnet, users: world.plan.users, nodes: world.plan.nodes)
        let policies = try [RandomTailnet.policy, RandomTailnet.later].map { text in
            CompiledPolicy(file: try #require(PolicyFile.parse(text).valid), topology: topology)
        }
        let edit = try #require(world.plan.policies.last?.since)
        let shared = world.plan.nodes.filter { $0.sharer != nil }.flatMap { ["\($0.ipv4)", "\($0.ipv6)"] }
        var checked = 0
        for flow in try await flows(world) {
            for entry in flow.virtualTraffic + flow.subnetTraffic where entry.proto == 6 || entry.proto == 17 {
                guard entry.counts.txPackets > 0, entry.counts.rxPackets > 0 else { continue }
                let from = try #require(Side(entry.src))
                let to = try #require(Side(entry.dst))
                // Whose port is a server's, opened nothing.
                let (client, server) = from.port > to.port ? (from, to) : (to, from)
                if shared.contains(server.address.description) { continue }
                // What began before the edit goes on after it.
                let inForce = flow.end < edit ? policies.prefix(1) : policies.prefix(2)
                checked += 1
                #expect(
                    inForce.contains {
                        $0.verdict(from: client.address, to: server.address, proto: entry.proto, port: server.port)
                            .isAllowed
                    }, "\(entry.src) \(entry.dst) at \(flow.start.rfc3339)")
            }
        }
        #expect(checked > 100)
    }

    @Test(
        "Who joins takes sessions over and moves none between others",
        arguments: RandomTailnet.seeds, ["node", "user", "pattern"])
    func isolation(seed: Int, newcomer: String) async throws {
        let before = RandomTailnet(seed: seed)
        var after = before
        switch newcomer {
        case "node": after.nodes = ["{name: zeta, tags: [tag:web], os: linux}"]
        case "user":
            after.users = ["{name: yan, timeZone: UTC}"]
            after.nodes = ["{name: zeta, user: yan, os: linux}"]
        default:
            after.nodes = ["{name: zeta, tags: [tag:web], os: linux}"]
            after.traffic = ["{name: extra, profile: web, from: [zeta], to: [tag:db], sessionsPerHour: 60}"]
        }
        let old = Set(try await flows(before.world()).flatMap(\.windowedEntries))
        let world = try after.world()
        let zeta = try #require(world.plan.nodes.first { $0.key == "zeta" })
        var kept = 0
        for flow in try await flows(world) where flow.nodeID != zeta.stableID {
            for entry in flow.windowedEntries
            where !entry.contains("\(zeta.ipv4):") && !entry.contains("[\(zeta.ipv6)]:") {
                kept += 1
                #expect(old.contains(entry), "\(entry) is new between two old ones")
            }
        }
        #expect(kept > 300)
    }

    /// One end of an entry.
    private struct Side {
        var address: IPAddress
        var port: UInt16

        init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
                return nil
            }
            let host = text[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
            guard let address = IPAddress(String(host)) else { return nil }
            self.address = address
            self.port = port
        }
    }
}

extension FlowLog {
    /// The virtual and subnet entries with their windows, as text: what must not change when somebody joins.
    fileprivate var windowedEntries: [String] {
        (virtualTraffic + subnetTraffic).map { entry in
            "\(nodeID) \(start.rfc3339) \(entry.proto) \(entry.src) \(entry.dst) \(entry.counts)"
        }
    }
}
