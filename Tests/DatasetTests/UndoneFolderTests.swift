import Truth
import IncidentCatalog
import Generation
import ByteText
import Dataset
import Foundation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import TestSupport
import Testing

/// Promise 6 as a stranger would check it: with the files of a folder and nothing else.
@Suite("Taking back what the truth says of a folder")
struct UndoneFolderTests {
    /// Kinds in an order of chance, each once, in hands of several.
    static func hands(seed: UInt64) -> [[String]] {
        var draws = Draws(state: seed)
        var kinds = IncidentKinds.all.map(\.name).shuffled(using: &draws)
        var hands: [[String]] = []
        while !kinds.isEmpty {
            let count = min(kinds.count, Int.random(in: 3...7, using: &draws))
            hands.append(Array(kinds.prefix(count)))
            kinds.removeFirst(count)
        }
        return hands
    }

    /// A hand as injections: every incident in the same three hours, each of a variant of chance.
    private static func injections(_ hand: [String], seed: UInt64) -> [String] {
        var draws = Draws(state: seed)
        return hand.map { kind in
            let variant = IncidentVariant.allCases.randomElement(using: &draws) ?? .attack
            let second = Int.random(in: 0..<9_000, using: &draws)
            return "\(kind)@+8d9h\(second)s,variant=\(variant.rawValue)"
        }
    }

    /// The scenario of the fixtures with more traffic, so that what an incident hides or adds stands beside other entries.
    private static func busy() throws -> String {
        try String(contentsOfFile: Bundled.path("fixtures"), encoding: .utf8)
            .replacing("sessionsPerHour: 0.4", with: "sessionsPerHour: 40")
            .replacing("sessionsPerHour: 0.2", with: "sessionsPerHour: 20")
            .replacing("sessionsPerHour: 1.5", with: "sessionsPerHour: 15")
    }

    private func generate(_ world: World, _ window: TimeWindow, withIncidents: Bool) async throws -> TestFolder {
        let folder = try TestFolder()
        let options = GeneratorOptions(window: window, withIncidents: withIncidents, threads: 1)
        _ = try await GeneratedFolder(path: folder.path, force: false)
            .write(LogGenerator(world: world, options: options)) { _, _ in }
        return folder
    }

    @Test(
        "gives both logs of the run without incidents, byte for byte, for every kind in combinations of chance",
        arguments: 0..<24)
    func undone(number: Int) async throws {
        // Two deals of all kinds, so that each is in two combinations.
        let deals = UndoneFolderTests.hands(seed: 1) + UndoneFolderTests.hands(seed: 2)
        for hand in stride(from: number, to: deals.count, by: 24) {
            let injections = UndoneFolderTests.injections(deals[hand], seed: UInt64(hand))
            let world = try World(
                plan: try Scenario.decode(
                    UndoneFolderTests.busy(), file: Bundled.path("fixtures"), files: DiskFiles(),
                    overrides: ScenarioOverrides(
                        seed: UInt64(hand), injections: try injections.map { try IncidentInjection.parse($0) })))
            let start = world.plan.span.start + .days(8) + .hours(9) - .minutes(2)
            let window = TimeWindow(start: start, end: start + .hours(4))
            let with = try await generate(world, window, withIncidents: true)
            let without = try await generate(world, window, withIncidents: false)
            #expect(try without.text("truth/labels.ndjson").isEmpty)
            let labels = try with.lines("truth/labels.ndjson")
            #expect(!labels.isEmpty, "\(injections)")
            for file in ["configuration.ndjson", "network.ndjson"] {
                let undone = try Undoing(labels, of: file).undone(try with.lines(file))
                let expected = try without.lines(file)
                #expect(undone.count == expected.count, "\(file) of \(injections)")
                let wrong = zip(undone, expected).first { $0 != $1 }
                #expect(wrong == nil, "\(file) of \(injections)")
            }
        }
    }

    @Test("Every kind is in the combinations")
    func hands() {
        let hands = UndoneFolderTests.hands(seed: 1)
        #expect(Set(hands.joined()) == Set(IncidentKinds.all.map(\.name)))
        #expect(hands.count > 8)
    }

    @Test("A label that says less is noticed")
    func noticed() throws {
        let line = """
            {"logged":"2026-06-09T09:00:02Z","nodeId":"n1","start":"2026-06-09T08:59:55Z","end":"2026-06-09T09:00:00Z",\
            "virtualTraffic":[{"proto":6,"src":"100.64.0.1:50000","dst":"100.64.0.2:22","txPkts":3,"txBytes":200}]}
            """
        func undone(_ before: String, _ after: String) throws -> [String] {
            let label = """
                {"id":{"nodeId":"n1","start":"2026-06-09T08:59:55Z"},"effect":"altered","file":"network.ndjson","line":1,\
                "entries":[{"class":"virtual","proto":6,"src":"100.64.0.1:50000","dst":"100.64.0.2:22",\
                "before":\(before),"after":\(after)}],"dstNodes":{"added":[],"removed":[]}}
                """
            return try Undoing([label], of: "network.ndjson").undone([line])
        }
        let counts = #"{"txPkts":3,"txBytes":200}"#
        #expect(
            try undone(#"{"txPkts":1,"txBytes":60}"#, counts) == [
                line.replacing("\"txPkts\":3,\"txBytes\":200", with: "\"txPkts\":1,\"txBytes\":60")
            ])
        #expect(throws: Undoing.Problem.self) { try undone("null", #"{"txPkts":2,"txBytes":200}"#) }
    }
}

/// Random draws that are the same everywhere.
struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
