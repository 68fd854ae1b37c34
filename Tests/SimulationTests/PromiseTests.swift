import Truth
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// The design's promises, on small tailnets of several seeds.
@Suite("Promises of the simulation")
struct PromiseTests {
    static let seeds = [1, 2, 3, 99]

    @Test("The same bytes with any number of threads", arguments: seeds)
    func threads(seed: Int) async throws {
        let world = try SmallTailnet(seed: seed, incidents: [SmallTailnet.spike]).world()
        let one = await lines(world)
        #expect(one.count > 1_000)
        #expect(await lines(world, threads: 2) == one)
        #expect(await lines(world, threads: 5) == one)
    }

    @Test("Any window holds exactly the whole run's records of that time", arguments: seeds)
    func seeking(seed: Int) async throws {
        let world = try SmallTailnet(seed: seed, incidents: [SmallTailnet.spike, SmallTailnet.calls]).world()
        let start = world.plan.span.start
        let windows = [
            TimeWindow(start: start + .minutes(33), end: start + .minutes(43)),
            TimeWindow(start: start + .seconds(1_801), end: start + .seconds(1_802)),
            TimeWindow(start: start, end: start + .minutes(1)),
            TimeWindow(start: start + .minutes(119), end: start + .minutes(120)),
        ]
        for log in LogKind.allCases {
            let whole = await lines(world, log)
            for window in windows {
                let wanted = whole.filter { window.contains(logged($0.text)) }
                #expect(await lines(world, log, window: window) == wanted)
            }
        }
    }

    @Test("Records are ordered by logged and lie in the window", arguments: seeds)
    func order(seed: Int) async throws {
        let world = try SmallTailnet(seed: seed).world()
        for log in LogKind.allCases {
            let times = await lines(world, log).map { logged($0.text) }
            #expect(times.count > 5)
            #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(times.allSatisfy(world.plan.span.contains))
        }
    }

    @Test("Truth is the difference to the run without incidents", arguments: seeds)
    func truthIsADifference(seed: Int) async throws {
        let world = try SmallTailnet(seed: seed, incidents: [SmallTailnet.spike, SmallTailnet.calls]).world()
        for log in LogKind.allCases {
            let with = await lines(world, log)
            let without = await lines(world, log, withIncidents: false)
            let common = Set(without.map(\.text))
            let labelled = with.filter { $0.effect != nil }
            #expect(labelled.count > 10)
            // What is not labelled is the same bytes in the same order.
            let altered = with.filter { $0.effect == .altered }.count
            let touched = Set(with.filter { $0.effect == .altered }.map { identity($0.text) })
            let rest = without.map(\.text).filter { !touched.contains(identity($0)) }
            #expect(with.filter { $0.effect == nil }.map(\.text) == rest)
            #expect(rest.count + altered == without.count)
            for line in labelled { #expect(!common.contains(line.text), "labelled, but the same without incidents") }
        }
    }

    @Test("Both ends log every flow, to the byte", arguments: seeds)
    func doubleEntry(seed: Int) async throws {
        let world = try SmallTailnet(seed: seed, duration: "1h").world()
        struct Key: Hashable {
            var proto: UInt8
            var src: String
            var dst: String
        }
        var totals: [Key: TrafficCounts] = [:]
        for flow in try await flows(world) {
            for entry in flow.virtualTraffic {
                totals[Key(proto: entry.proto, src: entry.src, dst: entry.dst), default: TrafficCounts()] +=
                    entry.counts
            }
        }
        // Flows that were open when the hour began or ended are cut by the window on `logged`: only those well inside.
        var checked = 0
        var partial = 0
        for (key, counts) in totals where key.proto == 6 && counts.rxPackets > 0 {
            guard let other = totals[Key(proto: 6, src: key.dst, dst: key.src)] else { continue }
            checked += 1
            let isWhole = other.txPackets == counts.rxPackets && other.rxPackets == counts.txPackets
            if isWhole {
                #expect(other.txBytes == counts.rxBytes)
                #expect(other.rxBytes == counts.txBytes)
            } else {
                partial += 1
            }
        }
        #expect(checked > 100)
        #expect(partial * 20 < checked, "\(partial) of \(checked) flows differ at their two ends")
    }

    @Test("A newcomer takes sessions over and moves none between others", arguments: seeds)
    func isolation(seed: Int) async throws {
        let before = SmallTailnet(seed: seed, duration: "1h")
        var after = before
        after.nodes = ["{name: zeta, tags: [tag:web], os: linux}"]
        after.users = ["{name: cleo, displayName: Cleo, timeZone: UTC}"]
        let old = Set(try await flows(before.world()).flatMap(\.entries))
        let newWorld = try after.world()
        let newcomer = try #require(newWorld.plan.nodes.first { $0.key == "zeta" })
        let addresses = [newcomer.ipv4.description + ":", "[\(newcomer.ipv6)]:"]
        var kept = 0
        for flow in try await flows(newWorld) where flow.nodeID != newcomer.stableID {
            for entry in flow.entries where !addresses.contains(where: { entry.dst.hasPrefix($0) }) {
                kept += 1
                #expect(old.contains(entry), "\(entry) is new between two old nodes")
            }
        }
        #expect(kept > 500)
    }

    @Test("Identities and addresses do not depend on who else is there")
    func identities() throws {
        let before = try SmallTailnet().plan()
        var tailnet = SmallTailnet()
        tailnet.nodes = ["{name: aaa, tags: [tag:db], os: linux}", "{name: zzz, user: ana, os: linux}"]
        let after = try tailnet.plan()
        for node in before.nodes {
            let same = try #require(after.nodes.first { $0.key == node.key })
            #expect(same == node)
        }
    }
}

extension FlowLog {
    /// The virtual entries with their windows: what must not change when somebody joins.
    fileprivate var entries: [WindowedEntry] {
        virtualTraffic.map { WindowedEntry(start: start, src: $0.src, dst: $0.dst, proto: $0.proto, counts: $0.counts) }
    }
}

private struct WindowedEntry: Hashable {
    var start: Instant
    var src: String
    var dst: String
    var proto: UInt8
    var counts: TrafficCounts
}

/// A record's `logged`, which is the first field of the object channel.
func logged(_ line: String) -> Instant {
    let rest = line.dropFirst("{\"logged\":\"".count)
    return Instant(rfc3339: rest.prefix { $0 != "\"" }) ?? Instant(nanoseconds: 0)
}

/// What names a record: node and start, or group and its place in it.
func identity(_ line: String) -> String {
    line.split(separator: ",").dropFirst().prefix(2).joined(separator: ",")
}
