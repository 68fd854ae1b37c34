import Dataset
import Foundation
import Generation
import ScenarioSpec
import SimTime
import Simulation
import TestSupport
import Testing

/// The bytes of the bundled scenarios are pinned: counts and digests, a file for each scenario in the folder of the
/// version; of large scenarios, a range.
///
/// The files of a version never change. If bytes change, raise `Version.current` and run these tests with
/// MOCKTAIL_RECORD_FINGERPRINTS=1, which records what the new version's folder does not have yet, with the digests in
/// SHA256SUMS. The run that records fails, so that no build can pass by recording.
@Suite("Fingerprints", .serialized)
struct FingerprintTests {
    private static let folder = Bundled.root.appending(path: "Fingerprints")
    private static let present = folder.appending(path: Version.current)

    @Test("A bundled scenario gives the bytes that are recorded for this version", arguments: Bundled.intervals)
    func fingerprint(interval: Bundled.Interval) async throws {
        let name = interval.name
        let file = FingerprintTests.present.appending(path: "\(name).txt")
        let actual = try await measure(interval)
        if let recorded = try? String(contentsOf: file, encoding: .utf8) {
            #expect(actual == recorded, "\(name): the bytes changed; if they should, raise Version.current")
            return
        }
        guard ProcessInfo.processInfo.environment["MOCKTAIL_RECORD_FINGERPRINTS"] != nil else {
            Issue.record("\(name) has no fingerprint for version \(Version.current)")
            return
        }
        try FileManager.default.createDirectory(at: FingerprintTests.present, withIntermediateDirectories: true)
        try actual.write(to: file, atomically: true, encoding: .utf8)
        let sums = FingerprintTests.present.appending(path: "SHA256SUMS")
        let lines = ((try? String(contentsOf: sums, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
        let all = (lines + ["\(digest(of: actual))  \(name).txt"]).sorted { $0.dropFirst(64) < $1.dropFirst(64) }
        try (all.joined(separator: "\n") + "\n").write(to: sums, atomically: true, encoding: .utf8)
        Issue.record("\(name): recorded; run the tests again without MOCKTAIL_RECORD_FINGERPRINTS")
    }

    @Test("The fingerprints of every version are as they were recorded")
    func recordsStay() throws {
        let versions = try FileManager.default.contentsOfDirectory(atPath: FingerprintTests.folder.path)
            .filter { !$0.hasSuffix(".txt") }.sorted()
        #expect(versions.contains(Version.current), "there is no folder Fingerprints/\(Version.current)")
        for version in versions {
            let folder = FingerprintTests.folder.appending(path: version)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "SHA256SUMS" }
            let found = try names.sorted().map { name in
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                #expect(text.hasPrefix("version \(version)\n"), "\(version)/\(name) is of another version")
                return "\(digest(of: text))  \(name)"
            }
            let recorded = try String(contentsOf: folder.appending(path: "SHA256SUMS"), encoding: .utf8)
            #expect(
                found == recorded.split(separator: "\n").map(String.init),
                "a fingerprint of \(version) was changed or removed; other bytes need another version")
        }
    }

    @Test("Every bundled scenario has a line in ranges.txt")
    func everyScenario() { #expect(Bundled.intervals.map(\.name) == Bundled.files) }

    private func measure(_ interval: Bundled.Interval) async throws -> String {
        let folder = try TestFolder()
        let world = try World(plan: try Scenario.load(Bundled.path(interval.name)))
        var window = world.plan.span
        if interval.length > 0 {
            let from = window.start + .seconds(interval.from)
            window = TimeWindow(start: from, end: from + .seconds(interval.length))
        }
        let options = GeneratorOptions(window: window, threads: 2, hash: RecordDigest.sha256)
        let generator = LogGenerator(world: world, options: options)
        _ = try await GeneratedFolder(path: folder.path, force: false).write(generator) { _, _ in }
        let files = try folder.lines("manifest.json").filter { $0.contains("\"path\"") }.map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: " ,"))
        }
        let head = [
            "version \(Version.current)", "seed \(world.plan.seed)",
            "from \(window.start.rfc3339) to \(window.end.rfc3339)",
        ]
        return head.joined(separator: "\n") + "\n" + files.joined(separator: "\n") + "\n"
    }

    private func digest(of text: String) -> String {
        var sum = DigestSum()
        sum.add(RecordDigest.sha256(Array(text.utf8).span))
        return sum.hex
    }
}
