import Truth
import SimTime
import TestSupport
import Testing

@Suite("Incident text") struct IncidentTextTests {
    private let full = Incident(
        id: "i1", kind: "ssh-sweep", variant: .over, attack: ["T1021.004"], start: at(0), end: at(60),
        firstRecord: at(5), lastRecord: at(65),
        actors: [
            IncidentParty(
                nodeID: "n1CNTRL", name: "lap.yak-bebop.ts.net", addresses: ["100.64.0.1", "fd7a:115c:a1e0::1"],
                login: "ana@example.com")
        ],
        targets: [IncidentParty(nodeID: "n2CNTRL")],
        stages: [IncidentStage(name: "scan", start: at(0), end: at(30), attack: ["T1046"])],
        expectedRules: ["mocktail/port-22-spike"])

    @Test("The shape is the documented one") func theShapeIsTheDocumentedOne() {
        #expect(
            IncidentText.encode(full)
                == #"{"schema":1,"id":"i1","kind":"ssh-sweep","variant":"over","attack":["T1021.004"],"#
                + #""start":"2026-08-01T09:00:00Z","end":"2026-08-01T09:01:00Z","#
                + #""firstRecord":"2026-08-01T09:00:05Z","lastRecord":"2026-08-01T09:01:05Z","#
                + #""actors":[{"nodeId":"n1CNTRL","name":"lap.yak-bebop.ts.net","#
                + #""addresses":["100.64.0.1","fd7a:115c:a1e0::1"],"login":"ana@example.com"}],"#
                + #""targets":[{"nodeId":"n2CNTRL","name":"","addresses":[],"login":""}],"#
                + #""stages":[{"name":"scan","start":"2026-08-01T09:00:00Z","end":"2026-08-01T09:00:30Z","#
                + #""attack":["T1046"]}],"expectedRules":["mocktail/port-22-spike"]}"#)
    }

    @Test("Every variant comes back") func everyVariantComesBack() throws {
        for variant in IncidentVariant.allCases {
            var incident = full
            incident.variant = variant
            #expect(try IncidentText.decode(Array(IncidentText.encode(incident).utf8)) == [incident])
        }
    }

    @Test("All wrong lines are named at once") func allWrongLinesAreNamedAtOnce() {
        let good = IncidentText.encode(full)
        let lines = [
            good, good, good.replacing("\"schema\":1", with: "\"schema\":2"),
            good.replacing("over", with: "harmless"), good.replacing("\"id\":\"i1\"", with: "\"id\":7"),
            good.replacing("\"nodeId\":\"n2CNTRL\",", with: ""),
            good.replacing("09:01:05Z", with: "08:01:05Z"),
            good.replacing("\"login\":\"\"}]", with: "\"login\":\"\"},4]"),
        ]
        let problems = #expect(throws: NDJSONProblems.self) {
            try IncidentText.decode(Array(lines.joined(separator: "\n").utf8))
        }
        #expect(
            problems?.description == """
                line 2: 'id' must be unique, but 'i1' stands on an earlier line
                line 3: 'schema' must be 1, the only version that this program reads
                line 4: 'variant' must be one of attack, over, under, lookalike, not 'harmless'
                line 5: 'id' must be a string
                line 6: 'targets[0].nodeId' is missing
                line 7: 'firstRecord' must not be later than 'lastRecord'
                line 8: 'targets[1]' must be a JSON object
                """)
    }
}
