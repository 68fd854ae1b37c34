import Generation
import Dataset
import Foundation
import Compression
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

@Suite("Compressed logs")
struct GzipLogTests {
    /// Records of many lengths, as one chunk or as several.
    private func parts(sizes: [Int], perChunk: Int) -> [LogPart] {
        stride(from: 0, to: sizes.count, by: perChunk).map { first in
            var part = LogPart(log: .network)
            for index in first..<min(first + perChunk, sizes.count) {
                let text = [UInt8](repeating: UInt8(97 + index % 26), count: sizes[index])
                part.text.append(logged: Instant(seconds: Int64(index)), text: text)
            }
            return part
        }
    }

    private func members(_ parts: [LogPart], threads: Int) async -> [[UInt8]] {
        let log = GzipLog(level: 1, threads: threads)
        var members: [[UInt8]] = []
        for part in parts { members += await log.add(part) }
        return members + (await log.finish())
    }

    private func contents(_ member: [UInt8]) throws -> [UInt8] {
        var output: [UInt8] = []
        let decompressor = GzipDecompressor()
        try decompressor.decompress(member.span, into: &output)
        #expect(decompressor.isComplete)
        return output
    }

    @Test("Members hold whole records and do not depend on chunks or threads")
    func cuts() async throws {
        let sizes = (0..<900).map { 1 + $0 * 7_919 % 9_000 } + [1_500_000, 3, 1_048_575, 5]
        let whole = await members(parts(sizes: sizes, perChunk: sizes.count), threads: 1)
        for perChunk in [1, 7, 250] {
            #expect(await members(parts(sizes: sizes, perChunk: perChunk), threads: 3) == whole)
        }
        let blocks = try whole.map { try contents($0) }
        #expect(blocks.count > 5)
        #expect(blocks.allSatisfy { $0.last == UInt8(ascii: "\n") })
        // Only a record that is longer by itself makes a longer block.
        #expect(blocks.filter { $0.count > 1 << 20 }.map(\.count) == [1_500_001])
        #expect(blocks.flatMap(\.self) == parts(sizes: sizes, perChunk: sizes.count)[0].bytes)
    }

    @Test("An empty log is one empty member")
    func empty() async throws {
        let members = await members([LogPart(log: .network)], threads: 2)
        #expect(members.count == 1)
        #expect(try contents(members[0]) == [])
    }

    private func generate(
        into folder: TestFolder, _ compression: LogCompression, threads: Int = 1, shard: Shard = .whole
    ) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let window = TimeWindow(start: world.plan.span.start, end: world.plan.span.start + .minutes(40))
        let options = GeneratorOptions(window: window, threads: threads, hash: RecordDigest.sha256, shard: shard)
        _ = try await GeneratedFolder(path: folder.path, force: true, compression: compression)
            .write(LogGenerator(world: world, options: options)) { _, _ in }
    }

    private func bytes(_ folder: TestFolder, _ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
    }

    @Test("A compressed folder holds the plain one's records, and replaces its files")
    func folder() async throws {
        let folder = try TestFolder()
        try await generate(into: folder, .none)
        var plain: [LogKind: [UInt8]] = [:]
        for log in LogKind.allCases { plain[log] = try bytes(folder, "\(log.rawValue).ndjson") }
        let hours = try folder.lines("manifest.json").filter { $0.contains("\"sum\"") }
        try await generate(into: folder, .gzip(level: 1), threads: 2)
        #expect(
            folder.names.filter { $0.contains("ndjson") && !$0.hasPrefix("truth") } == [
                "configuration.ndjson.gz", "network.ndjson.gz",
            ])
        for log in LogKind.allCases {
            #expect(try contents(try bytes(folder, "\(log.rawValue).ndjson.gz")) == plain[log])
        }
        let manifest = try folder.text("manifest.json")
        #expect(manifest.contains("\"path\": \"network.ndjson.gz\""))
        #expect(manifest.contains("\"compression\": \"gzip\""))
        // Digests are those of the records, however they are packed.
        #expect(try folder.lines("manifest.json").filter { $0.contains("\"sum\"") } == hours)
        let first = try bytes(folder, "network.ndjson.gz")
        try await generate(into: folder, .gzip(level: 1), threads: 1)
        #expect(try bytes(folder, "network.ndjson.gz") == first)
        try await generate(into: folder, .none)
        #expect(!folder.names.contains { $0.hasSuffix(".gz") })
    }

    @Test("The manifest says which shard it is, and every shard lists all incidents")
    func shards() async throws {
        let whole = try TestFolder()
        try await generate(into: whole, .none)
        #expect(try whole.text("manifest.json").contains("\"shard\": {\"index\": 1, \"count\": 1}"))
        var labels = 0
        for index in 1...2 {
            let folder = try TestFolder()
            try await generate(into: folder, .none, shard: try #require(Shard(index, of: 2)))
            #expect(try folder.text("manifest.json").contains("\"shard\": {\"index\": \(index), \"count\": 2}"))
            #expect(try folder.text("truth/incidents.ndjson") == whole.text("truth/incidents.ndjson"))
            labels += try folder.lines("truth/labels.ndjson").count
        }
        #expect(labels == (try whole.lines("truth/labels.ndjson").count))
    }
}
