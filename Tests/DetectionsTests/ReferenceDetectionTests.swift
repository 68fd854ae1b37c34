import Detections
import SimTime
import TestSupport
import Testing
import Truth

/// What the reference detections make of records.
@Suite("Reference detection") struct ReferenceDetectionTests {
    /// The alerts of the own detections on records.
    private func alerts(_ records: [String]) -> [Alert] {
        DetectionRun.alerts(Detection.own, on: lines(records))
    }

    /// Records of one node, each with 21 entries made by `entry`.
    private func burst(_ entry: (Int) -> String) -> [String] {
        (0..<21).map { flowRecord("n1", Int64(10 + $0), entry($0), name: "lap.yak-bebop.ts.net") }
    }

    @Test("Alerts name the reporter, its name and its address") func alertsNameTheReporterItsNameAndItsAddress() {
        let found = alerts(burst { "100.64.0.1:\(40_000 + $0)>100.64.0.\($0 + 10):22" })
        #expect(
            found == [
                Alert(
                    time: at(30), rule: "mocktail/port-22-spike",
                    entities: ["n1", "lap.yak-bebop.ts.net", "100.64.0.1"])
            ])
    }

    @Test("Streamed records name the reporter too") func streamedRecordsNameTheReporterToo() {
        let records = (0..<21).map { number in
            let entry = "100.64.0.1:\(40_000 + number)>100.64.0.7:22"
            return envelope(Int64(10 + number), flowRecord("n1", Int64(10 + number), entry, name: "lap.ts.net"))
        }
        let found = alerts(records)
        #expect(found.map(\.entities) == [["n1", "lap.ts.net", "100.64.0.1"]])
        #expect(found.map(\.time) == [at(30)])
    }

    @Test("Sessions differ by target or by port") func sessionsDifferByTargetOrByPort() {
        #expect(alerts(burst { "100.64.0.1:40000>100.64.0.\($0 + 10):22" }).count == 1)
        #expect(alerts(burst { "[fd7a::1]:\(40_000 + $0)>[fd7a::2]:22" }).count == 1)
        #expect(alerts(burst { _ in "100.64.0.1:40000>100.64.0.10:22" }).isEmpty)
    }

    @Test("Other ports and the server's side do not count") func otherPortsAndTheServersSideDoNotCount() {
        #expect(alerts(burst { "100.64.0.1:\(40_000 + $0)>100.64.0.10:2222" }).isEmpty)
        #expect(alerts(burst { "100.64.0.1:\(40_000 + $0)>100.64.0.10:122" }).isEmpty)
        #expect(alerts(burst { "100.64.0.1:22>100.64.0.10:\(40_000 + $0)" }).isEmpty)
    }

    @Test("Only TCP that sent packets counts") func onlyTCPThatSentPacketsCounts() {
        let records = burst { "100.64.0.1:\(40_000 + $0)>100.64.0.10:22" }
        #expect(alerts(records.map { $0.replacing("\"proto\":6", with: "\"proto\":17") }).isEmpty)
        #expect(alerts(records.map { $0.replacing("\"txPkts\":1,\"txBytes\"", with: "\"rxBytes\"") }).isEmpty)
        #expect(alerts(records.map { $0.replacing("virtualTraffic", with: "exitTraffic") }).isEmpty)
        #expect(alerts(records.map { $0.replacing("virtualTraffic", with: "subnetTraffic") }).count == 1)
    }

    @Test("Failed requests are those with an error or a failed target")
    func failedRequestsAreThoseWithAnErrorOrAFailedTarget() {
        let failed = (0..<5).map { auditRecord($0, Int64($0), error: "forbidden") }
        let found = alerts(failed)
        #expect(found.map(\.entities) == [["u1CNTRL", "ana@example.com"]])
        #expect(found.map(\.time) == [at(4)])
        #expect(alerts(failed.map { $0.replacing(",\"error\":\"forbidden\"", with: "") }).count == 1)
        #expect(alerts(failed.map { $0.replacing("FAILED_REQUEST", with: "API_KEY") }).count == 1)
        #expect(alerts((0..<5).map { auditRecord($0, Int64($0)) }).isEmpty)
    }

    @Test("A failure that is sent twice counts once") func aFailureThatIsSentTwiceCountsOnce() {
        let failed = (0..<4).map { auditRecord($0, Int64($0), error: "forbidden") }
        #expect(alerts(failed + failed).isEmpty)
    }

    @Test("Actors are counted apart") func actorsAreCountedApart() {
        #expect(alerts((0..<8).map { auditRecord($0, 1, actor: "u\($0 % 2)", error: "no") }).isEmpty)
    }
}
