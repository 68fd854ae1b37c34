import Foundation
import Testing

/// What `generate --summary` says of a scenario.
@Suite("The summary of a scenario", .enabled(if: Tool.path != nil, "the tool is not built"), .timeLimit(.minutes(15)))
struct SummaryTests {
    @Test("Without a folder: a table with published figures, and no deviation; nothing is written")
    func table() throws {
        let outcome = try Tool.run("generate", "port-22-spike", "--summary")
        #expect(outcome.code == 0, "\(outcome.talk)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.contains { $0.contains("window, mean") && $0.contains("5.100 s") })
        #expect(lines.last?.hasPrefix("strict: 0 deviations in ") == true, "\(lines.last ?? "")")
    }

    @Test("As JSON, of one log, for a range of it")
    func json() throws {
        let outcome = try Tool.run(
            "generate", "port-22-spike", "--log", "network", "--duration", "10m", "--summary", "--json")
        #expect(outcome.code == 0, "\(outcome.talk)")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["configurationRecords"] as? Int == 0)
        #expect((object?["networkRecords"] as? Int ?? 0) > 0)
        #expect(((object?["strict"] as? [String: Any])?["count"] as? Int) == 0)
    }

    @Test("Records on standard output leave no place for a summary")
    func standardOutput() throws {
        let outcome = try Tool.run("generate", "port-22-spike", "--log", "network", "--out", "-", "--summary")
        #expect(outcome.code == 64)
        #expect(outcome.talk.contains("--summary prints to standard output"))
    }
}
