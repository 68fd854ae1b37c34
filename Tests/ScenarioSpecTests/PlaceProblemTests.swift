import ScenarioSpec
import Testing

/// What can be wrong with users by count, networks, fleets, exit nodes, shared nodes and old clients.
@Suite("Place problem") struct PlaceProblemTests {
    typealias Mistake = ScenarioProblemTests.Mistake

    static let users: [Mistake] = [
        Mistake(
            "count: 2, timeZone", "count: 2, login: eng@example.com, timeZone",
            "19: users[2].count: users with a count cannot have a login or displayName, or be the owner"),
        Mistake(
            "count: 2, timeZone", "count: 2, displayName: Eng, timeZone",
            "19: users[2].count: users with a count cannot have a login or displayName, or be the owner"),
        Mistake(
            "nodes:\n", "  - {name: crowd, count: 99997}\nnodes:\n",
            "20: users[3].count: with these users there are more than 100000, the limit"),
        Mistake(
            "nodes:\n", "  - {name: eng, count: 3}\nnodes:\n",
            "20: users[3].name: there are two users named \"eng\""),
        Mistake(
            "nodes:\n", "  - {name: ana, count: 3}\nnodes:\n",
            "20: users[3].name: there are two users named \"ana\""),
        Mistake(
            "user: eng, os", "user: eng, count: 5, os",
            "25: nodes[4].count: each of the 2 users gets one of these nodes; remove count"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: delete, node: db, by: eng}",
            "47: administration.events[1].by: \"eng\" is 2 users; name one, such as \"eng-1\""),
    ]

    static let networks: [Mistake] = [
        Mistake(
            "hosts: 14", "hosts: 255",
            "32: lans[0].prefix: 10.20.4.0/24 is too small for 255 IPv4 hosts; give a larger prefix or fewer hosts"),
        Mistake(
            "10.20.4.0/24, hosts: 14", "10.20.4.0/31, hosts: 1",
            "32: lans[0].prefix: 10.20.4.0/31 is too small for 1 IPv4 hosts; give a larger prefix or fewer hosts"),
        Mistake(
            "10.20.4.0/24", "\"fd00::/64\"",
            "32: lans[0].prefix: fd00::/64 is too small for 14 IPv4 hosts; give a larger prefix or fewer hosts"),
        Mistake(
            "10.20.4.0/24", "10.21.4.0/24",
            "32: lans[0].prefix: no node has an approved route to 10.21.4.0/24; give one advertisedRoutes: [10.21.4.0/24]"
        ),
        Mistake(
            "advertisedRoutes: [10.20.0.0/16]", "advertisedRoutes: [10.20.0.0/16], approvedRoutes: []",
            "32: lans[0].prefix: no node has an approved route to 10.20.4.0/24; give one advertisedRoutes: [10.20.4.0/24]"
        ),
        Mistake(
            "hosts: 14}", "hosts: 14}\n  - {name: office, prefix: 10.20.5.0/24, hosts: 3}",
            "33: lans[1].name: there are two networks named \"office\""),
        Mistake(
            "hosts: 14}", "hosts: 14}\n  - {name: cellar, prefix: 10.20.4.128/25, hosts: 3}",
            "33: lans[1].prefix: 10.20.4.128/25 overlaps the network \"office\"; give it another prefix"),
        Mistake("hosts: 14", "hosts: 0", "32: lans[0].hosts: \"0\" is not a whole number from 1 to 65000"),
        Mistake(
            "[group:staff]", "[lan:ofice]",
            "38: traffic[0].from[0]: there is no network \"lan:ofice\"; did you mean \"lan:office\"?"),
        Mistake(
            "[group:staff]", "[internet]",
            "38: traffic[0].from[0]: \"internet\" opens no sessions; it is allowed under to only"),
        Mistake(
            "[group:staff]", "[gone:old-db]",
            "38: traffic[0].from[0]: \"gone:old-db\" opens no sessions; it is allowed under to only"),
        Mistake(
            "dns: tail3f9c1", "dns: tail3f9c1\n  holidays: [2026-02-30]",
            "11: tailnet.holidays[0]: \"2026-02-30\" is not a day such as 2026-12-25"),
    ]

    static let fleets: [Mistake] = [
        Mistake(
            "runners: 2", "runners: 100000",
            "30: fleets[0].runners: with the jobs of this fleet there are more than 100000 nodes, the limit; give fewer runners, longer jobs or a shorter scenario"
        ),
        Mistake("runners: 2", "runners: 0", "30: fleets[0].runners: \"0\" is not a whole number from 1 to 100000"),
        Mistake("name: runner", "name: web", "30: fleets[0].name: there are two nodes named \"web\""),
        Mistake("job: 20m", "job: 20s", "30: fleets[0].job: \"20s\" is not a duration (1h30m) from 1m to 1d"),
        Mistake("pause: 10m", "pause: 5s", "30: fleets[0].pause: \"5s\" is not a duration (1h30m) from 10s to 1d"),
        Mistake(
            "pause: 10m", "pause: 10m, schedule: nightly",
            "30: fleets[0].schedule: there is no \"nightly\" here; there are always, working-hours"),
    ]

    static let nodes: [Mistake] = [
        Mistake(
            "os: macOS}", "os: macOS, exitNode: router}",
            "21: nodes[0].exitNode: router is no exit node; give it advertisedRoutes: [0.0.0.0/0, \"::/0\"]"),
        Mistake(
            "os: macOS}", "os: macOS, exitNode: exot}",
            "21: nodes[0].exitNode: there is no node \"exot\"; did you mean \"exit\"?"),
        Mistake(
            "os: macOS}", "os: macOS, exitNode: web}",
            "21: nodes[0].exitNode: \"web\" is 3 nodes; name one, such as \"web-1\""),
        Mistake(
            "{name: exit,", "{name: exit, exitNode: exit,",
            "27: nodes[6].exitNode: exit cannot be its own exit node"),
        Mistake(
            "sharedFrom: tail20b7e}", "tags: [tag:db]}",
            "28: nodes[7].sharedBy: a shared node has no owner and no tags here; remove them"),
        Mistake(
            "sharedFrom: tail20b7e}", "user: ana}",
            "28: nodes[7].sharedBy: a shared node has no owner and no tags here; remove them"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], sharedFrom: tail20b7e}",
            "24: nodes[3].sharedFrom: a shared node needs its owner in the other tailnet; write sharedBy"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], clientVersion: 1.33.2, flowLogs: true}",
            "24: nodes[3].flowLogs: clients before version 1.34.0 write no flow logs; remove flowLogs"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], clientVersion: \"1.98\"}",
            "24: nodes[3].clientVersion: \"1.98\" is not a version such as 1.98.2"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], nat: soft}",
            "24: nodes[3].nat: there is no \"soft\" here; there are easy, hard"),
    ]

    @Test("One mistake is one problem", arguments: users + networks + fleets + nodes)
    func oneMistakeIsOneProblem(mistake: Mistake) {
        let problems = Fixture.problems(in: PlacesTests.text.replacing(mistake.old, with: mistake.new))
        #expect(problems == ["fixture.yaml:" + mistake.problem])
    }

    @Test("The scenario without a mistake has no problem") func theScenarioWithoutAMistakeHasNoProblem() {
        #expect(Fixture.problems(in: PlacesTests.text) == [])
    }

    @Test("The owner is one person") func theOwnerIsOnePerson() {
        let text = PlacesTests.text.replacing("count: 2, timeZone", with: "count: 2, role: owner, timeZone")
        #expect(
            Fixture.problems(in: text) == [
                "fixture.yaml:19: users[2].role: a tailnet has one owner, and that is ana",
                "fixture.yaml:19: users[2].count: users with a count cannot have a login or displayName, or be the owner",
            ])
    }
}
