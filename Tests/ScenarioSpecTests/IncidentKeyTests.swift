import ByteText
import ScenarioSpec
import Testing

@Suite("Incident key") struct IncidentKeyTests {
    @Test("The older key means the same") func theOlderKeyMeansTheSame() throws {
        let documented = try Fixture.plan()
        let older = try Fixture.plan("\nincidents:\n", "\nanomalies:\n")
        #expect(documented.incidents.count == 2)
        #expect(older.canonicalText == documented.canonicalText)
    }

    @Test("Both keys at once are a problem with its line") func bothKeysAtOnceAreAProblemWithItsLine() {
        let text = Fixture.text + "\nanomalies: []\n"
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        #expect(
            Fixture.problems(in: text) == [
                "fixture.yaml:\(line): anomalies: the keys \"incidents\" and \"anomalies\" mean the same; "
                    + "use \"incidents\" alone"
            ])
    }

    @Test("The schema marks the older key") func theSchemaMarksTheOlderKey() throws {
        let schema = try JSONValue.parse(Array(ScenarioSchema.jsonText.utf8))
        let keys = try #require(schema["properties"])
        #expect(keys["anomalies"]?["deprecated"]?.bool == true)
        #expect(keys["incidents"] != nil && keys["incidents"]?["deprecated"] == nil)
    }

    @Test("A misspelt key is corrected to the documented one") func aMisspeltKeyIsCorrectedToTheDocumentedOne() {
        let problems = Fixture.problems(in: Fixture.text.replacing("\nincidents:\n", with: "\nincident:\n"))
        #expect(problems.count == 1 && problems[0].hasSuffix("did you mean \"incidents\"?"), "\(problems)")
    }
}
