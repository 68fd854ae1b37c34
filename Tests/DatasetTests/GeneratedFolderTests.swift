import Generation
import ByteText
import Foundation
import Dataset
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

@Suite("Generated folders")
struct GeneratedFolderTests {
    private func generate(
        into folder: TestFolder, threads: Int = 1, withIncidents: Bool = true, from: TimeSpan = .zero,
        duration: TimeSpan? = nil, channel: Channel = .object, withMarks: Bool = false, force: Bool = false
    ) async throws {
        let world = try World(plan: try Scenario.load(Bundled.path("port-22-spike")))
        let span = world.plan.span
        let start = span.start + from
        let options = GeneratorOptions(
            window: TimeWindow(start: start, end: duration.map { start + $0 } ?? span.end),
            channels: Channels(channel), withIncidents: withIncidents, threads: threads,
            hash: RecordDigest.sha256, withMarks: withMarks)
        let generator = LogGenerator(world: world, options: options)
        _ = try await GeneratedFolder(path: folder.path, force: force).write(generator) { _, _ in }
    }

    @Test("The same scenario twice, with one thread and with two: the same files")
    func reproducible() async throws {
        let one = try TestFolder()
        let two = try TestFolder()
        try await generate(into: one, threads: 1)
        try await generate(into: two, threads: 2)
        #expect(
            one.names == [
                "configuration.ndjson", "manifest.json", "network.ndjson", "tailnet/devices.json",
                "tailnet/policy.hujson", "tailnet/users.json", "truth/incidents.ndjson", "truth/labels.ndjson",
            ])
        for name in one.names { #expect(try one.text(name) == two.text(name), "\(name) differs") }
    }

    @Test("A label names the line that it speaks of")
    func labels() async throws {
        let folder = try TestFolder()
        try await generate(into: folder)
        let records = try folder.lines("network.ndjson")
        let labels = try folder.lines("truth/labels.ndjson")
        #expect(labels.count > 20)
        var effects: Set<String> = []
        for text in labels {
            let label = try JSONValue.parse(Array(text.utf8))
            guard label["log"]?.string == "network" else { continue }
            let line = try #require(label["line"]?.int)
            let record = try JSONValue.parse(Array(records[Int(line) - 1].utf8))
            #expect(record["nodeId"]?.string == label["id"]?["nodeId"]?.string)
            #expect(record["start"]?.string == label["id"]?["start"]?.string)
            effects.insert(try #require(label["effect"]?.string))
            for entry in try #require(label["entries"]?.array) {
                let kind = try #require(entry["class"]?.string)
                guard let after = entry["after"], after.object != nil else { continue }
                let counts = record["\(kind)Traffic"]?.array?.first {
                    $0["src"]?.string == entry["src"]?.string && $0["dst"]?.string == entry["dst"]?.string
                        && $0["proto"]?.int == entry["proto"]?.int
                }
                #expect(counts?["txBytes"]?.int == after["txBytes"]?.int)
                #expect(counts?["rxPkts"]?.int == after["rxPkts"]?.int)
            }
        }
        #expect(effects.isSubset(of: ["added", "altered"]) && effects.contains("added"))
    }

    @Test(
        "The label of a missing record holds its line, and stands where the record would", arguments: Channel.allCases)
    func missingRecords(channel: Channel) async throws {
        let plan = try Scenario.load(Bundled.path("port-22-spike"))
        let window = TimeWindow(start: plan.span.start + .minutes(60), end: plan.span.start + .minutes(64))
        let off = TimeWindow(start: window.start + .minutes(1), end: window.start + .minutes(2))
        let world = try World(plan: plan, suppressions: [RecordSuppression(window: off, incident: 0)])
        func write(_ folder: TestFolder, _ withIncidents: Bool, threads: Int = 2) async throws {
            let options = GeneratorOptions(
                window: window, logs: [.network], channels: Channels(channel), withIncidents: withIncidents,
                threads: threads)
            let generator = LogGenerator(world: world, options: options)
            _ = try await GeneratedFolder(path: folder.path, force: false).write(generator) { _, _ in }
        }
        let tampered = try TestFolder()
        let plain = try TestFolder()
        let other = try TestFolder()
        try await write(tampered, true)
        try await write(plain, false)
        try await write(other, true, threads: 1)
        let labels = try tampered.lines("truth/labels.ndjson")
        #expect(try other.lines("truth/labels.ndjson") == labels)
        let old = try plain.lines("network.ndjson")
        let mark = ",\"record\":"
        var missing: [String] = []
        for text in labels where text.contains("\"effect\":\"suppressed\"") {
            let label = try JSONValue.parse(Array(text.utf8))
            #expect(label["file"]?.string == "network.ndjson" && label["line"]?.isNull == true)
            #expect(label["entries"]?.array?.allSatisfy { $0["after"]?.isNull == true } == true)
            let range = try #require(text.range(of: mark))
            missing.append(String(text[range.upperBound...].dropLast()))
        }
        #expect(missing.count > 10)
        #expect(old.filter(Set(missing).contains) == missing)
    }

    @Test("The manifest's hours of two halves add up to those of the whole")
    func manifestAddsUp() async throws {
        let whole = try TestFolder()
        let first = try TestFolder()
        let second = try TestFolder()
        try await generate(into: whole)
        try await generate(into: first, duration: .minutes(60))
        try await generate(into: second, from: .minutes(60))
        func hours(_ folder: TestFolder) throws -> [String] {
            let document = try JSONValue.parse(Array(try folder.text("manifest.json").utf8))
            return try #require(document["hours"]?.array).map {
                "\($0["log"]?.string ?? "") \($0["hour"]?.string ?? "") \($0["sum"]?.string ?? "") \($0["records"]?.int ?? 0)"
            }
        }
        // The scenario begins at a whole hour, so each hour lies in one half.
        #expect(try hours(whole).sorted() == (try hours(first) + hours(second)).sorted())
        #expect(try whole.text("network.ndjson") == first.text("network.ndjson") + second.text("network.ndjson"))
    }

    @Test("A folder that holds something is refused, and replaced only on request")
    func refusals() async throws {
        let folder = try TestFolder()
        try "mine".write(toFile: "\(folder.path)/notes.txt", atomically: true, encoding: .utf8)
        await #expect(throws: RunError.self) { try await generate(into: folder) }
        #expect(folder.names == ["notes.txt"])
        try await generate(into: folder, force: true)
        #expect(try folder.text("notes.txt") == "mine")
        #expect(folder.names.count == 9)
    }

    @Test("Marks name the incident in each labelled record and nowhere else", arguments: Channel.allCases)
    func marks(channel: Channel) async throws {
        let plain = try TestFolder()
        let marked = try TestFolder()
        try await generate(into: plain, channel: channel)
        try await generate(into: marked, channel: channel, withMarks: true)
        let before = try plain.lines("network.ndjson")
        let after = try marked.lines("network.ndjson")
        #expect(before.count == after.count)
        let touched = zip(before, after).filter { $0 != $1 }
        let labels = try plain.lines("truth/labels.ndjson").filter { $0.contains("\"log\":\"network\"") }
        #expect(touched.count == labels.count)
        for (old, new) in touched {
            #expect(new.contains("\"mocktailIncidents\":[\""))
            #expect(new.count > old.count)
            _ = try JSONValue.parse(Array(new.utf8))
        }
    }
}
