import ScenarioSpec
import Testing

@Suite("Scenario problem") struct ScenarioProblemTests {
    @Test("Eight mistakes are eight problems with their lines") func eightMistakesAreEightProblemsWithTheirLines() {
        let text = Fixture.text
            .replacing("seed: 42", with: "seed: soon")
            .replacing("duration: 12h", with: "duration: 12 hours")
            .replacing("timeZone: Europe/Madrid", with: "timeZone: Europe/Madird")
            .replacing("user: ben}", with: "user: bem}")
            .replacing("profile: web", with: "profil: web")
            .replacing("[group:staff]", with: "[group:stuff]")
            .replacing("ipv6: 10%", with: "ipv6: 110%")
            .replacing("kind: port-22-spike", with: "kind: port-23-spike")
        #expect(
            Fixture.problems(in: text).filter { !$0.contains("ben-laptop") } == [
                "fixture.yaml:4: seed: \"soon\" is not a whole number of 0 or more",
                "fixture.yaml:7: clock.duration: \"12 hours\" is not a duration (1h30m) from 1m to 3660d",
                "fixture.yaml:16: users[0].timeZone: there is no time zone \"Europe/Madird\"; "
                    + "did you mean \"Europe/Madrid\"?",
                "fixture.yaml:21: nodes[1].user: there is no user \"bem\"; did you mean \"ben\"?",
                "fixture.yaml:27: traffic[0]: the key \"profile\" is missing: sizes and durations of the sessions",
                "fixture.yaml:28: traffic[0].profil: there is no key \"profil\" here; did you mean \"profile\"?",
                "fixture.yaml:29: traffic[0].from[0]: the policy file has no \"group:stuff\"; "
                    + "did you mean \"group:staff\"?",
                "fixture.yaml:32: traffic[0].ipv6: \"110%\" is not a share from 0% to 100% with one decimal at most "
                    + "(12.5%)",
                "fixture.yaml:40: incidents[0].kind: there is no \"port-23-spike\" here; "
                    + "did you mean \"port-22-spike\"?",
            ])
    }

    /// A replacement in the fixture and the only problem that it makes, without the file's name.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var old: String
        var new: String
        var problem: String
        var testDescription: String { problem }

        init(_ old: String, _ new: String, _ problem: String) {
            self.old = old
            self.new = new
            self.problem = problem
        }
    }

    static let values: [Mistake] = [
        Mistake("mocktail: 1", "mocktail: 2", "2: mocktail: \"2\" is not 1, the only version there is"),
        Mistake(
            "name: fixture", "name: Fixture!",
            "3: name: \"Fixture!\" is not a name of lower-case letters, digits and hyphens, at most 63 long (web-1)"),
        Mistake("seed: 42", "seed: -1", "4: seed: \"-1\" is not a whole number of 0 or more"),
        Mistake("seed: 42", "seed: \"42\"", "4: seed: \"42\" is not a whole number of 0 or more"),
        Mistake("seed: 42", "seed: [42]", "4: seed: this must be a whole number of 0 or more, not a list"),
        Mistake("seed: 42", "seed:", "4: seed: the key has no value; write one or remove the key"),
        Mistake(
            "2026-03-02T07:00:00Z", "2026-02-30T07:00:00Z",
            "6: clock.start: \"2026-02-30T07:00:00Z\" is not a time in RFC 3339 (2026-03-02T07:00:00Z)"),
        Mistake(
            "2026-03-02T07:00:00Z", "1969-03-02T07:00:00Z",
            "6: clock.start: the scenario must start between 1971 and 2200"),
        Mistake(
            "hours: 08:30-17:30", "hours: 17:30-08:30",
            "17: users[0].hours: \"17:30-08:30\" is not working hours within a day (08:30-17:30)"),
        Mistake("hours: 08:30-17:30", "weekends: yes", "17: users[0].weekends: \"yes\" is not true or false"),
        Mistake("os: macOS", "os: macos", "20: nodes[0].os: there is no \"macos\" here; did you mean \"macOS\"?"),
        Mistake("count: 3", "count: 0", "22: nodes[2].count: \"0\" is not a whole number from 1 to 100000"),
        Mistake(
            "12.5", "12.5001",
            "31: traffic[0].sessionsPerHour: \"12.5001\" is not a number from 0 to 100000 with three decimals at most"),
        Mistake(
            "12.5", "1e3",
            "31: traffic[0].sessionsPerHour: \"1e3\" is not a number from 0 to 100000 with three decimals at most"),
        Mistake(
            "at: +4h", "at: 4h",
            "41: incidents[0].at: \"4h\" is not a time after the scenario's start (+2h30m) or in RFC 3339 (2026-03-02T09:30:00Z)"
        ),
        Mistake("[group:staff]", "group:staff", "29: traffic[0].from: this must be a list, not \"group:staff\""),
        Mistake("[group:staff]", "[]", "29: traffic[0].from: the list is empty; write at least one element"),
        Mistake(
            "scopes: all:read", "scopes: ALL",
            "25: oauthClients[0].scopes: \"ALL\" is not OAuth scopes separated by spaces (all:read, or devices:core:read policy_file)"
        ),
    ]

    static let names: [Mistake] = [
        Mistake(
            "  - name: ben\n", "  - name: ben\n  - name: ana\n    login: x@y.z\n",
            "19: users[2].name: there are two users named \"ana\""),
        Mistake(
            "  - name: ben\n", "  - name: ben\n  - name: eve\n    login: ana@example.com\n",
            "20: users[2].login: two users have the login \"ana@example.com\""),
        Mistake(
            "  - name: ben\n", "  - name: ben\n    role: owner\n",
            "19: users[1].role: a tailnet has one owner, and that is ana"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db]}\n  - {name: web-2, tags: [tag:web]}",
            "24: nodes[4].name: there are two nodes named \"web-2\""),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db]}\n  - {name: ana, tags: [tag:web]}",
            "24: nodes[4].name: \"ana\" is the name of a user; give the node another name"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:bd]}",
            "23: nodes[3].tags[0]: \"tag:bd\" has no owner in the tagOwners of the policy file; did you mean \"tag:db\"?"
        ),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], user: ana}",
            "23: nodes[3].tags: a node has an owner or tags, not both; remove one of them"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db}",
            "23: nodes[3]: the node has no owner and no tags; write user or tags"),
        Mistake(
            "{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db], approvedRoutes: [10.0.0.0/8]}",
            "23: nodes[3].approvedRoutes[0]: the node does not advertise \"10.0.0.0/8\""),
        Mistake(
            "to: [tag:web]", "to: [tag:wep]", "30: traffic[0].to[0]: no node has \"tag:wep\"; did you mean \"tag:web\"?"
        ),
        Mistake(
            "to: [tag:web]", "to: [web-9]",
            "30: traffic[0].to[0]: there is no node, user, tag or group \"web-9\"; did you mean \"web-1\"?"),
        Mistake(
            "node: ana-laptop", "node: web", "42: incidents[0].node: \"web\" is 3 nodes; name one, such as \"web-1\""),
        Mistake(
            "node: ana-laptop", "client: poller",
            "42: incidents[0].client: port-22-spike takes no \"client\"; it takes sessions, node, targets"),
        Mistake(
            "node: ana-laptop", "targets: [nobody]",
            "42: incidents[0].targets[0]: there is no node, user, tag or group \"nobody\""),
        Mistake(
            "at: +6h", "at: +6h\n    client: puller",
            "45: incidents[1].client: there is no OAuth client \"puller\"; did you mean \"poller\"?"),
        Mistake(
            "at: +6h", "at: +6h\n    id: i1\n  - id: i1\n    kind: port-22-spike\n    at: +7h",
            "46: incidents[2].id: there are two incidents with the id \"i1\""),
    ]

    static let times: [Mistake] = [
        Mistake(
            "at: +4h", "at: +12h",
            "41: incidents[0].at: 2026-03-02T19:00:00Z lies outside the scenario, which runs from 2026-03-02T07:00:00Z to 2026-03-02T19:00:00Z (+12h)"
        ),
        Mistake(
            "at: +4h", "at: 2026-03-02T06:59:59Z",
            "41: incidents[0].at: 2026-03-02T06:59:59Z lies outside the scenario, which runs from 2026-03-02T07:00:00Z to 2026-03-02T19:00:00Z (+12h)"
        ),
        Mistake(
            "at: +4h", "at: +11h\n    duration: 2h",
            "42: incidents[0].duration: the incident ends at 2026-03-02T20:00:00Z, after the scenario's end at 2026-03-02T19:00:00Z"
        ),
        Mistake(
            "{at: +2h, do: expire-key, node: ben-laptop}", "{at: +1h, do: create-api-token, name: t, by: ana}",
            "38: administration.events[1]: the node's key has not expired by then, so there is nothing to authenticate"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: expire-key, node: ben-laptop}",
            "38: administration.events[1]: the node's key has expired already by then"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}",
            "{at: +3h, do: join, node: ana-laptop}\n    - {at: +1h, do: delete, node: ana-laptop, by: ana}",
            "39: administration.events[2]: the node has not joined by then"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: delete, node: ana-laptop, by: ana}",
            "42: incidents[0].node: ana-laptop is not connected when the incident begins"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: expire-key, node: db}",
            "38: administration.events[1].node: the key of db never expires by itself; write by"),
    ]

    static let changes: [Mistake] = [
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: revoke-key, name: t, by: ana}",
            "38: administration.events[1].name: no key named \"t\" is there by then"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: delete, node: db}",
            "38: administration.events[1]: delete needs the key \"by\""),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}",
            "{at: +3h, do: create-api-token, name: t, by: ana, node: db}",
            "38: administration.events[1].node: create-api-token takes no \"node\""),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +3h, do: create-api-token, name: t, by: ben}",
            "38: administration.events[1].by: ben is member and may not do this; only these roles may: owner, admin, it-admin, network-admin"
        ),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}", "{at: +2h, do: expire-key, node: ben-laptop}",
            "38: administration.events[1]: the same change stands twice at the same time"),
        Mistake(
            "{at: +3h, do: reauthenticate, node: ben-laptop}",
            "{at: +3h, do: edit-policy, by: ana, policy: fixture.policy.hujson}",
            "38: administration.events[1].policy: the policy file is the one in force already"),
        Mistake(
            "policy: fixture.policy.hujson", "policy: other.hujson",
            "11: tailnet.policy: there is no file \"other.hujson\""),
        Mistake(
            "profile: web", "profile: ping\n    ports: [1]", "29: traffic[0].ports: ICMP has no ports; remove them"),
        Mistake(
            "profile: web", "profile: ping\n    protocol: tcp",
            "27: traffic[0]: the profile ping has no default ports; write ports"),
    ]

    @Test("One mistake is one problem", arguments: values + names + times + changes)
    func oneMistakeIsOneProblem(mistake: Mistake) {
        #expect(Fixture.problems(mistake.old, mistake.new) == ["fixture.yaml:" + mistake.problem])
    }

    @Test("A broken policy file is a problem of that file") func aBrokenPolicyFileIsAProblemOfThatFile() {
        let problems = Fixture.problems("policy: fixture.policy.hujson", "policy: broken.policy.hujson")
        #expect(problems.count == 1)
        #expect(problems[0].hasPrefix("broken.policy.hujson:2: column 12: "))
    }

    @Test("A policy file is looked for beside the scenario") func aPolicyFileIsLookedForBesideTheScenario() throws {
        let files = MemoryFiles(texts: [
            "some/folder/a.yaml": Fixture.text, "some/folder/fixture.policy.hujson": Fixture.policy,
        ])
        #expect(try Scenario.load("some/folder/a.yaml", files: files).policies[0].text == Fixture.policy)
        #expect(throws: ScenarioProblems.self) { try Scenario.load("some/folder/b.yaml", files: files) }
    }

    @Test("Missing keys are told with what they are for") func missingKeysAreToldWithWhatTheyAreFor() {
        let problems = Fixture.problems(in: "# Nothing.\nmocktail: 1\n")
        for (problem, key) in zip(problems, ["name", "clock", "tailnet", "users", "nodes"]) {
            #expect(problem.hasPrefix("fixture.yaml:2: the key \"\(key)\" is missing: "))
        }
        #expect(problems.count == 5)
    }

    @Test("Too many nodes are a problem") func tooManyNodesAreAProblem() {
        let problems = Fixture.problems("count: 3", "count: 99999")
        #expect(
            problems.contains(
                "fixture.yaml:22: nodes[2].count: with these nodes there are more than 100000, the limit"))
    }
}
