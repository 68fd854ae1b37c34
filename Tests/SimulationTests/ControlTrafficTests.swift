import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// A run and its flow logs.
private struct Run {
    var plan: Plan
    var flows: [FlowLog]
}

/// A small tailnet with explicit changes.
///
/// Not inlined: Swift 6.3 crashes where an optimized asynchronous test takes it in.
@inline(never)
private func configured(_ events: [String]) throws -> World {
    var tailnet = SmallTailnet(seed: 3, duration: "2h")
    tailnet.events = events
    return try tailnet.world()
}

@Suite("The configuration acts on the traffic")
struct ControlTrafficTests {
    @Test("Nobody writes flow logs while flow logging is off")
    func logging() async throws {
        let world = try configured(Self.logging)
        let all = try await flows(world)
        check(Run(plan: world.plan, flows: all))
    }

    private static let logging = [
        "{at: +40m, do: disable, setting: flow-logging, by: ana}",
        "{at: +70m, do: enable, setting: flow-logging, by: ana}",
    ]

    private func check(_ run: Run) {
        let off = run.plan.administration.events[0].time
        let on = run.plan.administration.events[1].time
        #expect(run.flows.allSatisfy { $0.end < off || $0.start >= on })
        #expect(run.flows.filter { $0.end < off }.count > 100 && run.flows.filter { $0.start >= on }.count > 100)
    }

    @Test("A node's new name and tags show from then on, and the policy goes by them")
    func versions() async throws {
        let world = try configured(Self.changes)
        let all = try await flows(world)
        try checkFaces(Run(plan: world.plan, flows: all))
    }

    private static let changes = [
        "{at: +50m, do: rename-node, node: web-1, to: front, by: ana}",
        "{at: +60m, do: set-tags, node: web-2, tags: [tag:db], by: ana}",
    ]

    private func checkFaces(_ run: Run) throws {
        let first = try #require(run.plan.nodes.first { $0.key == "web-1" })
        let second = try #require(run.plan.nodes.first { $0.key == "web-2" })
        let renamed = run.plan.administration.events[0].time
        let retagged = run.plan.administration.events[1].time
        var names: [String: Int] = [:]
        var after = 0
        for flow in run.flows {
            for node in flow.dstNodes + [flow.srcNode].compactMap({ $0 }) {
                if node.nodeID == first.stableID {
                    let isNew = node.name.hasPrefix("front.")
                    #expect(isNew == (flow.start >= renamed), "\(node.name) at \(flow.start.rfc3339)")
                    names[node.name, default: 0] += 1
                }
                if node.nodeID == second.stableID {
                    #expect(node.tags == (flow.start >= retagged ? ["tag:db"] : ["tag:web"]))
                }
            }
            // Members may reach web servers, and this is none any more.
            for entry in flow.virtualTraffic
            where entry.dst == "\(second.ipv4):443" && flow.start > retagged + .minutes(12) {
                after += 1
                #expect(entry.counts.rxPackets == 0)
            }
        }
        #expect(names.count == 2 && names.values.allSatisfy { $0 > 20 })
        #expect(after > 5)
    }

    @Test("A suspended user's devices are cut off until the account is restored")
    func suspension() async throws {
        let world = try configured(Self.suspension)
        let all = try await flows(world)
        try checkSuspension(Run(plan: world.plan, flows: all))
    }

    private static let suspension = [
        "{at: +30m, do: suspend-user, user: ben, by: ana}", "{at: +80m, do: restore-user, user: ben, by: ana}",
    ]

    private func checkSuspension(_ run: Run) throws {
        let suspended = run.plan.administration.events[0].time
        let restored = run.plan.administration.events[1].time
        let laptop = try #require(run.plan.nodes.first { $0.key == "ben-laptop" })
        let mine = run.flows.filter { $0.nodeID == laptop.stableID }
        #expect(mine.contains { $0.end < suspended } && mine.contains { $0.start > restored })
        for flow in mine where flow.start > suspended && flow.end < restored {
            #expect(flow.virtualTraffic.isEmpty, "\(flow.virtualTraffic)")
        }
    }
}
