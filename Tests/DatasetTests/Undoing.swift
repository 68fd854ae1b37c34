import ByteText
import LogFormats
import SimTime
import TailnetModel

/// Takes back what labels say of a log's lines, as the page of formats tells it; reads nothing but the files.
struct Undoing {
    /// What a label says and the line does not.
    struct Problem: Error, CustomStringConvertible {
        var description: String
    }

    private let isFlows: Bool
    private var byLine: [Int: JSONValue] = [:]
    /// Whole records that are missing, with what orders a log.
    private var missing: [(key: Key, text: String)] = []

    private struct Key: Comparable {
        var logged: Instant
        var node: String

        static func < (left: Key, right: Key) -> Bool {
            left.logged != right.logged ? left.logged < right.logged : left.node < right.node
        }
    }

    /// - Parameters:
    ///   - labels: the lines of `truth/labels.ndjson`.
    ///   - file: whose labels count.
    init(_ labels: [String], of file: String) throws {
        isFlows = file == "network.ndjson"
        for text in labels {
            let label = try JSONValue.parse(Array(text.utf8))
            guard label["file"]?.string == file else { continue }
            if label["effect"]?.string == "suppressed" {
                guard let range = text.firstRange(of: ",\"record\":"), label["line"]?.isNull == true else {
                    throw Problem(description: "a missing record that is not there: \(text)")
                }
                let record = String(text[range.upperBound...].dropLast())
                missing.append((try Undoing.key(record), record))
            } else if let line = label["line"]?.int {
                byLine[Int(line)] = label
            } else {
                throw Problem(description: "a label without a line: \(text)")
            }
        }
    }

    private static func key(_ line: String) throws -> Key {
        let log = try FlowLogCodec.decode(Array(line.utf8), channel: .object, strictness: .strict)
        guard let logged = log.logged else { throw Problem(description: "no logged in \(line)") }
        return Key(logged: logged, node: log.nodeID)
    }

    /// The lines of the run without incidents.
    func undone(_ lines: [String]) throws -> [String] {
        var result: [String] = []
        var waiting = missing[...]
        let peers = isFlows ? try descriptions(lines) : [:]
        for (index, line) in lines.enumerated() {
            if !waiting.isEmpty {
                let key = try Undoing.key(line)
                while let next = waiting.first, next.key < key { result.append(waiting.removeFirst().text) }
            }
            guard let label = byLine[index + 1] else {
                result.append(line)
                continue
            }
            switch label["effect"]?.string {
            case "added":
                // What is left of it must be nothing.
                guard isFlows else { continue }
                let rest = try record(line, without: label, peers)
                guard TrafficClass.allCases.allSatisfy({ rest[$0].isEmpty }), rest.dstNodes.isEmpty else {
                    throw Problem(description: "more than the label says in \(line)")
                }
            case "altered":
                var bytes: [UInt8] = []
                FlowLogCodec.encode(try record(line, without: label, peers), channel: .object, into: &bytes)
                result.append(String(decoding: bytes, as: UTF8.self))
            case let other: throw Problem(description: "a line with effect \(other ?? "none")")
            }
        }
        return result + waiting.map(\.text)
    }

    /// How the log describes each node that a record names beside its reporter.
    private func descriptions(_ lines: [String]) throws -> [String: FlowNode] {
        var found: [String: FlowNode] = [:]
        for line in lines + missing.map(\.text) {
            let log = try FlowLogCodec.decode(Array(line.utf8), channel: .object, strictness: .strict)
            for node in log.dstNodes { found[node.nodeID] = node }
        }
        return found
    }

    private func record(_ line: String, without label: JSONValue, _ peers: [String: FlowNode]) throws -> FlowLog {
        var log = try FlowLogCodec.decode(Array(line.utf8), channel: .object, strictness: .strict)
        guard log.nodeID == label["id"]?["nodeId"]?.string, log.start.rfc3339 == label["id"]?["start"]?.string else {
            throw Problem(description: "the label of another record: \(line)")
        }
        for entry in label["entries"]?.array ?? [] {
            guard let kind = TrafficClass.allCases.first(where: { $0.key == "\(entry["class"]?.string ?? "")Traffic" })
            else { throw Problem(description: "no such class") }
            let proto = UInt8(entry["proto"]?.int ?? 0)
            let (src, dst) = (entry["src"]?.string ?? "", entry["dst"]?.string ?? "")
            let place = log[kind].firstIndex { $0.proto == proto && $0.src == src && $0.dst == dst }
            guard place.map({ log[kind][$0].counts }) == Undoing.counts(entry["after"]) else {
                throw Problem(description: "not what the label says of \(src) \(dst): \(line)")
            }
            if let place { log[kind].remove(at: place) }
            if let before = Undoing.counts(entry["before"]) {
                log[kind].append(FlowCounts(proto: proto, src: src, dst: dst, counts: before))
            }
            log[kind].sort { Undoing.order($0).lexicographicallyPrecedes(Undoing.order($1)) }
        }
        for id in label["dstNodes"]?["added"]?.array?.compactMap(\.string) ?? [] {
            guard let place = log.dstNodes.firstIndex(where: { $0.nodeID == id }) else {
                throw Problem(description: "\(id) is not in \(line)")
            }
            log.dstNodes.remove(at: place)
        }
        for id in label["dstNodes"]?["removed"]?.array?.compactMap(\.string) ?? [] {
            guard let peer = peers[id] else { throw Problem(description: "no record describes \(id)") }
            log.dstNodes.append(peer)
        }
        log.dstNodes.sort { $0.nodeID < $1.nodeID }
        return log
    }

    private static func counts(_ value: JSONValue?) -> TrafficCounts? {
        guard let value, value.object != nil else { return nil }
        func field(_ key: String) -> UInt64 { UInt64(value[key]?.int ?? 0) }
        return TrafficCounts(
            txPackets: field("txPkts"), txBytes: field("txBytes"), rxPackets: field("rxPkts"),
            rxBytes: field("rxBytes"))
    }

    /// Entries stand in the order of source, target and protocol, as numbers; the address before the port.
    private static func order(_ entry: FlowCounts) -> [UInt8] { side(entry.src) + side(entry.dst) + [entry.proto] }

    private static func side(_ text: String) -> [UInt8] {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
            let address = IPAddress(text[..<colon].filter { $0 != "[" && $0 != "]" })
        else { return Array(repeating: 0, count: 19) }
        let bytes = (0..<16).map { index in
            UInt8(truncatingIfNeeded: (index < 8 ? address.high : address.low) >> UInt64(56 - 8 * (index % 8)))
        }
        return [address.isIPv4 ? 1 : 2] + bytes + [UInt8(port >> 8), UInt8(port & 255)]
    }
}
