import KeyedRandom
import ScenarioSpec
import SimTime
import Simulation
import TailnetControl
import TailnetModel
import Testing

@Suite("The tailnet's state at any instant")
struct ControlStateTests {
    /// The state of a small tailnet, and its plan.
    private func state(
        _ events: [String], settings: [String] = [], nodes: [String] = [], users: [String] = []
    ) throws -> (Plan, ControlState) {
        var tailnet = SmallTailnet(duration: "24h")
        tailnet.events = events
        tailnet.nodes = nodes
        tailnet.users = users
        let plan = try ControlTailnet(base: tailnet, settings: settings).plan()
        return (plan, ControlState(plan: plan, root: RandomKey(seed: plan.seed)))
    }

    /// A node's absences, in whole hours after the start.
    private func absences(_ plan: Plan, _ state: ControlState, _ name: String) throws -> [[Int64]] {
        let index = try #require(plan.nodes.firstIndex { $0.key == name })
        let start = plan.span.start
        return state.absences(ofNode: index).map { absence in
            [
                absence.start == .distantPast ? -1 : (absence.start - start) / .hours(1),
                absence.end == .distantFuture ? 99 : (absence.end - start) / .hours(1),
            ]
        }
    }

    @Test("Switches stand as the settings say, and turn at their instants")
    func switches() throws {
        let (plan, state) = try state([
            "{at: +2h, do: disable, setting: flow-logging, by: ana}",
            "{at: +5h, do: enable, setting: flow-logging, by: ana}",
            "{at: +6h, do: enable, setting: exit-flow-logging, by: ana}",
        ])
        let start = plan.span.start
        let flows = [0, 1, 3, 4, 6, 23].map { state.isFlowLoggingOn(at: start + .hours($0)) }
        #expect(flows == [true, true, false, false, true, true])
        #expect(!state.logsExitFlows(at: start + .hours(5)) && state.logsExitFlows(at: start + .hours(7)))
        func within(_ from: Int64, _ to: Int64) -> Bool {
            state.isFlowLoggingOn(
                within: TimeWindow(start: plan.span.start + .hours(from), end: plan.span.start + .hours(to)))
        }
        #expect(within(0, 1) && !within(3, 4) && within(3, 6) && within(1, 4))
        #expect(state.states(of: .flowLogging).map(\.isOn) == [true, false, true])
        #expect(state.isOn(.fileSharing, at: start) && !state.isOn(.scim, at: start))
    }

    @Test("A node is what its last change made of it")
    func nodes() throws {
        let (plan, state) = try state([
            "{at: +1h, do: rename-node, node: ben-laptop, to: bench, by: ana}",
            "{at: +2h, do: set-routes, node: ben-laptop, routes: [10.9.0.0/16], by: ana}",
            "{at: +3h, do: enable-exit-node, node: ben-laptop, by: ana}",
            "{at: +4h, do: set-tags, node: ben-laptop, tags: [tag:db], by: ana}",
            "{at: +5h, do: rename-tailnet, to: yak-bebop, by: ana}",
        ])
        let index = try #require(plan.nodes.firstIndex { $0.key == "ben-laptop" })
        let start = plan.span.start
        func node(_ hours: Int64) -> Node { state.node(index, at: start + .hours(hours) + .minutes(30)) }
        #expect(node(0) == plan.nodes[index])
        #expect(node(1).name == "bench.tail1234.ts.net")
        #expect(node(2).approvedRoutes.map(\.description) == ["10.9.0.0/16"])
        #expect(node(3).approvedRoutes.filter(\.isDefaultRoute).count == 2)
        #expect(node(4).owner == nil && node(4).tags == ["tag:db"] && node(4).keyExpiryDisabled)
        #expect(node(5).name == "bench.yak-bebop.ts.net")
        #expect(state.states(ofNode: index).count == 6)
        // The tailnet's new name is everybody's.
        #expect(state.changedNodes == Array(plan.nodes.indices))
        let names = state.states(ofNode: 0).map(\.node.name)
        #expect(names == ["ana-laptop.tail1234.ts.net", "ana-laptop.yak-bebop.ts.net"])
        #expect(state.dnsSuffix(at: start + .hours(6)) == "yak-bebop.ts.net")
    }

    @Test("A node is away from every change that cuts it off to the one that brings it back")
    func absences() throws {
        let (plan, state) = try state(
            [
                "{at: +1h, do: expire-key, node: ben-laptop}", "{at: +3h, do: reauthenticate, node: ben-laptop}",
                "{at: +5h, do: log-out, node: ben-laptop}", "{at: +6h, do: reauthenticate, node: ben-laptop}",
                "{at: +2h, do: suspend-user, user: ben, by: ana}", "{at: +4h, do: restore-user, user: ben, by: ana}",
                "{at: +9h, do: delete-user, user: ben, by: ana}",
                "{at: +7h, do: join, node: late}", "{at: +8h, do: delete, node: late, by: ana}",
            ], nodes: ["{name: late, tags: [tag:db]}"])
        #expect(try absences(plan, state, "ben-laptop") == [[1, 4], [5, 6], [9, 99]])
        #expect(try absences(plan, state, "ben-phone") == [[2, 4], [9, 99]])
        #expect(try absences(plan, state, "late") == [[-1, 7], [8, 99]])
        #expect(try absences(plan, state, "ana-laptop") == [])
        let index = try #require(plan.nodes.firstIndex { $0.key == "ben-phone" })
        let start = plan.span.start
        #expect(state.isMember(node: index, at: start + .hours(2)))
        #expect(!state.isMember(node: index, at: start + .hours(3)))
    }

    @Test("New people and devices are away until somebody approves them")
    func approvals() throws {
        let (plan, state) = try state(
            [
                "{at: +1h, do: create-user, user: cleo}", "{at: +2h, do: approve-user, user: cleo, by: ana}",
                "{at: +3h, do: join, node: cleo-laptop}", "{at: +5h, do: approve-node, node: cleo-laptop, by: ana}",
            ], settings: ["devicesApprovalOn: true", "usersApprovalOn: true"],
            nodes: ["{name: cleo-laptop, user: cleo}"], users: ["{name: cleo, timeZone: UTC}"])
        #expect(try absences(plan, state, "cleo-laptop") == [[-1, 5]])
        let cleo = try #require(plan.users.firstIndex { $0.key == "cleo" })
        let start = plan.span.start
        #expect(!state.isActive(user: cleo, at: start + .minutes(90)))
        #expect(state.isActive(user: cleo, at: start + .minutes(150)))
    }

    @Test("Outages by the calendar are the same from wherever one looks, and those that the log tells of")
    func outages() throws {
        let world = try AuditTimelineTests.busy().world()
        let records = AuditTimeline(world: world, withIncidents: false).records(loggedIn: world.plan.span).map(\.event)
        var found = 0
        for (index, node) in world.plan.nodes.enumerated() {
            let expiries = records.filter { $0.target.id == node.stableID && $0.code == "NODE.EXPIRED.KEY_EXPIRY_TIME" }
            var outages: [TimeWindow] = []
            // A minute at a time: every look from within or before gives the same range.
            var instant = world.plan.span.start
            while instant < world.plan.span.end {
                if let outage = world.keyLife.nextOutage(ofNode: index, endingAfter: instant) {
                    #expect(outage.end > instant && outage.start < outage.end)
                    if outage.start <= instant, outages.last != outage { outages.append(outage) }
                }
                instant += .minutes(1)
            }
            #expect(node.owner != nil || outages.isEmpty)
            found += outages.count
            #expect(outages.map(\.start).filter { $0 >= world.plan.span.start } == expiries.compactMap(\.eventTime))
        }
        #expect(found > 3)
    }
}
