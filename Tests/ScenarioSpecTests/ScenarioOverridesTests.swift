import Truth
import IncidentCatalog
import ScenarioSpec
import SimTime
import TailnetModel
import Testing

@Suite("Scenario overrides") struct ScenarioOverridesTests {
    @Test("Another seed draws other numbers") func anotherSeedDrawsOtherNumbers() throws {
        let plan = try Fixture.plan()
        let other = try Fixture.plan(overrides: ScenarioOverrides(seed: 43))
        #expect(other.seed == 43)
        #expect(Set(plan.nodes.map(\.number)).isDisjoint(with: other.nodes.map(\.number)))
        #expect(try Fixture.plan(overrides: ScenarioOverrides(seed: 42)).canonicalText == plan.canonicalText)
    }

    @Test("Another start moves every time") func anotherStartMovesEveryTime() throws {
        let written = "at: 2026-03-02T11:00:00+00:00"
        let plan = try Fixture.plan("at: +4h", written)
        let start = plan.span.start + .days(100) + .nanoseconds(7)
        let moved = try Fixture.plan("at: +4h", written, overrides: ScenarioOverrides(start: start))
        let shift = start - plan.span.start
        #expect(moved.span.start == start && moved.span.end == plan.span.end + shift)
        #expect(moved.incidents.map(\.window.start) == plan.incidents.map { $0.window.start + shift })
        #expect(moved.administration.events.map(\.time) == plan.administration.events.map { $0.time + shift })
        #expect(moved.administration.events.map(\.key) == plan.administration.events.map(\.key))
        #expect(moved.nodes.map(\.created) == plan.nodes.map { $0.created + shift })
        #expect(moved.nodes.map(\.number) == plan.nodes.map(\.number))
    }

    @Test("Injections join the scenario's incidents") func injectionsJoinTheScenariosIncidents() throws {
        let injections = [
            try IncidentInjection.parse(
                "port-22-spike@+1h,node=ben-laptop,targets=web;tag:db,sessions=80,duration=10m,variant=over"),
            try IncidentInjection.parse("unauthorized-api-calls@2026-03-02T12:00:00Z,client=poller,requests=9,id=x1"),
            try IncidentInjection.parse("port-22-spike@+9h"),
        ]
        let plan = try Fixture.plan(
            "at: +6h", "at: +6h\n    id: x2", overrides: ScenarioOverrides(injections: injections))
        #expect(plan.incidents.map(\.id) == ["x3", "i1", "x1", "x2", "x4"])
        let first = plan.incidents[0]
        #expect(first.node == 1 && first.targets == [2, 3, 4, 5] && first[.sessions] == 80 && first.variant == .over)
        #expect(first.window.length == .minutes(10))
        #expect(plan.incidents[2][.requests] == 9 && plan.incidents[2].oauthClient == 0)
    }

    @Test("An injection changes nothing else") func anInjectionChangesNothingElse() throws {
        let injection = try IncidentInjection.parse("port-22-spike@+1h")
        var plan = try Fixture.plan(overrides: ScenarioOverrides(injections: [injection]))
        plan.incidents.removeAll { $0.id == "x1" }
        #expect(try plan.canonicalText == Fixture.plan().canonicalText)
    }

    @Test(
        "A wrong injection is refused",
        arguments: [
            ("port-22-spike", "write KIND@TIME[,key=value...], such as port-22-spike@+2h,sessions=80"),
            ("port-22-spice@+2h", "kind: there is no \"port-22-spice\" here; did you mean \"port-22-spike\"?"),
            ("port-22-spike@+2h,session=3", "session: there is no key \"session\" here; did you mean \"sessions\"?"),
            ("port-22-spike@+2h,sessions=many", "sessions: \"many\" is not a whole number from 1 to 1000000"),
            ("port-22-spike@+2h,sessions=1,sessions=2", "\"sessions\" is given twice"),
            ("port-22-spike@+2h,sessions", "\"sessions\" is not a pair key=value"),
        ])
    func aWrongInjectionIsRefused(text: String, problem: String) {
        #expect {
            try IncidentInjection.parse(text)
        } throws: { error in
            (error as? ScenarioProblems)?.description == "--inject \(text): \(problem)"
        }
    }

    @Test("What an injection names must be in the scenario") func whatAnInjectionNamesMustBeInTheScenario() throws {
        let injection = try IncidentInjection.parse("port-22-spike@+13h,node=ana-lapto")
        #expect(
            Fixture.problems(in: Fixture.text, overrides: ScenarioOverrides(injections: [injection])).first
                == "--inject port-22-spike@+13h,node=ana-lapto: at: 2026-03-02T20:00:00Z lies outside the scenario, "
                + "which runs from 2026-03-02T07:00:00Z to 2026-03-02T19:00:00Z (+12h)")
    }
}
