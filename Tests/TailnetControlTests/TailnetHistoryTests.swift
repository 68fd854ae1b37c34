import KeyedRandom
import SimTime
import TailnetControl
import TailnetModel
import Testing

/// The state at any instant is that after the changes up to it.
@Suite("Tailnet history") struct TailnetHistoryTests {
    private static let node = SmallControl.benLaptop
    private static let ben = SmallControl.ben

    /// One change an hour.
    private static let actions: [ControlAction] = [
        .turn(.flowLogging, isOn: false), .changeNode(.rename("bench"), node: node), .expireKey(node: node),
        .reauthenticate(node: node), .changeKeyDuration(days: 9), .changeUser(.suspend, user: ben),
        .changeUser(.restore, user: ben), .changeUser(.setRole(.auditor), user: ben),
        .renameTailnet(suffix: "yak.ts.net"), .turn(.flowLogging, isOn: true),
        .changeNode(.setTags(["tag:web"]), node: node), .changeUser(.create, user: SmallControl.dora),
        .join(node: SmallControl.doraLaptop), .delete(node: SmallControl.server), .changeUser(.delete, user: ben),
    ]

    private func time(_ hour: Int) -> Instant { SmallControl.start + .hours(Int64(hour + 1)) }

    private func history() throws -> TailnetHistory {
        var history = TailnetHistory(SmallControl.state())
        for (hour, action) in TailnetHistoryTests.actions.enumerated() {
            _ = try history.apply(
                action, by: .user(SmallControl.ana), at: time(hour), key: SmallControl.root.key(UInt64(hour)))
        }
        return history
    }

    @Test("Every instant is that of the changes up to it") func everyInstantIsThatOfTheChangesUpToIt() throws {
        let history = try history()
        var state = SmallControl.state()
        for (hour, action) in TailnetHistoryTests.actions.enumerated() {
            for instant in [time(hour) - .nanoseconds(1), time(hour)] {
                if instant == time(hour) {
                    _ = try state.apply(
                        action, by: .user(SmallControl.ana), at: instant, key: SmallControl.root.key(UInt64(hour)))
                }
                for index in state.nodes.indices {
                    #expect(history.node(index, at: instant) == state.device(index).node)
                    #expect(history.owner(ofNode: index, at: instant) == state.device(index).node.owner)
                    #expect(history.membership(ofNode: index, at: instant) == state.device(index).membership)
                }
                for index in state.users.indices {
                    #expect(history.status(ofUser: index, at: instant) == state.account(index).status)
                    #expect(history.role(ofUser: index, at: instant) == state.account(index).role)
                }
                for setting in TailnetSwitch.allCases {
                    #expect(history.isOn(setting, at: instant) == state.isOn(setting))
                }
                #expect(history.keyDays(at: instant) == state.keyDays(at: instant))
                #expect(history.dnsSuffix(at: instant) == state.dnsSuffix)
            }
        }
        #expect(history.state.everything == state.everything)
    }

    @Test("Absences are those of the node and of its first owner") func absencesAreThoseOfTheNodeAndOfItsFirstOwner()
        throws
    {
        let history = try history()
        let absences = history.absences(ofNode: TailnetHistoryTests.node)
        let end = Instant.distantFuture
        // Its own key, its own deletion; the account's suspension, the account's deletion.
        #expect(absences.map(\.start) == [time(2), time(14), time(5), time(14)])
        #expect(absences.map(\.end) == [time(3), end, time(6), end])
        #expect(history.isMember(node: TailnetHistoryTests.node, at: time(4)))
        #expect(!history.isMember(node: TailnetHistoryTests.node, at: time(5)))
        #expect(history.absences(ofNode: SmallControl.anaLaptop).isEmpty)
        #expect(history.joined(node: SmallControl.doraLaptop) == time(12))
        #expect(history.joined(node: TailnetHistoryTests.node) == nil)
    }

    @Test("Keys begin a phase with every change of theirs") func keysBeginAPhaseWithEveryChangeOfTheirs() throws {
        let history = try history()
        let phases = history.laterKeyPhases(ofNode: TailnetHistoryTests.node)
        #expect(
            Array(phases) == [
                KeyPhase(since: time(2), expiry: nil), KeyPhase(since: time(3), expiry: time(3) + .days(180)),
                KeyPhase(since: time(10), expiry: nil), KeyPhase(since: time(14), expiry: nil),
            ])
        #expect(history.laterKeyPhases(ofNode: SmallControl.doraLaptop).isEmpty)
        #expect(history.changedNodes == Array(history.state.nodes.indices))
        #expect(history.states(ofNode: TailnetHistoryTests.node).count == 4)
        #expect(history.states(of: .flowLogging).map(\.value) == [true, false, true])
    }

    @Test("A refused change leaves no trace") func aRefusedChangeLeavesNoTrace() throws {
        var history = try history()
        let before = history.state.everything
        #expect(throws: Refusal.self) {
            _ = try history.apply(
                .delete(node: SmallControl.server), by: .user(SmallControl.ana), at: time(20), key: SmallControl.root)
        }
        #expect(history.state.everything == before)
        #expect(history.membership(ofNode: SmallControl.server, at: time(21)) == .deleted)
        #expect(history.absences(ofNode: SmallControl.server).count == 1)
    }
}
