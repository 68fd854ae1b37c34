import ScenarioSpec
import SimTime
import TailnetModel
import Testing

/// Users by count, networks, fleets, exit nodes, shared nodes and clients of all ages: what they become.
@Suite("Places") struct PlacesTests {
    /// The fixture with one of each, so that a test needs to change one place only.
    static let text = Fixture.text
        .replacing(
            "  - name: ben\n", with: "  - name: ben\n  - {name: eng, count: 2, timeZone: Europe/Lisbon}\n"
        )
        .replacing(
            "  - {name: db, tags: [tag:db]}",
            with: """
                  - {name: db, tags: [tag:db]}
                  - {name: eng-laptop, user: eng, os: windows}
                  - {name: router, tags: [tag:db], advertisedRoutes: [10.20.0.0/16]}
                  - {name: exit, tags: [tag:db], advertisedRoutes: [0.0.0.0/0, "::/0"]}
                  - {name: partner, sharedBy: ops@other.example, sharedFrom: tail20b7e}
                fleets:
                  - {name: runner, runners: 2, tags: [tag:web], job: 20m, pause: 10m}
                lans:
                  - {name: office, prefix: 10.20.4.0/24, hosts: 14}
                """)

    private static func plan(_ old: String = "", _ new: String = "") throws -> Plan {
        try Scenario.decode(text.replacing(old, with: new), file: "fixture.yaml", files: Fixture.files)
    }

    private static func index(of key: String, in plan: Plan) throws -> Int {
        try #require(plan.nodes.firstIndex { $0.key == key })
    }

    // MARK: Users

    @Test("A count of users makes that many people") func aCountOfUsersMakesThatManyPeople() throws {
        let plan = try PlacesTests.plan()
        #expect(plan.users.map(\.key) == ["ana", "ben", "eng-1", "eng-2"])
        #expect(plan.users[2...].map(\.login) == ["eng-1@example.com", "eng-2@example.com"])
        #expect(plan.users[2...].map(\.displayName) == ["Eng 1", "Eng 2"])
        #expect(plan.users[2...].allSatisfy { $0.timeZone.name == "Europe/Lisbon" && $0.role == .member })
        #expect(plan.users[2].number != plan.users[3].number)
        #expect(plan.workingHours.count == 4)
    }

    @Test("Each of them gets a node of its own") func eachOfThemGetsANodeOfItsOwn() throws {
        let plan = try PlacesTests.plan()
        let laptops = plan.nodes.filter { $0.key.hasPrefix("eng-laptop") }
        #expect(laptops.map(\.key) == ["eng-laptop-1", "eng-laptop-2"])
        #expect(laptops.map(\.owner) == [2, 3])
        let single = try PlacesTests.plan("user: eng,", "user: eng-2,")
        #expect(single.nodes.filter { $0.key.hasPrefix("eng-laptop") }.map(\.owner) == [3])
    }

    @Test(
        "A selector means all of them or one",
        arguments: [
            ("eng", ["eng-laptop-1", "eng-laptop-2"]), ("eng-2", ["eng-laptop-2"]),
            ("eng-1@example.com", ["eng-laptop-1"]), ("eng-laptop", ["eng-laptop-1", "eng-laptop-2"]),
        ])
    func aSelectorMeansAllOfThemOrOne(selector: String, keys: [String]) throws {
        let plan = try PlacesTests.plan("[group:staff]", "[\(selector)]")
        #expect(plan.patterns[0].sources.map { plan.nodes[$0].key } == keys)
    }

    @Test("More users leave the others as they were") func moreUsersLeaveTheOthersAsTheyWere() throws {
        let few = try PlacesTests.plan()
        let many = try PlacesTests.plan("{name: eng, count: 2,", "{name: eng, count: 5,")
        #expect(Array(many.users.prefix(4)) == few.users)
        let wanted = try few.nodes[PlacesTests.index(of: "eng-laptop-2", in: few)]
        let found = try many.nodes[PlacesTests.index(of: "eng-laptop-2", in: many)]
        #expect(found == wanted)
    }

    // MARK: Networks

    @Test("A network has its hosts behind the nodes that route to it")
    func aNetworkHasItsHostsBehindTheNodesThatRouteToIt() throws {
        let plan = try PlacesTests.plan(
            "  - {name: exit,",
            """
              - {name: spare, tags: [tag:db], advertisedRoutes: [10.20.4.0/24]}
              - {name: waiting, tags: [tag:db], advertisedRoutes: [10.20.0.0/16], approvedRoutes: []}
              - {name: exit,
            """)
        #expect(plan.hosts.map(\.key) == (1...14).map { "office-\($0)" })
        // Of those with the prefix in an approved route, in the order of the file; a default route is none.
        let routers = try [PlacesTests.index(of: "router", in: plan), PlacesTests.index(of: "spare", in: plan)]
        #expect(plan.hosts.allSatisfy { $0.place == .lan(routers: routers) })
        let addresses = Set(plan.hosts.map(\.address))
        #expect(addresses.count == 14)
        #expect(addresses.allSatisfy { (0x0A14_0401...0x0A14_04FE).contains($0) })
    }

    @Test("A full network uses every address but the first and the last")
    func aFullNetworkUsesEveryAddressButTheFirstAndTheLast() throws {
        let plan = try PlacesTests.plan("10.20.4.0/24", "10.20.4.0/28")
        #expect(Set(plan.hosts.map(\.address)) == Set(0x0A14_0401...0x0A14_040E))
    }

    @Test("More hosts leave the others as they were") func moreHostsLeaveTheOthersAsTheyWere() throws {
        let few = try PlacesTests.plan()
        let many = try PlacesTests.plan("hosts: 14", "hosts: 200")
        #expect(Array(many.hosts.prefix(14)) == few.hosts)
        #expect(many.nodes == few.nodes)
    }

    @Test("Networks stand on both sides of a pattern") func networksStandOnBothSidesOfAPattern() throws {
        let toHosts = try PlacesTests.plan("[tag:web]\n    sessions", "[lan:office, db]\n    sessions").patterns[0]
        #expect(toHosts.targetHosts == Array(0..<14))
        #expect(toHosts.targets == [5])
        #expect(toHosts.sourceHosts.isEmpty)
        let fromHosts = try PlacesTests.plan("[group:staff]", "[lan:office]").patterns[0]
        #expect(fromHosts.sourceHosts == Array(0..<14))
        #expect(fromHosts.sources.isEmpty)
    }

    @Test("The internet is the same hosts for every pattern") func theInternetIsTheSameHostsForEveryPattern() throws {
        let pattern = "  - {name: again, profile: web, from: [ana], to: [internet], sessionsPerHour: 1}\n"
        let text = PlacesTests.text.replacing("[tag:web]\n    sessions", with: "[internet]\n    sessions")
            .replacing("administration:", with: pattern + "administration:")
        let plan = try Scenario.decode(text, file: "fixture.yaml", files: Fixture.files)
        #expect(plan.patterns[0].targetHosts.count == 120)
        #expect(plan.patterns[0].targetHosts == plan.patterns[1].targetHosts)
        let hosts = plan.patterns[0].targetHosts.map { plan.hosts[$0] }
        #expect(hosts.allSatisfy { $0.place == .internet })
        #expect(Set(hosts.map(\.address)).count == 120)
        // Only blocks that are reserved for documentation: nobody real is named.
        #expect(hosts.allSatisfy { [0xC000_0200, 0xC633_6400, 0xCB00_7100].contains($0.address & 0xFFFF_FF00) })
    }

    @Test("A gone address is one that nobody has") func aGoneAddressIsOneThatNobodyHas() throws {
        let plan = try PlacesTests.plan("[tag:web]\n    sessions", "[gone:old-db, gone:old-web]\n    sessions")
        let hosts = plan.patterns[0].targetHosts.map { plan.hosts[$0] }
        #expect(hosts.map(\.key) == ["gone:old-db", "gone:old-web"])
        #expect(hosts.allSatisfy { $0.place == .gone })
        #expect(hosts.allSatisfy { (0x6440_0000...0x647F_FFFF).contains($0.address) })
        let taken = Set(plan.nodes.map { UInt32(truncatingIfNeeded: $0.ipv4.low) })
        #expect(hosts.allSatisfy { !taken.contains($0.address) })
        #expect(try PlacesTests.plan().nodes == plan.nodes)
    }

    // MARK: Fleets

    @Test("A job is a node that comes and goes") func aJobIsANodeThatComesAndGoes() throws {
        let plan = try PlacesTests.plan()
        let jobs = plan.nodes.indices.filter { plan.nodes[$0].key.hasPrefix("runner-") }
        // Twelve hours of two runners with a turn every half hour, the busy hours among them.
        #expect((25...60).contains(jobs.count))
        for index in jobs {
            let node = plan.nodes[index]
            let removed = try #require(node.removed)
            #expect((TimeSpan.minutes(5)..<TimeSpan.minutes(20)).contains(removed - node.created))
            #expect(removed > plan.span.start - .minutes(90))
            #expect(node.created < plan.span.end + .minutes(30))
            #expect(node.isEphemeral && node.keyExpiryDisabled && node.owner == nil)
            #expect(node.tags == ["tag:web"])
            #expect(plan.roles[index] == .server)
        }
        #expect(Set(jobs.map { plan.nodes[$0].name }).count == jobs.count)
        #expect(plan.nodes.filter { $0.removed != nil }.count == jobs.count)
        #expect(plan.roles.count == plan.nodes.count && plan.connections.count == plan.nodes.count)
    }

    @Test("A runner has one job at a time") func aRunnerHasOneJobAtATime() throws {
        let plan = try PlacesTests.plan("pause: 10m", "pause: 10s")
        for runner in ["runner-1-", "runner-2-"] {
            let jobs = plan.nodes.filter { $0.key.hasPrefix(runner) }.sorted { $0.created < $1.created }
            #expect(jobs.count > 10)
            for (job, next) in zip(jobs, jobs.dropFirst()) {
                #expect(try #require(job.removed) <= next.created)
            }
        }
    }

    @Test("A fleet's name and its tag select all jobs") func aFleetsNameAndItsTagSelectAllJobs() throws {
        let byName = try PlacesTests.plan("[group:staff]", "[runner]")
        let keys = byName.patterns[0].sources.map { byName.nodes[$0].key }
        #expect(!keys.isEmpty && keys.allSatisfy { $0.hasPrefix("runner-") })
        let byTag = try PlacesTests.plan("[group:staff]", "[tag:web]").patterns[0].sources
        #expect(byTag == [2, 3, 4] + byName.patterns[0].sources)
    }

    @Test("More runners leave the jobs of the others as they were") func moreRunnersLeaveTheJobsOfTheOthersAsTheyWere()
        throws
    {
        func lives(_ plan: Plan) -> [Node] {
            plan.nodes.filter { $0.key.hasPrefix("runner-1-") || $0.key.hasPrefix("runner-2-") }
        }
        let few = try lives(PlacesTests.plan())
        #expect(try lives(PlacesTests.plan("runners: 2,", "runners: 5,")) == few)
        let longer = try lives(PlacesTests.plan("duration: 12h", "duration: 24h"))
        #expect(few.allSatisfy(longer.contains))
    }

    @Test("Jobs are many by day and few at night") func jobsAreManyByDayAndFewAtNight() throws {
        func jobs(_ plan: Plan, fromHour hour: Int64) -> Int {
            let start = plan.span.start.floored(to: .days(1)) + .hours(hour)
            let window = TimeWindow(start: start, end: start + .hours(4))
            return plan.nodes.filter { $0.removed != nil && window.contains($0.created) }.count
        }
        let office = try PlacesTests.plan("duration: 12h", "duration: 30h")
        #expect(jobs(office, fromHour: 10) > 2 * jobs(office, fromHour: 24))
        let always = try Scenario.decode(
            PlacesTests.text.replacing("duration: 12h", with: "duration: 30h")
                .replacing("pause: 10m", with: "pause: 10m, schedule: always"),
            file: "fixture.yaml", files: Fixture.files)
        #expect(jobs(always, fromHour: 24) > 8)
    }

    // MARK: Nodes

    @Test("A shared node keeps the name of its own tailnet") func aSharedNodeKeepsTheNameOfItsOwnTailnet() throws {
        let plan = try PlacesTests.plan("[group:staff]", "[partner]")
        let index = try PlacesTests.index(of: "partner", in: plan)
        let node = plan.nodes[index]
        #expect(node.name == "partner.tail20b7e.ts.net")
        #expect(node.sharer == Sharer(login: "ops@other.example", dnsSuffix: "tail20b7e.ts.net"))
        #expect(node.owner == nil && node.tags.isEmpty)
        #expect(plan.patterns[0].sources == [index])
    }

    @Test("Only its name selects a shared node", arguments: ["\"*\"", "autogroup:member", "autogroup:tagged"])
    func onlyItsNameSelectsASharedNode(selector: String) throws {
        let plan = try PlacesTests.plan("[group:staff]", "[\(selector)]")
        #expect(!plan.patterns[0].sources.isEmpty)
        #expect(try !plan.patterns[0].sources.contains(PlacesTests.index(of: "partner", in: plan)))
    }

    @Test("Nodes of one sharer have one tailnet") func nodesOfOneSharerHaveOneTailnet() throws {
        let plan = try PlacesTests.plan(
            "sharedFrom: tail20b7e}",
            "hostName: one}\n  - {name: second, sharedBy: ops@other.example}\n"
                + "  - {name: third, sharedBy: x@third.example}")
        let suffixes = plan.nodes.compactMap { $0.sharer?.dnsSuffix }
        #expect(suffixes.count == 3)
        #expect(suffixes[0] == suffixes[1] && suffixes[1] != suffixes[2])
        #expect(suffixes.allSatisfy { $0.hasPrefix("tail") && $0.hasSuffix(".ts.net") && $0 != plan.tailnet.dnsSuffix })
    }

    @Test("An exit node may stand after those that use it") func anExitNodeMayStandAfterThoseThatUseIt() throws {
        let plan = try PlacesTests.plan(
            "{name: web, count: 3, tags: [tag:web]}", "{name: web, count: 3, tags: [tag:web], exitNode: exit}")
        let exit = try PlacesTests.index(of: "exit", in: plan)
        #expect(plan.nodes[2...4].map(\.exitNode) == [exit, exit, exit])
        #expect(plan.nodes.filter { $0.exitNode != nil }.count == 3)
    }

    @Test(
        "A client writes flow logs if it is new enough and may",
        arguments: [
            ("", true), (", flowLogs: false", false), (", flowLogs: true", true), (", clientVersion: 1.33.9", false),
            (", clientVersion: 1.34.0", true), (", clientVersion: 1.56.1", true), (", clientVersion: 2.0.0", true),
            (", clientVersion: 1.98.2, flowLogs: false", false), (", clientVersion: 1.98.2, flowLogs: true", true),
        ])
    func aClientWritesFlowLogsIfItIsNewEnoughAndMay(keys: String, writes: Bool) throws {
        let plan = try PlacesTests.plan("{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db]\(keys)}")
        #expect(plan.nodes[5].logsFlows == writes)
        #expect(plan.nodes.indices.allSatisfy { $0 == 5 || plan.nodes[$0].logsFlows })
    }

    @Test("A version is as written or drawn") func aVersionIsAsWrittenOrDrawn() throws {
        let written = try PlacesTests.plan("tags: [tag:db]}", "tags: [tag:db], clientVersion: 1.56.1}")
        #expect(written.nodes[5].clientVersion == "1.56.1")
        #expect(try PlacesTests.plan().nodes.allSatisfy { $0.clientVersion.hasPrefix("1.9") })
    }

    @Test("A node's peculiarities stay its own") func aNodesPeculiaritiesStayItsOwn() throws {
        let plan = try PlacesTests.plan(
            "tags: [tag:db]}", "tags: [tag:db], userspace: true, tailscaleSSH: true, site: cellar, nat: hard}")
        #expect(plan.nodes[5].isUserspace && plan.nodes[5].runsSSH)
        #expect(plan.connections[5] == NodeConnection(site: "cellar", isHardToReach: true))
        #expect(plan.nodes.indices.allSatisfy { $0 == 5 || !(plan.nodes[$0].isUserspace || plan.nodes[$0].runsSSH) })
        #expect(plan.connections.indices.allSatisfy { $0 == 5 || plan.connections[$0] == NodeConnection() })
        let easy = try PlacesTests.plan("tags: [tag:db]}", "tags: [tag:db], nat: easy}")
        #expect(easy.connections[5] == NodeConnection(isHardToReach: false))
        let pods = try PlacesTests.plan("pause: 10m}", "pause: 10m, userspace: true}")
        #expect(pods.nodes.allSatisfy { $0.isUserspace == $0.key.hasPrefix("runner-") })
    }

    // MARK: The rest

    @Test("Holidays are days in order") func holidaysAreDaysInOrder() throws {
        let plan = try PlacesTests.plan(
            "dns: tail3f9c1", "dns: tail3f9c1\n  holidays: [2026-05-01, 2026-03-06, 2026-05-01]")
        #expect(plan.holidays == [20_518, 20_574])
        #expect(try PlacesTests.plan().holidays.isEmpty)
    }

    @Test("A pattern may be endless") func aPatternMayBeEndless() throws {
        #expect(try PlacesTests.plan("profile: web", "profile: web\n    endless: true").patterns[0].isEndless)
        #expect(try !PlacesTests.plan().patterns[0].isEndless)
    }
}
