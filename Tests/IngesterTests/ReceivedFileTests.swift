import Truth
import Ingester
import Scoring
import SimTime
import TestSupport
import Testing

/// What a receiver leaves on disk.
@Suite("Received file", .timeLimit(.minutes(15))) struct ReceivedFileTests {
    @Test("Records are kept as they came") func recordsAreKeptAsTheyCame() async throws {
        try await withTestFolder { folder in
            let flows = (0..<5).map { flowRecord("n1", Int64($0) * 5) }
            let audits = (0..<3).map { auditRecord($0, Int64($0)) }
            let streamed = envelope(50, flowRecord("n1", 50)) + envelope(55, flowRecord("n1", 55))
            try await withReceiver(ReceiverConfiguration(folder: folder)) { _, client in
                let mixed = [flows[0], flows[1], audits[0], "bad", audits[1], flows[2], audits[2]]
                _ = try await client.send("POST", "/", lines(mixed))
                _ = try await client.send("POST", "/", lines([flows[3]]))
                _ = try await client.send("POST", "/", Array(flows[4].utf8))
                _ = try await client.send("POST", "/services/collector/event", Array(streamed.utf8))
            }
            let kept = flows + [envelope(50, flowRecord("n1", 50)), envelope(55, flowRecord("n1", 55))]
            #expect(contents(of: "\(folder)/network.ndjson") == kept.map { $0 + "\n" }.joined())
            #expect(contents(of: "\(folder)/configuration.ndjson") == audits.map { $0 + "\n" }.joined())
        }
    }

    @Test("Files that exist are not touched") func filesThatExistAreNotTouched() async throws {
        try await withTestFolder { folder in
            let configuration = ReceiverConfiguration(folder: folder, alertFile: "\(folder)/alerts.ndjson")
            try await withReceiver(configuration) { _, client in
                _ = try await client.send("POST", "/", lines([flowRecord("n1", 5)]))
            }
            let error = await #expect(throws: IngesterError.self) {
                try await Receiver(configuration: configuration).start()
            }
            #expect(
                error?.description
                    == "cannot create \(folder)/configuration.ndjson: it exists already; choose another place or remove it"
            )
            #expect(contents(of: "\(folder)/network.ndjson") == flowRecord("n1", 5) + "\n")
        }
    }

    @Test("A folder that cannot be made is an error") func aFolderThatCannotBeMadeIsAnError() async {
        let configuration = ReceiverConfiguration(folder: "/nonexistent/a/b")
        let error = await #expect(throws: IngesterError.self) {
            try await Receiver(configuration: configuration).start()
        }
        #expect(error?.description == "cannot create the folder /nonexistent/a/b: no such file or directory")
    }

    @Test("Alerts are written as they become certain") func alertsAreWrittenAsTheyBecomeCertain() async throws {
        try await withTestFolder { folder in
            let path = "\(folder)/alerts.ndjson"
            try await withReceiver(ReceiverConfiguration(alertFile: path)) { receiver, client in
                let attack = (0..<21).map { flowRecord("n1", 10, "100.64.0.1:\(2_000 + $0)>100.64.0.2:22") }
                _ = try await client.send("POST", "/", lines(attack))
                #expect(contents(of: path) == "")
                // Two bodies must be past it, and nobody may have come with an older one since.
                for number in 0..<3 {
                    if number == 2 { try await Task.sleep(for: .milliseconds(300)) }
                    _ = try await client.send("POST", "/", lines([flowRecord("n2", 10_000 + Int64(number))]))
                }
                #expect(contents(of: path) == receiver.alerts.map { AlertText.encode($0) + "\n" }.joined())
                #expect(receiver.alerts.count == 1)
                let failures = (0..<5).map { auditRecord($0, 60, error: "no") }
                _ = try await client.send("POST", "/", lines(failures))
            }
            let alerts = try AlertText.decode(Array((contents(of: path) ?? "").utf8))
            #expect(alerts.map(\.rule) == ["mocktail/port-22-spike", "mocktail/unauthorized-api-calls"])
            #expect(alerts.map(\.time) == [at(10), at(60)])
        }
    }
}
