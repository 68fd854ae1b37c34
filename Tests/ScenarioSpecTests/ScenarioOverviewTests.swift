import ByteText
import ScenarioSpec
import Testing

@Suite("Scenario overview") struct ScenarioOverviewTests {
    private func overview(_ name: String) throws -> ScenarioOverview {
        ScenarioOverview(try ScenarioCatalog().source(of: name).load())
    }

    @Test("The text says who is there and what happens in order") func theTextSaysWhoIsThereAndWhatHappensInOrder()
        throws
    {
        let lines = try overview("quickstart").text.split(separator: "\n").map(String.init)
        #expect(lines.contains("Users (10)") && lines.contains("Nodes (25)"))
        #expect(lines.contains { $0.hasPrefix("  subnet router") && $0.hasSuffix("office-router") })
        let start = try #require(lines.firstIndex(of: "What happens when"))
        let timeline = lines[(start + 1)...]
        #expect(timeline.count == 9)
        #expect(timeline.first == "  +45m    2026-03-02T07:45:00Z  join jai-laptop by jai")
        let times = timeline.map { $0.split(separator: " ")[1] }
        #expect(times == times.sorted())
        #expect(
            timeline.contains(
                "  +8h     2026-03-02T15:00:00Z  incident unauthorized-api-calls (attack) by inventory-poller "
                    + "(OAuth client), 5m"))
    }

    @Test("The JSON has the same") func theJSONHasTheSame() throws {
        let json = try JSONValue.parse(Array(try overview("multi-site").json.utf8), syntax: .strictUniqueKeys)
        #expect(json["name"]?.string == "multi-site")
        #expect((json["lans"]?.array ?? []).allSatisfy { !($0["routers"]?.array ?? []).isEmpty })
        #expect(json["lans"]?.array?.isEmpty == false)
        let kinds = (json["nodes"]?.array ?? []).compactMap { $0["kind"]?.string }
        #expect(kinds.contains("subnet router") && Set(kinds).count == kinds.count)
    }

    @Test("Jobs of a fleet are a kind of their own") func jobsOfAFleetAreAKindOfTheirOwn() throws {
        let lines = try overview("company-500").text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("  fleet job") && $0.contains(" 651 ") })
    }

    @Test("A scenario in which nothing is planned says so") func aScenarioInWhichNothingIsPlannedSaysSo() throws {
        let text = try overview("home-lab").text
        #expect(text.hasSuffix("What happens when\n  ordinary activity only") || text.contains("  +"))
    }
}
