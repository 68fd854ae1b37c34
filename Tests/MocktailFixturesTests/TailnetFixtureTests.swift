import Truth
import MocktailFixtures
import Scoring
import SimTime
import TailnetModel
import Testing

@Suite("Fixtures for Swift tests")
struct TailnetFixtureTests {
    /// A rule as somebody might write it who has nothing but the lines: 20 or more records of one node with port 22 of
    /// somebody else within the whole log.
    private func sshRule(_ lines: [String]) throws -> [Alert] {
        var counts: [String: Int] = [:]
        var alerts: [Alert] = []
        for line in lines {
            guard line.contains(":22\",\"txPkts\""), let node = text(of: "nodeId", in: line) else { continue }
            counts[node, default: 0] += 1
            guard counts[node] == 60, let end = text(of: "end", in: line), let time = Instant(rfc3339: end) else {
                continue
            }
            alerts.append(Alert(time: time, rule: "my/ssh", entities: [node]))
        }
        return alerts
    }

    private func text(of key: Substring, in line: String) -> String? {
        guard let start = line.firstRange(of: "\"\(key)\":\"")?.upperBound else { return nil }
        return String(line[start...].prefix { $0 != "\"" })
    }

    @Test("A rule is right on what it was made for, and wrong where it is broken")
    func rule() async throws {
        for variant in IncidentVariant.allCases {
            let fixture = try await TailnetFixture("ssh-brute-force", variant)
            #expect(fixture.shouldFire == [.attack, .over].contains(variant))
            #expect(fixture.incidents.count == 1)
            #expect(fixture.isRight([]) == !fixture.shouldFire, "silence is right only where nothing is to be found")
        }
        let attack = try await TailnetFixture("ssh-brute-force")
        #expect(attack.isRight(try sshRule(attack.network)))
        #expect(attack.expectedRules.contains("sigma/brute-force"))
        let under = try await TailnetFixture("ssh-brute-force", .under)
        #expect(under.isRight(try sshRule(under.network)))
        let actor = try #require(under.incidents.first?.actors.first)
        let wrong = Alert(
            time: try #require(under.incidents.first).firstRecord, rule: "my/ssh", entities: [actor.nodeID])
        #expect(!under.isRight([wrong]))
    }

    @Test("Lines are the same each time and others with another seed")
    func linesAreTheSameEachTimeAndOthersWithAnotherSeed() async throws {
        let one = try await TailnetFixture("https-off")
        let two = try await TailnetFixture("https-off")
        let other = try await TailnetFixture("https-off", seed: 5)
        #expect(one.configuration == two.configuration && one.network == two.network)
        #expect(one.configuration.contains { $0.contains("\"DISABLE\"") && $0.contains("\"HTTPS\"") })
        #expect(other.configuration != one.configuration)
    }

    @Test("Mutations keep the attack and differ from it") func mutationsKeepTheAttackAndDifferFromIt() async throws {
        let attack = try await TailnetFixture("vertical-scan")
        let mutations = try await TailnetFixture.mutations(of: "vertical-scan", count: 4)
        #expect(mutations.count == 4)
        for mutation in mutations {
            #expect(mutation.shouldFire && !mutation.incidents.isEmpty)
            #expect(mutation.mutation?.isEmpty == false)
            #expect(mutation.network != attack.network)
        }
        let more = try await TailnetFixture.mutations(of: "vertical-scan", count: 1)
        #expect(more[0].network == mutations[0].network)
    }

    @Test("History comes before the logs and has no incident") func historyComesBeforeTheLogsAndHasNoIncident()
        async throws
    {
        let fixture = try await TailnetFixture("exfiltration-drip")
        let history = await fixture.history()
        #expect(history.network.count > 1_000)
        let last = try #require(history.network.last.flatMap { text(of: "logged", in: $0) })
        let first = try #require(fixture.network.first.flatMap { text(of: "logged", in: $0) })
        #expect(try #require(Instant(rfc3339: last)) < #require(Instant(rfc3339: first)))
    }

    @Test("Unknown kinds are told") func unknownKindsAreTold() async throws {
        await #expect(throws: FixtureError.self) { _ = try await TailnetFixture("ssh-brute-farce") }
        #expect(TailnetFixture.kinds.contains("ssh-brute-force"))
    }
}
