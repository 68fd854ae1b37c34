import MocktailFixtures
import Scoring
import SimTime
import Testing
import Truth

/// HTTPS certificates switched off in the admin console.
func httpsOff(_ lines: [String]) -> [Alert] {
    let marks = [#""origin":"ADMIN_CONSOLE""#, #""action":"DISABLE""#, #""property":"HTTPS""#]
    return lines.filter { line in marks.allSatisfy { line.contains($0) } }.compactMap { line in
        guard let time = value("eventTime", line).flatMap({ Instant(rfc3339: $0) }),
            let login = value("loginName", line)
        else { return nil }
        return Alert(time: time, rule: "my/https-off", entities: [login])
    }
}

private func value(_ key: String, _ line: String) -> String? {
    line.firstRange(of: "\"\(key)\":\"").map { String(line[$0.upperBound...].prefix { $0 != "\"" }) }
}

@Suite("HTTPS off") struct HTTPSOffTests {
    @Test("Variant", arguments: IncidentVariant.allCases)
    func variant(_ variant: IncidentVariant) async throws {
        let fixture = try await TailnetFixture("https-off", variant)
        #expect(fixture.isRight(httpsOff(fixture.configuration)))
    }

    @Test("Mutations") func mutations() async throws {
        for mutation in try await TailnetFixture.mutations(of: "https-off", count: 5) {
            #expect(mutation.isRight(httpsOff(mutation.configuration)), "\(mutation.mutation ?? "")")
        }
    }
}
