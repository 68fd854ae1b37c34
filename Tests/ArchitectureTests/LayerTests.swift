import Foundation
import Testing

/// The rooms from bottom to top: a room may import those before it, never one after it.
private let layers = [
    ["CPrefetch", "CZlib"],
    ["ByteText", "Chance", "SimTime"],
    ["TailnetModel", "Gzip"],
    ["TailnetPolicy"],
    ["ScenarioSpec"],
    ["Simulation", "LogFormats", "Scoring"],
    ["Assembly", "Delivery", "Survey"],
    ["LoadTest", "Ingester", "Folders"],
    ["Runs", "MocktailFixtures"],
    ["Commands"],
    ["mocktail", "mocktail-core", "policy-fuzz"],
]

/// The rooms between seed and byte.
private let pureRooms: Set = [
    "ByteText", "Chance", "SimTime", "TailnetModel", "TailnetPolicy", "Simulation", "LogFormats", "Assembly",
]

/// What must not stand in a pure room, and why.
private let banned: [(pattern: String, reason: String)] = [
    (#"\bDouble\b|\bFloat\b|\bFloat16\b|\bCGFloat\b"#, "floating point differs between machines"),
    (
        #"\bDate\(\)|\bContinuousClock\b|\bSuspendingClock\b|\bclock_gettime\b|\bgettimeofday\b"#,
        "a clock is the shell's business"
    ),
    (#"\bSystemRandomNumberGenerator\b|\.random\(|\.shuffled?\(|\.randomElement\("#, "draws are keyed, see Chance"),
    (#"\bHasher\b|\bhashValue\b"#, "hashes differ from process to process"),
    (#"\bUUID\("#, "identities are drawn by key"),
]

@Suite("The house keeps to its plan")
struct LayerTests {
    @Test("Every room has a layer")
    func everyRoomIsKnown() {
        let known = Set(layers.flatMap { $0 })
        for file in SourceTree.files(below: "Sources") {
            #expect(known.contains(file.room), "\(file.path) belongs to no layer")
        }
    }

    @Test("No import runs up or sideways to a room of the same layer")
    func importsRunDown() {
        var level: [String: Int] = [:]
        for (index, rooms) in layers.enumerated() { for room in rooms { level[room] = index } }
        for file in SourceTree.files(below: "Sources") {
            let own = level[file.room] ?? 0
            for (number, line) in file.lines.enumerated() {
                guard let module = SourceTree.importedModule(line), let other = level[module] else { continue }
                #expect(other < own, "\(file.path):\(number + 1) imports \(module), which lies above or beside it")
            }
        }
    }

    @Test("The rooms in the middle know each other as planned")
    func strangers() {
        let strangers: [String: Set<String>] = [
            "Simulation": ["LogFormats", "Delivery"], "LogFormats": ["Simulation", "Delivery", "ScenarioSpec"],
            "Delivery": ["TailnetModel", "LogFormats", "Simulation"], "Scoring": ["Simulation", "LogFormats"],
            "LoadTest": ["TailnetModel"], "Folders": ["Delivery", "LoadTest"], "Ingester": ["Simulation", "Delivery"],
        ]
        for file in SourceTree.files(below: "Sources") {
            for module in file.lines.compactMap(SourceTree.importedModule) {
                #expect(strangers[file.room]?.contains(module) != true, "\(file.path) must not know \(module)")
            }
        }
    }

    @Test("Between seed and byte: no Foundation, clock, system randomness, hash order or floating point")
    func pureRoomsArePure() throws {
        let rules = try banned.map { (try NSRegularExpression(pattern: $0.pattern), $0.reason) }
        for file in SourceTree.files(below: "Sources") where pureRooms.contains(file.room) {
            for (number, line) in file.lines.enumerated() {
                if let module = SourceTree.importedModule(line) {
                    #expect(!module.hasPrefix("Foundation"), "\(file.path):\(number + 1) imports \(module)")
                }
                let code = line.firstRange(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
                for (rule, reason) in rules {
                    let range = NSRange(code.startIndex..., in: code)
                    #expect(rule.firstMatch(in: code, range: range) == nil, "\(file.path):\(number + 1): \(reason)")
                }
            }
        }
    }

    @Test("No file passes 500 lines")
    func filesAreShort() {
        for file in SourceTree.files(below: "Sources") + SourceTree.files(below: "Tests") {
            #expect(file.lines.count <= 501, "\(file.path) has \(file.lines.count) lines; split it by what it adds")
        }
    }

    @Test("The package's manifest names the same arrows")
    func manifestAgrees() throws {
        let text = try String(contentsOf: SourceTree.root.appending(path: "Package.swift"), encoding: .utf8)
        for room in layers.flatMap({ $0 }) {
            #expect(text.contains("name: \"\(room)\""), "Package.swift has no target \(room)")
        }
    }
}
