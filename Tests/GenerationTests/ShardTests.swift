import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

@Suite("Shards")
struct ShardTests {
    private struct Line: Hashable {
        var log: LogKind
        var text: String
        var logged: Instant
    }

    private static let hash: RecordHash = { bytes in
        // Any function of the bytes will do: sums must add up.
        var limbs: [UInt64] = [1, 2, 3, 4]
        for index in bytes.indices { limbs[index & 3] = limbs[index & 3] &* 31 &+ UInt64(bytes[index]) }
        return Digest256(limbs.flatMap { limb in (0..<8).map { UInt8(truncatingIfNeeded: limb >> ($0 * 8)) } })
    }

    private func lines(
        _ world: World, shard: Shard = .whole, threads: Int = 1
    ) async -> (lines: [Line], digests: [LogKind: HourlyDigests]) {
        let generator = LogGenerator(
            world: world,
            options: GeneratorOptions(window: world.plan.span, threads: threads, hash: Self.hash, shard: shard))
        var lines: [Line] = []
        var digests: [LogKind: HourlyDigests] = [:]
        await generator.forEachChunk { chunk in
            for part in chunk.parts {
                digests[part.log, default: HourlyDigests()].add(part.digests)
                for record in part.records {
                    let text = String(decoding: part.text.bytes[record.range], as: UTF8.self)
                    lines.append(Line(log: part.log, text: text, logged: record.logged))
                }
            }
        }
        return (lines, digests)
    }

    @Test("The shards' records are the whole's, each in its order, and their digests add up", arguments: [2, 3])
    func union(count: Int) async throws {
        let world = try SmallWorld.make()
        let whole = await lines(world)
        #expect(whole.lines.count > 1_000)
        var seen: Set<Line> = []
        var digests: [LogKind: HourlyDigests] = [:]
        for index in 1...count {
            let shard = try #require(Shard(index, of: count))
            let part = await lines(world, shard: shard, threads: index)
            #expect(part.lines.contains { $0.log == .configuration } == (index == 1))
            let own = Set(part.lines)
            #expect(own.count == part.lines.count && own.isDisjoint(with: seen))
            for log in LogKind.allCases {
                #expect(
                    part.lines.filter { $0.log == log } == whole.lines.filter { $0.log == log && own.contains($0) })
                if let sum = part.digests[log] { digests[log, default: HourlyDigests()].add(sum) }
            }
            seen.formUnion(own)
        }
        #expect(seen == Set(whole.lines))
        for log in LogKind.allCases {
            #expect(digests[log]?.hours.map(\.hour) == whole.digests[log]?.hours.map(\.hour))
            #expect(digests[log]?.hours.map(\.sum) == whole.digests[log]?.hours.map(\.sum))
        }
    }

    @Test("The shards' missing records are the whole's, each in its order")
    func missing() async throws {
        let world = try SmallWorld.makeTampered()
        func missing(_ shard: Shard, threads: Int) async -> [String] {
            let generator = LogGenerator(
                world: world, options: GeneratorOptions(window: world.plan.span, threads: threads, shard: shard))
            var texts: [String] = []
            await generator.forEachChunk { chunk in
                for part in chunk.parts {
                    texts += part.missing.map { String(decoding: $0.text, as: UTF8.self) }
                }
            }
            return texts
        }
        let whole = await missing(.whole, threads: 4)
        #expect(whole.count > 1_000)
        #expect(await missing(.whole, threads: 1) == whole)
        var seen: Set<String> = []
        for index in 1...3 {
            let part = await missing(try #require(Shard(index, of: 3)), threads: index)
            #expect(part == whole.filter(Set(part).contains))
            #expect(seen.isDisjoint(with: part))
            seen.formUnion(part)
        }
        #expect(seen == Set(whole))
    }

    @Test("A shard is written as its number and how many there are", arguments: [(1, 1), (2, 3), (32, 32)])
    func parsing(index: Int, count: Int) throws {
        let shard = try #require(Shard("\(index)/\(count)"))
        #expect(shard.index == index && shard.count == count)
        #expect("\(shard)" == "\(index)/\(count)")
    }

    @Test(
        "Anything else is no shard",
        arguments: ["", "x", "0/3", "4/3", "1/0", "1/33", "1", "1/2/3", "+1/2", "1/ 2", "/"])
    func refused(text: String) {
        #expect(Shard(text) == nil)
    }
}
