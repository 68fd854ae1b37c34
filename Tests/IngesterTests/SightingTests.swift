import Truth
import Ingester
import Scoring
import SimTime
import Testing

/// What the reference detections make of records.
@Suite("Sighting", .timeLimit(.minutes(15))) struct SightingTests {
    /// The alerts of a receiver that has taken the records in one request.
    private func alerts(_ records: [String]) async throws -> [Alert] {
        let receiver = Receiver()
        let client = try HTTPConnection(port: try await receiver.start())
        _ = try await client.send("POST", "/", lines(records))
        try await receiver.stop()
        return receiver.alerts
    }

    /// Records of one node, each with 21 entries made by `entry`.
    private func burst(_ entry: (Int) -> String) -> [String] {
        (0..<21).map { flowRecord("n1", Int64(10 + $0), entry($0), name: "lap.yak-bebop.ts.net") }
    }

    @Test("Alerts name the reporter, its name and its address") func alertsNameTheReporterItsNameAndItsAddress()
        async throws
    {
        let found = try await alerts(burst { "100.64.0.1:\(40_000 + $0)>100.64.0.\($0 + 10):22" })
        #expect(
            found == [
                Alert(
                    time: at(30), rule: "mocktail/port-22-spike",
                    entities: ["n1", "lap.yak-bebop.ts.net", "100.64.0.1"])
            ])
    }

    @Test("Streamed records name the reporter too") func streamedRecordsNameTheReporterToo() async throws {
        let records = (0..<21).map { number in
            let entry = "100.64.0.1:\(40_000 + number)>100.64.0.7:22"
            return envelope(Int64(10 + number), flowRecord("n1", Int64(10 + number), entry, name: "lap.ts.net"))
        }
        let found = try await alerts(records)
        #expect(found.map(\.entities) == [["n1", "lap.ts.net", "100.64.0.1"]])
        #expect(found.map(\.time) == [at(30)])
    }

    @Test("Sessions differ by target or by port") func sessionsDifferByTargetOrByPort() async throws {
        #expect(try await alerts(burst { "100.64.0.1:40000>100.64.0.\($0 + 10):22" }).count == 1)
        #expect(try await alerts(burst { "[fd7a::1]:\(40_000 + $0)>[fd7a::2]:22" }).count == 1)
        #expect(try await alerts(burst { _ in "100.64.0.1:40000>100.64.0.10:22" }).isEmpty)
    }

    @Test("Other ports and the server's side do not count") func otherPortsAndTheServersSideDoNotCount() async throws {
        #expect(try await alerts(burst { "100.64.0.1:\(40_000 + $0)>100.64.0.10:2222" }).isEmpty)
        #expect(try await alerts(burst { "100.64.0.1:\(40_000 + $0)>100.64.0.10:122" }).isEmpty)
        #expect(try await alerts(burst { "100.64.0.1:22>100.64.0.10:\(40_000 + $0)" }).isEmpty)
    }

    @Test("Only TCP that sent packets counts") func onlyTCPThatSentPacketsCounts() async throws {
        let records = burst { "100.64.0.1:\(40_000 + $0)>100.64.0.10:22" }
        #expect(try await alerts(records.map { $0.replacing("\"proto\":6", with: "\"proto\":17") }).isEmpty)
        #expect(try await alerts(records.map { $0.replacing("\"txPkts\":1,\"txBytes\"", with: "\"rxBytes\"") }).isEmpty)
        #expect(try await alerts(records.map { $0.replacing("virtualTraffic", with: "exitTraffic") }).isEmpty)
        #expect(try await alerts(records.map { $0.replacing("virtualTraffic", with: "subnetTraffic") }).count == 1)
    }

    @Test("Failed requests are those with an error or a failed target")
    func failedRequestsAreThoseWithAnErrorOrAFailedTarget() async throws {
        let failed = (0..<5).map { auditRecord($0, Int64($0), error: "forbidden") }
        let found = try await alerts(failed)
        #expect(found.map(\.entities) == [["u1CNTRL", "ana@example.com"]])
        #expect(found.map(\.time) == [at(4)])
        #expect(try await alerts(failed.map { $0.replacing(",\"error\":\"forbidden\"", with: "") }).count == 1)
        #expect(try await alerts(failed.map { $0.replacing("FAILED_REQUEST", with: "API_KEY") }).count == 1)
        #expect(try await alerts((0..<5).map { auditRecord($0, Int64($0)) }).isEmpty)
    }

    @Test("A failure that is sent twice counts once") func aFailureThatIsSentTwiceCountsOnce() async throws {
        let failed = (0..<4).map { auditRecord($0, Int64($0), error: "forbidden") }
        #expect(try await alerts(failed + failed).isEmpty)
    }

    @Test("Actors are counted apart") func actorsAreCountedApart() async throws {
        #expect(try await alerts((0..<8).map { auditRecord($0, 1, actor: "u\($0 % 2)", error: "no") }).isEmpty)
    }

    /// Both logs in small shuffled requests over four connections at once give the alerts of the sorted whole.
    @Test("Four connections racing each other find the same alerts")
    func fourConnectionsRacingEachOtherFindTheSameAlerts() async throws {
        var records: [String] = []
        for number in 0..<120 {
            let node = "n\(number % 5)"
            records.append(flowRecord(node, Int64(number) * 7, "100.64.0.1:\(30_000 + number)>100.64.0.9:22"))
            records.append(flowRecord(node, Int64(number) * 7 + 1, "100.64.0.1:\(30_000 + number)>100.64.0.8:443"))
        }
        records += (0..<60).map { flowRecord("n9", 300 + Int64($0), "100.64.0.5:\(50_000 + $0)>100.64.0.7:22") }
        records += (0..<24).map { auditRecord($0, Int64($0) * 70, actor: "u\($0 % 2)", error: "no") }
        let expected = try await alerts(records)
        #expect(expected.count == 5)

        var draws = Draws(state: 7)
        let shuffled = records.shuffled(using: &draws)
        let receiver = Receiver()
        let port = try await receiver.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<4 {
                group.addTask {
                    let client = try HTTPConnection(port: port)
                    for start in stride(from: lane * 10, to: shuffled.count, by: 40) {
                        let part = shuffled[start..<min(start + 10, shuffled.count)]
                        _ = try await client.send("POST", "/", lines(Array(part)))
                    }
                }
            }
            try await group.waitForAll()
        }
        try await receiver.stop()
        #expect(receiver.snapshot.records == records.count)
        #expect(receiver.alerts == expected)
    }
}
