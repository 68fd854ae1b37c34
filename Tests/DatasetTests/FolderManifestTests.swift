import Dataset
import Foundation
import Generation
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

/// A folder that is not what its manifest says is refused, by whoever reads it.
@Suite("Damaged folders")
struct FolderManifestTests {
    private func withFolder(_ body: (TestFolder) throws -> Void) async throws {
        let folder = try TestFolder()
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let options = GeneratorOptions(window: world.plan.span, threads: 2, hash: RecordDigest.sha256)
        _ = try await GeneratedFolder(path: folder.path, force: false)
            .write(LogGenerator(world: world, options: options)) { _, _ in }
        try body(folder)
    }

    private func replay(_ folder: TestFolder) throws {
        _ = try FolderRecords(
            try FolderManifest(folder: folder.path), logs: LogKind.allCases, channels: Channels(.object))
    }

    private func change(_ folder: TestFolder, _ name: String, _ change: (String) -> String) throws {
        let text = change(try folder.text(name))
        try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }

    @Test("A whole folder is read") func aWholeFolderIsRead() async throws {
        try await withFolder { folder in
            try replay(folder)
            #expect(try ScoreFiles.truth(at: folder.path).window != nil)
        }
    }

    @Test(
        "A log that is cut, empty, in another order or missing is named",
        arguments: ["cut", "empty", "swapped", "missing"])
    func aDamagedLogIsNamed(_ damage: String) async throws {
        try await withFolder { folder in
            let path = "\(folder.path)/network.ndjson"
            let size = try folder.text("network.ndjson").utf8.count
            switch damage {
            case "cut": try change(folder, "network.ndjson") { String($0.prefix($0.count / 2)) }
            case "empty": try change(folder, "network.ndjson") { _ in "" }
            case "swapped":
                try change(folder, "network.ndjson") { text in
                    var lines = text.split(separator: "\n")
                    lines.swapAt(0, 1)
                    return lines.map { $0 + "\n" }.joined()
                }
            default: try FileManager.default.removeItem(atPath: path)
            }
            let error = #expect(throws: RunError.self) { try replay(folder) }
            let expected =
                switch damage {
                case "cut": "\(path): cut short to \(size / 2) of the \(size) bytes that manifest.json names"
                case "empty": "\(path): cut short to 0 of the \(size) bytes that manifest.json names"
                case "swapped": "\(path): changed since it was generated"
                default: "there is no file \(path)"
                }
            #expect(error?.cause == .input)
            #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
        }
    }

    @Test("All damaged files are named at once") func allDamagedFilesAreNamed() async throws {
        try await withFolder { folder in
            for name in ["network.ndjson", "configuration.ndjson"] { try change(folder, name) { $0 + "{}\n" } }
            let error = #expect(throws: RunError.self) { try replay(folder) }
            #expect(error?.description.split(separator: "\n").count == 2)
        }
    }

    @Test("A manifest of another schema, another digest or no JSON is refused")
    func aDamagedManifestIsRefused() async throws {
        try await withFolder { folder in
            let path = "\(folder.path)/manifest.json"
            let text = try folder.text("manifest.json")
            try change(folder, "manifest.json") { $0.replacing("\"schema\": 1", with: "\"schema\": 99") }
            var error = #expect(throws: RunError.self) { try replay(folder) }
            #expect(error?.description.hasPrefix("\(path): \"schema\" is 99, and mocktail ") == true)
            try change(folder, "manifest.json") { _ in String(text.prefix(text.count - 9)) }
            error = #expect(throws: RunError.self) { try replay(folder) }
            #expect(error?.description.hasPrefix("\(path): ") == true)
            let digest = try #require(text.split(separator: "\"sha256\": \"").dropFirst().first?.prefix(64))
            try change(folder, "manifest.json") { _ in text.replacing(digest, with: String(repeating: "0", count: 64)) }
            error = #expect(throws: RunError.self) { try replay(folder) }
            #expect(error?.description.contains(": changed since it was generated") == true)
        }
    }

    @Test("Damaged truth is refused by the score") func damagedTruthIsRefused() async throws {
        try await withFolder { folder in
            try change(folder, "truth/labels.ndjson") { String($0.dropLast(40)) }
            let error = #expect(throws: RunError.self) { try ScoreFiles.truth(at: folder.path) }
            #expect(error?.description.hasPrefix("\(folder.path)/truth/labels.ndjson: cut short") == true)
        }
    }
}
