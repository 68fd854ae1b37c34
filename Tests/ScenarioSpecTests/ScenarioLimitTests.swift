import ScenarioSpec
import Testing

/// What a run could not hold is refused when the scenario is read, with its line.
@Suite("Limits of a scenario")
struct ScenarioLimitTests {
    /// The fixture with as many incidents as asked for, from line 40 on.
    private func incidents(_ count: Int) -> String {
        let head = Fixture.text.components(before: "  - kind: port-22-spike")
        return head + (0..<count).map { _ in "  - {kind: unauthorized-api-calls, at: +6h}\n" }.joined()
    }

    @Test("A scenario has at most 65,535 incidents")
    func incidentCount() throws {
        #expect(
            Fixture.problems(in: incidents(65_536)) == [
                "fixture.yaml:65575: incidents[65535]: the list has 65536 elements; the limit is 65535"
            ])
    }

    @Test("An incident from the command line counts too")
    func injections() throws {
        let text = incidents(65_535)
        let overrides = ScenarioOverrides(injections: [try IncidentInjection.parse("port-22-spike@+2h")])
        #expect(
            Fixture.problems(in: text, overrides: overrides) == [
                "--inject port-22-spike@+2h: with this incident there are more than 65535, the limit"
            ])
    }

    @Test("Texts have a length, and a message shows their beginning only")
    func lengths() {
        let long = String(repeating: "a", count: 8_000_000)
        #expect(
            Fixture.problems("name: ben\n", "name: ben\n    login: \(long)@x.y\n") == [
                "fixture.yaml:19: users[1].login: the text has 8000004 characters; the limit is 254"
            ])
        #expect(
            Fixture.problems("displayName: Ana Ruiz", "displayName: \(String(repeating: "ä", count: 256))") == [
                "fixture.yaml:14: users[0].displayName: the text has 256 characters; the limit is 255"
            ])
        #expect(Fixture.problems("displayName: Ana Ruiz", "displayName: \(String(repeating: "ä", count: 255))") == [])
        #expect(
            Fixture.problems("name: staff to web", "name: \(String(repeating: "p", count: 256))") == [
                "fixture.yaml:27: traffic[0].name: the text has 256 characters; the limit is 255"
            ])
        let problems = Fixture.problems("os: macOS", "os: \(long)")
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { $0.utf8.count < 300 && $0.contains("aaaa…") })
    }

    @Test("A tag is as long as a DNS label")
    func tags() {
        let tag = "tag:" + String(repeating: "t", count: 64)
        #expect(
            Fixture.problems("{name: db, tags: [tag:db]}", "{name: db, tags: [\(tag)]}") == [
                "fixture.yaml:23: nodes[3].tags[0]: the text has 68 characters; the limit is 67"
            ])
    }

    @Test("Numbers must not make a host name longer than a DNS label")
    func hostNames() {
        let name = String(repeating: "w", count: 61)
        #expect(
            Fixture.problems("{name: db, tags: [tag:db]}", "{name: \(name), count: 10, tags: [tag:db]}") == [
                "fixture.yaml:23: nodes[3].name: the host name \(name)-10 has 64 characters; a DNS label has at most 63; "
                    + "write a shorter name"
            ])
        #expect(Fixture.problems("{name: db, tags: [tag:db]}", "{name: \(name), count: 9, tags: [tag:db]}") == [])
        let twins = "{name: db, tags: [tag:db], count: 2, hostName: \(name)ww}"
        #expect(
            Fixture.problems("{name: db, tags: [tag:db]}", twins) == [
                "fixture.yaml:23: nodes[3].hostName: the host name \(name)ww-1 has 65 characters; a DNS label has at most "
                    + "63; write a shorter name"
            ])
    }

    @Test("A login that the organization makes too long is a problem")
    func logins() {
        let organization = String(repeating: "o", count: 251)
        let problems = Fixture.problems("organization: example.com", "organization: \(organization)")
        #expect(problems.contains { $0.contains("users[0]") && $0.contains("has 255 characters; the limit is 254") })
    }

    @Test("Users, one by one or by count, have a limit")
    func users() {
        let text = Fixture.text.replacing("  - name: ben\n", with: "  - name: ben\n  - {name: crowd, count: 99999}\n")
        #expect(
            Fixture.problems(in: text) == [
                "fixture.yaml:19: users[2].count: with these users there are more than 100000, the limit"
            ])
    }

    @Test("Lists of one entry have a limit")
    func details() {
        let tags = (0..<1_001).map { "tag:t\($0)" }.joined(separator: ", ")
        let problems = Fixture.problems("{name: db, tags: [tag:db]}", "{name: db, tags: [tag:db, \(tags)]}")
        #expect(
            problems.first == "fixture.yaml:23: nodes[3].tags[1000]: the list has 1002 elements; the limit is 1000")
    }

    @Test("Hosts of all LANs together have a limit")
    func hosts() {
        let router = "{name: db, tags: [tag:db], advertisedRoutes: [10.0.0.0/8]}"
        let lans = (0..<16).map { "  - {name: lan\($0), prefix: 10.\(2 * $0).0.0/15, hosts: 65000}\n" }.joined()
        let text = Fixture.text.replacing("{name: db, tags: [tag:db]}", with: router)
            .replacing("traffic:\n", with: "lans:\n\(lans)traffic:\n")
        #expect(
            Fixture.problems(in: text) == [
                "fixture.yaml:42: lans[15].hosts: with these hosts there are more than 1000000, the limit"
            ])
    }

    @Test("Patterns that keep too many connections open are refused at the key")
    func endlessConnections() {
        let text = Fixture.text.replacing("count: 3", with: "count: 3200")
            .replacing("sessionsPerHour: 12.5", with: "endless: true").replacing("[group:staff]", with: "[\"tag:web\"]")
        #expect(
            Fixture.problems(in: text) == [
                "fixture.yaml:31: traffic[0].endless: with this pattern there are 10236800 endless connections; the limit is "
                    + "10000000; write narrower selectors, or sessionsPerHour in place of endless"
            ])
    }

    @Test("Patterns that open too many sessions are refused at the key")
    func sessions() {
        let text = Fixture.text.replacing("count: 3", with: "count: 2001")
            .replacing("sessionsPerHour: 12.5", with: "sessionsPerHour: 100000")
            .replacing("[group:staff]", with: "[\"tag:web\"]")
        let problems = Fixture.problems(in: text)
        #expect(problems.count == 1)
        #expect(
            problems.first?.hasPrefix(
                "fixture.yaml:31: traffic[0].sessionsPerHour: with this pattern there are more than 200000000 sessions an "
                    + "hour") == true)
    }
}

extension String {
    /// The text up to a part of it.
    fileprivate func components(before part: String) -> String {
        firstRange(of: part).map { String(self[..<$0.lowerBound]) } ?? self
    }
}
