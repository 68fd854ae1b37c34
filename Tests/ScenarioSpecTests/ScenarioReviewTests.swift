import ScenarioSpec
import Testing

@Suite("Review of a scenario")
struct ScenarioReviewTests {
    private func located(_ text: String) throws -> LocatedPlan {
        try Scenario.decodeLocated(text, file: "fixture.yaml", files: Fixture.files)
    }

    private func notes(_ old: String, _ new: String) throws -> [String] {
        ScenarioReview.notes(of: try located(Fixture.text.replacing(old, with: new))).map(\.description)
    }

    @Test("A pattern that the policy lets through needs no note")
    func allowed() throws {
        #expect(try notes("", "") == [])
        #expect(ScenarioReview.warnings(of: try located(Fixture.text)) == [])
    }

    @Test("A pattern whose ports no rule has is noted with its line and the rule that leads there")
    func otherPorts() throws {
        #expect(
            try notes("profile: web", "profile: ssh") == [
                "fixture.yaml:27: traffic[0]: note: the policy fixture.policy.hujson lets no source reach any target on TCP "
                    + "port 22, only on others (acls[0]), so all sessions of the pattern are refused; if that is not meant, "
                    + "add them to the rule"
            ])
    }

    @Test("A pattern to which no rule leads is noted", arguments: ["to: [db]", "to: [ben]"])
    func noRule(target: String) throws {
        #expect(
            try notes("to: [tag:web]", target) == [
                "fixture.yaml:27: traffic[0]: note: the policy fixture.policy.hujson has no rule that leads from any source "
                    + "to any target, so all sessions of the pattern are refused; if that is not meant, add a rule"
            ])
    }

    @Test("One source that is let through is enough", arguments: ["from: [db, ana]", "from: [\"*\"]"])
    func oneSource(source: String) throws {
        #expect(try notes("from: [group:staff]", source) == [])
    }

    @Test("Scans and traffic to nobody are meant to be refused")
    func meant() throws {
        #expect(try notes("profile: web", "profile: scan\n    ports: [23]") == [])
        #expect(try notes("to: [tag:web]", "to: [gone:old-db]") == [])
    }

    @Test("A later policy, or later tags, may let the pattern through")
    func later() throws {
        let edit = "    - {at: +3h, do: edit-policy, by: ana, policy: edited.policy.hujson}\n"
        let port = Fixture.text.replacing("profile: web", with: "profile: web\n    ports: [80]")
        #expect(ScenarioReview.notes(of: try located(port)).count == 1)
        let edited = port.replacing("incidents:\n", with: edit + "incidents:\n")
        #expect(ScenarioReview.notes(of: try located(edited)) == [])
        let tags = "    - {at: +3h, do: set-tags, node: db, tags: [tag:web], by: ana}\n"
        let tagged = Fixture.text.replacing("to: [tag:web]", with: "to: [db]")
            .replacing("incidents:\n", with: tags + "incidents:\n")
        #expect(ScenarioReview.notes(of: try located(tagged)) == [])
    }

    @Test("Endless connections of all nodes with all nodes are warned of, with what they take")
    func endless() throws {
        let text = Fixture.text.replacing("count: 3", with: "count: 2000")
            .replacing("sessionsPerHour: 12.5", with: "endless: true").replacing("[group:staff]", with: "[\"*\"]")
            .replacing("to: [tag:web]", with: "to: [\"*\"]")
        let warnings = ScenarioReview.warnings(of: try located(text)).map(\.description)
        #expect(warnings.count == 1)
        let warning = try #require(warnings.first)
        #expect(
            warning.hasPrefix(
                "fixture.yaml:27: traffic[0]: warning: the pattern keeps 4010006 connections open (2003 sources, 2003 "
                    + "targets): about"))
        #expect(warning.hasSuffix("write narrower selectors, or sessionsPerHour in place of endless"))
    }

    @Test("Very many sessions are warned of")
    func sessions() throws {
        let text = Fixture.text.replacing("count: 3", with: "count: 2000")
            .replacing("sessionsPerHour: 12.5", with: "sessionsPerHour: 20000")
            .replacing("[group:staff]", with: "[\"tag:web\"]")
        let warnings = ScenarioReview.warnings(of: try located(text)).map(\.description)
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("the pattern opens 40000000 sessions in its busiest hour") == true)
    }
}
