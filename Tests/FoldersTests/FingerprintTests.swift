import Assembly
import Foundation
import Folders
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

/// The bytes of the bundled scenarios, held fast: counts and digests, one file a scenario.
///
/// To record them anew, raise `Version.current` and run the tests with MOCKTAIL_RECORD_FINGERPRINTS=1; the run that
/// records fails, so that no build can pass by recording.
@Suite("Fingerprints")
struct FingerprintTests {
    @Test("A bundled scenario gives the recorded bytes", arguments: Bundled.names)
    func fingerprint(name: String) async throws {
        let path = Bundled.root.appending(path: "Fingerprints/\(name).txt").path
        let recorded = try? String(contentsOfFile: path, encoding: .utf8)
        let actual = try await measure(name)
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

    private func measure(_ name: String) async throws -> String {
        let folder = try TestFolder()
        let world = try World(plan: try Scenario.load(Bundled.path(name)))
        let options = ProductionOptions(window: world.plan.span, threads: 2, hash: RecordDigest.sha256)
        let production = Production(world: world, options: options)
        _ = try await GeneratedFolder(path: folder.path, force: false).write(production) { _, _ in }
        let files = try folder.lines("manifest.json").filter { $0.contains("\"path\"") }.map {
            $0.trimmingCharacters(in: CharacterSet(charactersIn: " ,"))
        }
        return "version \(Version.current)\nseed \(world.plan.seed)\n" + files.joined(separator: "\n") + "\n"
    }
}
