import Truth
import Scoring
import SimTime
import TailnetModel
import TestSupport
import Testing

@Suite("Entity name") struct EntityNameTests {
    private let incident = Incident(
        id: "i", kind: "k", variant: .attack, start: at(0), end: at(9), firstRecord: at(0), lastRecord: at(9),
        actors: [
            IncidentParty(
                nodeID: "nBMBpYmjHD21CNTRL", name: "db-1.Yak-Bebop.ts.net",
                addresses: ["100.104.218.123", "fd7a:115c:a1e0::1937:da7b"], login: "Ana@example.com")
        ])

    @Test(
        "Matches",
        arguments: [
            "nBMBpYmjHD21CNTRL", "NBMBPYMJHD21cntrl", "db-1.yak-bebop.ts.net", "DB-1", "100.104.218.123",
            "100.104.218.123:55", "fd7a:115c:a1e0::1937:da7b", "FD7A:115C:A1E0:0::1937:DA7B",
            "[fd7a:115c:a1e0::1937:da7b]", "[fd7a:115c:a1e0::1937:da7b]:55", "ana@example.COM",
            "db-1.yak-bebop.ts.net.", " db-1 ", "\tdb-1\r\n", "\u{A0}Ana@example.com\u{202F}", "db-1:9100",
            "DB-1.yak-bebop.ts.net:22", "db-1.yak-bebop.ts.net.:443", "::ffff:100.104.218.123", "::FFFF:6468:da7b",
            "[::ffff:100.104.218.123]:22", "0:0:0:0:0:ffff:100.104.218.123", " 100.104.218.123:80 ",
            "nBMBpYmjHD21CNTRL:1",
        ])
    func matches(_ entity: String) {
        #expect(score([alert(1, entity)], [incident]).overall.detected == 1)
    }

    @Test(
        "Does not match",
        arguments: [
            "", "db", "db-1.", "db-1.other.ts.net", "yak-bebop.ts.net", "100.104.218.12", "100.104.218.123:", "ana",
            "100.104.218.123:x", "[fd7a:115c:a1e0::1937:da7b", "[fd7a:115c:a1e0::1937:da7b]55", "[]:5", ":5",
            "fd7a:115c:a1e0::1937:da7b:55", "100.104.218.123/32", "db-1:", "db-1:http", "db-1:123456", "db-1:22:22",
            "db-1.yak-bebop.ts.net..", ".db-1", "d b-1", "::ffff:100.104.218.124", "::100.104.218.123",
            "64:ff9b::100.104.218.123", "db-1\u{0}", ".", " ", ":9100",
        ])
    func doesNotMatch(_ entity: String) {
        let result = score([alert(1, entity)], [incident])
        #expect(result.overall.detected == 0)
        #expect(result.overall.falseAlerts == 1)
    }

    @Test("What an actor lacks matches nothing") func whatAnActorLacksMatchesNothing() {
        var bare = incident
        bare.actors = [IncidentParty(login: "ana@example.com")]
        #expect(score([alert(1, "")], [bare]).overall.detected == 0)
        #expect(score([alert(1, "ana@example.com")], [bare]).overall.detected == 1)
    }

    @Test("Only ASCII letters lose their case") func onlyASCIILettersLoseTheirCase() {
        var accented = incident
        accented.actors = [IncidentParty(login: "José@example.com")]
        #expect(score([alert(1, "JOSé@EXAMPLE.com")], [accented]).overall.detected == 1)
        #expect(score([alert(1, "josÉ@example.com")], [accented]).overall.detected == 0)
    }
}
