import Truth
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// The network log of a world with its incidents, with all that is labelled.
struct LabelledLog: Equatable {
    var lines: [String] = []
    /// The effects of labelled lines, by line from 0.
    var labels: [Int: FlowLabel] = [:]
    /// The records that are missing; `place` counts the lines before each.
    var missing: [MissingRecord] = []

    init(
        _ world: World, window: TimeWindow? = nil, channel: Channel = .object, withIncidents: Bool = true,
        threads: Int = 1
    ) async {
        let generator = LogGenerator(
            world: world,
            options: GeneratorOptions(
                window: window ?? world.plan.span, logs: [.network], channels: Channels(channel),
                withIncidents: withIncidents, threads: threads))
        while let chunk = await generator.next() {
            for part in chunk.parts {
                let first = lines.count
                for record in part.records {
                    lines.append(String(decoding: part.bytes[record.range], as: UTF8.self))
                }
                for item in part.flowLabels { labels[first + item.record] = item.label }
                for var item in part.missing {
                    item.place += first
                    missing.append(item)
                }
            }
        }
    }

    /// The labelled part as text, to compare runs by.
    private var labelText: [String] {
        labels.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text)" }
            + missing.map { "\($0.place) \($0.label.text) \(String(decoding: $0.text, as: UTF8.self))" }
    }

    static func == (left: LabelledLog, right: LabelledLog) -> Bool {
        left.lines == right.lines && left.labelText == right.labelText
    }

    /// How many labels have an effect.
    func count(_ effect: FlowLabel.Effect) -> Int {
        (labels.values + missing.map(\.label)).filter { $0.effect == effect }.count
    }

    /// The labels that speak of an incident.
    func labels(ofIncident index: Int) -> [FlowLabel] {
        (labels.sorted { $0.key < $1.key }.map(\.value) + missing.map(\.label)).filter { $0.incidents.contains(index) }
    }

    /// Takes back what the labels say, record by record, and compares that with the run without incidents.
    func checkAgainst(_ without: LabelledLog, of world: World) throws {
        #expect(without.labels.isEmpty && without.missing.isEmpty)
        var undone: [Undone] = []
        var missing = missing[...]
        for index in 0...lines.count {
            while let next = missing.first, next.place == index {
                let text = String(decoding: missing.removeFirst().text, as: UTF8.self)
                undone.append(.same(text))
                #expect(next.label.effect == .suppressed && !next.label.incidents.isEmpty)
                #expect(try next.label.undone(from: nil, of: world).isSame(as: Content(text)))
            }
            guard index < lines.count else { break }
            guard let label = labels[index] else {
                undone.append(.same(lines[index]))
                continue
            }
            #expect(!label.incidents.isEmpty)
            let content = try Content(lines[index])
            switch label.effect {
            case .added: #expect(try label.undone(from: content, of: world).isEmpty)
            case .altered: undone.append(.other(lines[index], try label.undone(from: content, of: world)))
            case .suppressed: Issue.record("a record that is there is labelled as suppressed")
            }
        }
        try #require(undone.count == without.lines.count)
        for (item, expected) in zip(undone, without.lines) {
            switch item {
            case .same(let text): #expect(text == expected)
            case .other(let text, let content):
                #expect(text != expected, "labelled, but the same without incidents")
                #expect(content.isSame(as: try Content(expected)))
            }
        }
    }

    private enum Undone {
        case same(String)
        case other(String, Content)
    }
}

/// What a label can change of a record.
struct Content {
    var entries: [String: TrafficCounts] = [:]
    var peers: Set<String> = []
    var head = ""

    var isEmpty: Bool { entries.isEmpty && peers.isEmpty }

    init() {}

    init(_ line: String) throws {
        let flow = try FlowLogCodec.decode(Array(line.utf8), channel: .object, strictness: .strict)
        for kind in TrafficClass.allCases {
            for entry in flow[kind] { entries["\(kind) \(entry.proto) \(entry.src) \(entry.dst)"] = entry.counts }
        }
        peers = Set(flow.dstNodes.map(\.nodeID))
        head = "\(flow.nodeID) \(flow.start) \(flow.end) \(flow.logged as Any)"
    }

    /// Whether both are records of the same content; a head that is not known says nothing.
    func isSame(as other: Content) -> Bool {
        entries == other.entries && peers == other.peers && (head.isEmpty || other.head.isEmpty || head == other.head)
    }
}

extension FlowLabel {
    fileprivate var text: String {
        "\(node) \(start.rfc3339) \(logged.rfc3339) \(incidents) \(effect) \(changes) \(addedPeers) \(removedPeers)"
    }

    /// The record without what the label says of it.
    fileprivate func undone(from content: Content?, of world: World) throws -> Content {
        var result = content ?? Content()
        for change in changes {
            let key = "\(change.kind) \(change.entry.proto) \(change.entry.source.text) \(change.entry.target.text)"
            #expect(result.entries[key] == change.after)
            #expect(change.before != change.after)
            result.entries[key] = change.before
        }
        for node in addedPeers { #expect(result.peers.remove(world.plan.nodes[Int(node)].stableID) != nil) }
        for node in removedPeers { #expect(result.peers.insert(world.plan.nodes[Int(node)].stableID).inserted) }
        return result
    }
}

extension FlowEndpoint {
    fileprivate var text: String {
        switch family {
        case 4: "\(IPAddress(ipv4: UInt32(truncatingIfNeeded: low))):\(port)"
        case 6: "[\(IPAddress(ipv6High: high, low: low))]:\(port)"
        default: ""
        }
    }
}
