import Generation
import LogFormats
import LogStatistics
import TailnetModel
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Captured records that lie outside of the package; tests that need them are skipped where they are absent.
///
/// They are looked for under `formats/samples` of the folder that `MOCKTAIL_SHARED` names, or of `shared` next to the
/// package.
private enum Samples {
    static let flow = "flow_record_pull_real.json"
    static let audit = "audit_s3_export_real.ndjson"

    static func exists(_ name: String) -> Bool { FileManager.default.isReadableFile(atPath: path(name)) }

    static func bytes(_ name: String) throws -> [UInt8] {
        let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
        return bytes.last == 10 ? bytes : bytes + [10]
    }

    private static func path(_ name: String) -> String {
        let shared =
            ProcessInfo.processInfo.environment["MOCKTAIL_SHARED"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared").path
        return "\(shared)/formats/samples/\(name)"
    }
}

@Suite("Generated text beside captured text")
struct RealTextTests {
    private static let office = """
        users:
          - {name: ana, displayName: Ana Ruiz, role: owner, timeZone: UTC}
          - {name: ben, displayName: Ben Ode, timeZone: UTC}
        nodes:
          - {name: ana-laptop, user: ana, os: macOS}
          - {name: ben-laptop, user: ben, os: linux}
          - {name: server, count: 2, tags: [tag:server]}
        oauthClients:
          - {name: poller, scopes: all:read, tokenEvery: 30m}
        traffic:
          - {name: login, profile: ssh, from: [autogroup:member], to: [tag:server], sessionsPerHour: 12}
        administration:
          consoleLoginsPerDay: 20
        """

    /// The text of one record after the other.
    private func records(_ log: LogKind) async throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        await produce(try world(scenario(duration: "12h", Self.office)), [log]) { part in
            for record in part.records {
                records.append(Array(part.bytes[Int(record.offset)..<Int(record.offset + record.length)]))
            }
        }
        return records
    }

    private func report(_ log: LogKind, _ text: [UInt8]) -> StatisticsReport {
        let summary = LogSummary()
        summary.add(log, text)
        return summary.report()
    }

    @Test(
        "A captured flow record breaks no rule but that its ID was made unreadable",
        .enabled(if: Samples.exists(Samples.flow), "flow_record_pull_real.json is absent"))
    func captured() throws {
        let report = report(.network, try Samples.bytes(Samples.flow))
        #expect(report.networkRecords == 1)
        #expect(report.networkKinds == ["a node's ID is not in the form that the service makes"])
    }

    @Test(
        "Flow records have the entropy and compress as a captured one",
        .enabled(if: Samples.exists(Samples.flow), "flow_record_pull_real.json is absent"))
    func flowTexture() async throws {
        let real = report(.network, try Samples.bytes(Samples.flow))
        // The captured record has one virtual and one physical entry.
        let alike = try await records(.network).map { report(.network, $0) }.filter {
            $0.value("connections.mean") == 2
        }
        try #require(alike.count > 50)
        for (key, tolerance) in [("text.entropy", 0.05), ("text.gzip", 0.15), ("size.mean", 0.3)] {
            let mean = alike.compactMap { $0.value(key) }.reduce(0, +) / Double(alike.count)
            let wanted = try #require(real.value(key))
            #expect(abs(mean / wanted - 1) < tolerance, "\(key): \(mean), captured \(wanted)")
        }
    }

    @Test(
        "Configuration records compress as those of a real export",
        .enabled(if: Samples.exists(Samples.audit), "audit_s3_export_real.ndjson is absent"))
    func auditTexture() async throws {
        let real = report(.configuration, try Samples.bytes(Samples.audit))
        // IDs were made unreadable; everything else is as the service wrote it.
        #expect(
            real.configurationDeviations.items.map(\.kind) == [
                "an ID that ends in CNTRL is not in the form that the service makes"
            ])
        let own = report(.configuration, Array(try await records(.configuration).prefix(20).joined()))
        #expect(own.configurationRecords == 20)
        for (key, tolerance) in [("configuration.gzip", 0.4), ("configuration.size.mean", 0.4)] {
            let found = try #require(own.value(key))
            let wanted = try #require(real.value(key))
            #expect(abs(found / wanted - 1) < tolerance, "\(key): \(found), captured \(wanted)")
        }
    }
}
