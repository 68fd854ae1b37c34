import Generation
import Foundation
import Dataset
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

/// The bytes of the bundled scenarios, held fast: counts and digests, one file a scenario; of large ones, a stretch.
///
/// To record them anew, raise `Version.current` and run the tests with MOCKTAIL_RECORD_FINGERPRINTS=1; the run that
/// records fails, so that no build can pass by recording.
@Suite("Fingerprints")
struct FingerprintTests {
    @Test("A bundled scenario gives the recorded bytes", arguments: Bundled.intervals)
    func fingerprint(interval: Bundled.Interval) async throws {
        let name = interval.name
        let path = Bundled.root.appending(path: "Fingerprints/\(name).txt").path
        let recorded = try? String(contentsOfFile: path, encoding: .utf8)
        let actual = try await measure(interval)
        guard ProcessInfo.processInfo.environment["MOCKTAIL_RECORD_FINGERPRINTS"] == nil else {
            let old = recorded ?? ""
            if withoutVersion(old) != withoutVersion(actual), old.contains("version \(Version.current)\n") {
                Issue.record("\(name): the bytes changed and the version did not; raise Version.current first")
                return
            }
            try actual.write(toFile: path, atomically: true, encoding: .utf8)
            Issue.record("\(name): recorded; run the tests again without MOCKTAIL_RECORD_FINGERPRINTS")
            return
        }
        let expected = try #require(recorded, "there is no fingerprint of \(name)")
        #expect(withoutVersion(actual) == withoutVersion(expected))
    }

    private func withoutVersion(_ text: String) -> String {
        text.split(separator: "\n").filter { !$0.hasPrefix("version ") }.joined(separator: "\n")
    }

    @Test("Every bundled scenario has a fingerprint")
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
}
