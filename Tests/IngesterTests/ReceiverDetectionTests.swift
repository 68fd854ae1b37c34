import Detections
import Ingester
import SimTime
import TestSupport
import Testing
import Truth

/// Detections over what a receiver takes, in whatever order it comes.
@Suite("Receiver detection", .timeLimit(.minutes(15))) struct ReceiverDetectionTests {
    private func alerts(_ rule: String, _ records: [String]) throws -> [Alert] {
        let detection = try #require(Detection.reference.first { $0.id == rule })
        return DetectionRun.alerts([detection], on: lines(records))
    }

    /// Records of one connection, 30 seconds apart, with so many bytes each.
    private func transfer(_ bytes: [Int]) -> [String] {
        bytes.enumerated().map { number, bytes in
            flowRecord("n1", Int64(number) * 30, "100.64.0.1:40000>100.64.0.2:443")
                .replacing("\"txBytes\":60", with: "\"txBytes\":\(bytes)")
        }
    }

    @Test("Bytes that arrive twice count once") func bytesThatArriveTwiceCountOnce() async throws {
        let rule = "sentinel/large-outbound-transfer"
        let detections = Detection.reference.filter { $0.id == rule }
        try await withReceiver(ReceiverConfiguration(detections: detections)) { receiver, client in
            let body = lines(transfer(Array(repeating: 10 << 20, count: 10)))
            _ = try await client.send("POST", "/", body)
            _ = try await client.send("POST", "/", body)
            try await receiver.stop()
            #expect(receiver.snapshot.duplicates == 10)
            #expect(receiver.alerts.isEmpty)
        }
    }

    /// Many transfers in small requests that overtake each other give the sums of the whole.
    @Test("The order of arrival does not matter for bytes", arguments: 0..<5)
    func theOrderOfArrivalDoesNotMatterForBytes(_ seed: Int) async throws {
        var draws = Draws(state: UInt64(seed))
        var records: [(arrival: Int64, text: String)] = []
        for number in 0..<600 {
            let moment = Int64.random(in: 0..<12_000, using: &draws)
            let record = flowRecord("n\(number)", moment, "100.64.0.\(number % 3):40000>100.64.0.9:443")
                .replacing("\"txBytes\":60", with: "\"txBytes\":\(Int.random(in: 1 << 20...3 << 20, using: &draws))")
            records.append((moment + Int64.random(in: 0...1_800, using: &draws), record))
        }
        let rule = "sentinel/large-outbound-transfer"
        let expected = try alerts(rule, records.map(\.text))
        #expect(expected.count >= 3)
        let arrivals = records.sorted { $0.arrival < $1.arrival }.map(\.text)
        let detections = Detection.reference.filter { $0.id == rule }
        try await withReceiver(ReceiverConfiguration(detections: detections)) { receiver, client in
            for start in stride(from: 0, to: arrivals.count, by: 7) {
                let part = Array(arrivals[start..<min(start + 7, arrivals.count)])
                _ = try await client.send("POST", "/", lines(part))
            }
            try await receiver.stop()
            #expect(receiver.alerts.sorted { ($0.time, $0.entities[0]) < ($1.time, $1.entities[0]) } == expected)
            #expect(receiver.snapshot.late == 0)
        }
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
        let expected = DetectionRun.alerts(Detection.own, on: lines(records))
        #expect(expected.count == 5)

        var draws = Draws(state: 7)
        let shuffled = records.shuffled(using: &draws)
        let receiver = Receiver()
        let port = try await receiver.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<4 {
                group.addTask {
                    let client = try await HTTPConnection(port: port)
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

    /// Connections that are hours apart in event time, and one record from the year 2030 before all others.
    @Test("Connections hours apart and a record from the future find the same alerts", arguments: [4, 32])
    func connectionsHoursApartFindTheSameAlerts(_ connections: Int) async throws {
        let records = (0..<1_280).map { number in
            flowRecord("n\(number % 5)", Int64(number) * 60, "100.64.0.1:\(30_000 + number)>100.64.\(number % 9).9:22")
        }
        let burst = (0..<80).map { flowRecord("n9", 40_000 + Int64($0), "100.64.0.5:\(50_000 + $0)>100.64.0.\($0):22") }
        let day = records[..<666] + burst + records[666...]
        let expected = DetectionRun.alerts(Detection.own, on: lines(Array(day)))
        #expect(expected.count == 1)
        let receiver = Receiver()
        let port = try await receiver.start()
        let future = flowRecord("n7", 126_230_400, "100.64.0.1:30000>100.64.0.9:443")
        let early = try await HTTPConnection(port: port)
        _ = try await early.send("POST", "/", lines([future]))
        let batches = stride(from: 0, to: day.count, by: 20).map { Array(day[$0..<min($0 + 20, day.count)]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<connections {
                group.addTask {
                    let client = try await HTTPConnection(port: port)
                    for batch in stride(from: lane, to: batches.count, by: connections) {
                        _ = try await client.send("POST", "/", lines(batches[batch]))
                    }
                }
            }
            try await group.waitForAll()
        }
        try await receiver.stop()
        #expect(receiver.snapshot.late == 0)
        #expect(receiver.alerts == expected)
    }
}
