import ScenarioSpec
import SimTime
import Simulation
import TailnetControl
import TailnetModel
import Testing

@Suite("The audit log's ordinary life")
struct AuditTimelineTests {
    /// A month with habits of every kind and keys that last eleven days.
    static func busy(seed: Int = 7) -> ControlTailnet {
        var tailnet = SmallTailnet(seed: seed, duration: "30d")
        tailnet.users = ["{name: dora, role: it-admin, timeZone: America/New_York}"]
        tailnet.nodes = ["{name: dora-laptop, user: dora, os: macOS}"]
        return ControlTailnet(
            base: tailnet, settings: ["devicesKeyDurationDays: 11"],
            habits: ["sshChecksPerDay: 3", "webLoginsPerDay: 2", "attributeUpdatesPerDay: 4"])
    }

    private func records(_ world: World, _ window: TimeWindow? = nil) -> [TimelineRecord] {
        AuditTimeline(world: world, withIncidents: true).records(loggedIn: window ?? world.plan.span)
    }

    @Test("Any window holds exactly the whole run's records of that time", arguments: [1, 2, 3])
    func seeking(seed: Int) throws {
        let world = try AuditTimelineTests.busy(seed: seed).world()
        let timeline = AuditTimeline(world: world, withIncidents: false)
        let whole = timeline.records(loggedIn: world.plan.span)
        #expect(whole.count > 3_000)
        // Buckets as the generator asks for them, over three days.
        var start = world.plan.span.start + .days(10)
        let part = TimeWindow(start: start, end: start + .days(3))
        var pieces: [AuditEvent] = []
        while start < part.end {
            pieces += timeline.records(loggedIn: TimeWindow(start: start, end: start + .minutes(5))).map(\.event)
            start += .minutes(5)
        }
        #expect(pieces == whole.filter { part.contains($0.logged) }.map(\.event))
    }

    @Test("Keys expire and are renewed by the calendar, in working hours, each from the expiry before")
    func keys() throws {
        let world = try AuditTimelineTests.busy().world()
        let records = records(world).map(\.event)
        for node in world.plan.nodes where node.owner != nil {
            let mine = records.filter { $0.target.id == node.stableID && $0.target.property == "KEY_EXPIRY_TIME" }
            let renewals = mine.filter { $0.action == "UPDATE" }
            #expect(renewals.count >= 2, "\(node.key)")
            for (left, right) in zip(renewals, renewals.dropFirst()) { #expect(left.new == right.old) }
            for renewal in renewals {
                let time = try #require(renewal.eventTime)
                #expect(renewal.new == "\"\((time + .days(11)).rfc3339)\"")
                let expiry = try #require(Instant(rfc3339: (renewal.old ?? "").dropFirst().dropLast()))
                // Either the owner was early, or the service noticed the expiry first.
                let noticed = mine.contains { $0.action == "EXPIRED" && $0.eventTime == expiry }
                #expect(noticed == (expiry < time))
            }
        }
    }

    @Test("Explicit changes of a key begin a new count, and so does another duration")
    func explicitKeys() throws {
        var tailnet = AuditTimelineTests.busy()
        tailnet.base.events = [
            "{at: 2d, do: expire-key, node: ben-laptop}", "{at: 3d, do: reauthenticate, node: ben-laptop}",
            "{at: 4d, do: disable-key-expiry, node: ben-phone, by: ana}",
            "{at: 12d, do: set-key-duration, days: 5, by: ana}",
        ].map { $0.replacing("{at: ", with: "{at: +") }
        let world = try tailnet.world()
        let change = try #require(world.plan.administration.events.last).time
        let records = records(world).map(\.event).filter { $0.target.property == "KEY_EXPIRY_TIME" }
        func renewals(_ name: String) -> [AuditEvent] {
            records.filter { $0.target.name.hasPrefix(name) && $0.action == "UPDATE" }
        }
        let laptop = renewals("ben-laptop")
        // After the explicit renewal on day 3 the next ones lie near days 14, 19, 24 and 29.
        #expect((4...6).contains(laptop.count))
        for (left, right) in zip(laptop, laptop.dropFirst()) where left.eventTime != laptop[0].eventTime {
            #expect(left.new == right.old)
        }
        for renewal in laptop {
            let time = try #require(renewal.eventTime)
            #expect(renewal.new == "\"\((time + .days(time < change ? 11 : 5)).rfc3339)\"")
        }
        let late = renewals("ben-phone").compactMap(\.eventTime).filter { $0 > world.plan.span.start + .days(4) }
        #expect(late.isEmpty)
    }

    @Test("A snapshot shows what the changes up to then have made of the tailnet")
    func snapshot() throws {
        var tailnet = SmallTailnet(duration: "12h")
        tailnet.events = [
            "{at: +1h, do: disable, setting: https, by: ana}", "{at: +2h, do: delete, node: db, by: ana}",
            "{at: +3h, do: suspend-user, user: ben, by: ana}", "{at: +4h, do: restore-user, user: ben, by: ana}",
            "{at: +5h, do: change-role, user: ben, role: auditor, by: ana}",
            "{at: +6h, do: log-out, node: ben-laptop}", "{at: +7h, do: edit-policy, policy: strict.hujson, by: ana}",
            "{at: +8h, do: delete-user, user: ben, by: ana}",
        ]
        let world = try tailnet.world()
        let timeline = AuditTimeline(world: world, withIncidents: false)
        func at(_ hours: Int64) -> TailnetSnapshot {
            timeline.snapshot(at: world.plan.span.start + .hours(hours) + .minutes(1))
        }
        #expect(at(0).settings == world.plan.tailnet.settings)
        #expect(!at(1).settings.httpsEnabled)
        #expect(at(1).devices.count == 6 && at(2).devices.count == 5)
        #expect(at(2).accounts.map(\.status) == [.active, .active])
        #expect(at(3).accounts.map(\.status) == [.active, .suspended])
        #expect(at(4).accounts.map(\.status) == [.active, .active])
        #expect(at(5).accounts.map(\.role) == [.owner, .auditor])
        let laptop = try #require(at(6).devices.first { $0.node.key == "ben-laptop" })
        #expect(laptop.keyExpiry == world.plan.administration.events[5].time)
        let before = try #require(at(0).devices.first { $0.node.key == "ben-laptop" })
        #expect(before.keyExpiry == before.node.created + .days(180))
        #expect(at(0).devices.filter { $0.keyExpiry == nil }.count == 3)
        #expect(at(6).policy?.text == SmallTailnet.policy && at(7).policy?.text == SmallTailnet.strictPolicy)
        #expect(at(8).accounts.count == 1 && at(8).devices.count == 3)
    }

    @Test("Habits keep to their means, to working days and to those who may")
    func habits() throws {
        let world = try AuditTimelineTests.busy().world()
        let records = records(world).map(\.event)
        func count(_ code: String) -> Int { records.filter { $0.code == code }.count }
        // Two people with 30 logins a working day, 22 of them in these 30 days.
        #expect((1_000...1_650).contains(count("ADMIN_CONSOLE.LOGIN")))
        let logouts = count("ADMIN_CONSOLE.LOGOUT")
        #expect((350...700).contains(logouts))
        // Forty mistakes a day.
        #expect((1_050...1_350).contains(count("FAILED_REQUEST.UPDATE")))
        // Four owned nodes with four attributes a day.
        #expect((350...600).contains(count("NODE.UPDATE.ATTRIBUTES")))
        let logins = records.filter { $0.code == "ADMIN_CONSOLE.LOGIN" }
        #expect(Set(logins.map(\.actor.loginName)) == ["ana@example.com", "dora@example.com"])
        for login in logins {
            let time = try #require(login.eventTime)
            #expect(CivilDate.weekday(daysSinceEpoch: (time - .hours(5)).daysSinceEpoch) < 5)
        }
        #expect(count("WEB_INTERFACE.LOGIN") > 20)
        #expect(records.filter { $0.code == "NODE.LOGIN" }.count > 100)
    }

    @Test("A newcomer takes records over and changes none between others")
    func isolation() throws {
        let before = try SmallTailnet(duration: "24h").world()
        var tailnet = SmallTailnet(duration: "24h")
        tailnet.users = ["{name: zoe, role: admin, timeZone: UTC, hours: 07:00-19:00}"]
        tailnet.nodes = ["{name: zoe-laptop, user: zoe, os: macOS}"]
        tailnet.events = ["{at: +3h, do: console-login, by: zoe}"]
        let after = try tailnet.world()
        let zoe = try #require(after.plan.users.first { $0.key == "zoe" }).stableID
        let old = Set(records(before).map(\.event))
        let others = records(after).map(\.event).filter { $0.actor.id != zoe }
        #expect(others.count > 60)
        for event in others {
            let isKnown = old.contains(event)
            #expect(isKnown, "\(event.code) by \(event.actor.loginName)")
        }
    }

    @Test("An ephemeral node joins with its tags and is deleted by the service")
    func ephemeral() throws {
        var plan = try SmallTailnet(duration: "4h").plan()
        let index = try #require(plan.nodes.firstIndex { $0.key == "db" })
        plan.nodes[index].isEphemeral = true
        plan.nodes[index].created = plan.span.start + .hours(1)
        plan.nodes[index].removed = plan.span.start + .hours(2)
        let world = try World(plan: plan)
        let mine = records(world).map(\.event).filter { $0.target.id == plan.nodes[index].stableID }
        #expect(
            mine.map(\.code) == [
                "NODE.UPDATE.MACHINE_NAME", "NODE.CREATE", "NODE.UPDATE.ACL_TAGS", "NODE.LOGIN", "NODE.DELETE",
            ])
        #expect(mine.map(\.origin) == ["NODE", "NODE", "NODE", "NODE", "CONTROL"])
        #expect(mine.allSatisfy { $0.target.isEphemeral })
        #expect(mine.last?.actor.type == "AUTOMATED_WORKER")
        #expect(mine.prefix(4).map { $0.old ?? "-" } == ["\"\"", "-", "\"\"", "-"])
    }

    @Test("A device that waits is approved by an admin, some minutes or hours later")
    func approval() throws {
        var tailnet = SmallTailnet(duration: "12h")
        tailnet.nodes = ["{name: new-laptop, user: ben, os: windows}"]
        tailnet.events = ["{at: +1h, do: join, node: new-laptop}"]
        let world = try ControlTailnet(base: tailnet, settings: ["devicesApprovalOn: true"]).world()
        let approvals = records(world).map(\.event).filter { $0.code == "NODE.APPROVE" }
        #expect(approvals.count == 1)
        #expect(approvals.first?.actor.loginName == "ana@example.com")
        let wait = try #require(approvals.first?.eventTime) - world.plan.span.start
        #expect(wait > .hours(1) && wait < .hours(4))
    }
}
