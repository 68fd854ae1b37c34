public import Truth
import ByteText
import LogFormats
package import SimTime
package import TailnetModel

/// Detections at work on one stream of records.
public struct DetectionRun: Sendable {
    package let search: HitSearch
    private var engines: [ThresholdDetection]

    /// Makes detections that have seen nothing.
    public init(_ detections: [Detection]) {
        search = HitSearch(detections)
        engines = detections.map { ThresholdDetection($0.options) }
    }

    /// The alerts on the records of a text, in the order of time: one record or envelope a line.
    public static func alerts(_ detections: [Detection], on text: [UInt8]) -> [Alert] {
        var run = DetectionRun(detections)
        let body = CheckedBody(lines: text.span, run.search)
        run.take(body, text.span, repeated: [])
        return run.finish().sorted { $0.time < $1.time }
    }

    /// How many hits came too late to be judged.
    package var lateCount: Int { engines.reduce(0) { $0 + $1.lateCount } }

    /// How many hits were left out for want of space.
    package var skippedCount: Int { engines.reduce(0) { $0 + $1.skippedCount } }

    /// Takes what was found in a body.
    ///
    /// - Parameter repeated: the places of the records that came before: their bytes do not count twice.
    package mutating func take(_ body: CheckedBody, _ bytes: Span<UInt8>, repeated: Set<Int>) {
        for found in body.found.audits { engines[found.detection].add(found.hit) }
        for found in body.found.flows { take(found, body.found.entries[Int(found.entry)], bytes, repeated) }
    }

    /// Takes note that all senders of a log have come to `time`, and gives the alerts that are now certain.
    package mutating func advance(_ log: LogKind, to time: Instant) -> [Alert] {
        var alerts: [Alert] = []
        for (place, detection) in search.detections.enumerated() where detection.log == log {
            alerts += engines[place].advance(to: time)
        }
        return alerts
    }

    /// Gives the alerts of all that still waits; nothing can be taken afterwards.
    package mutating func finish() -> [Alert] {
        var alerts: [Alert] = []
        for place in engines.indices { alerts += engines[place].finish() }
        return alerts
    }

    private mutating func take(
        _ found: FoundHits.OfFlow, _ entry: FoundHits.Entry, _ bytes: Span<UInt8>,
        _ repeated: Set<Int>
    ) {
        let place = Int(found.detection)
        guard case .flows(_, let key, let measure) = search.detections[place].subject else { return }
        guard measure == .bytes else {
            engines[place].add(at: entry.time, identity: found.identity) { entry.hit(entry.time, key, measure, bytes) }
            return
        }
        if repeated.contains(entry.record) { return }
        // Bytes are summed up by the minute, and judged at its end.
        let minute = entry.time.nanoseconds / 60_000_000_000 + 1
        var identity = IdentityHash()
        identity.add(found.identity)
        identity.add(UInt64(bitPattern: minute))
        let time = Instant(seconds: minute * 60)
        engines[place].add(at: time, identity: identity.value, amount: entry.bytes) {
            entry.hit(time, key, measure, bytes)
        }
    }
}

extension FoundHits.Entry {
    /// The hit in words.
    fileprivate func hit(
        _ time: Instant, _ key: FlowKey, _ measure: FlowMeasure, _ bytes: Span<UInt8>
    ) -> DetectionHit {
        let local = bytes.text(source.address.withoutBrackets(bytes))
        let remote = bytes.text(target.address.withoutBrackets(bytes))
        let text: String
        let entities: [String]
        switch key {
        case .reporter:
            text = bytes.text(nodeID)
            entities = [text] + FoundHits.Entry.namesOfReporter(bytes.extracting(recordRange))
        case .source: (text, entities) = (local, [local])
        case .sourceAndPort: (text, entities) = ("\(local) \(target.port)", [local])
        case .pair: (text, entities) = ("\(local) \(remote)", [local])
        case .connection: (text, entities) = ("\(bytes.text(source.text)) \(bytes.text(target.text))", [local])
        case .target: (text, entities) = (remote, [remote])
        }
        let item =
            switch measure {
            case .targets: remote
            case .sources: local
            case .ports: "\(target.port)"
            case .connections, .newConnections: "\(bytes.text(target.text)):\(source.port)"
            case .bytes: ""
            }
        return DetectionHit(time: time, source: text, item: item, entities: entities)
    }

    /// The name and the addresses of the reporting node, where its record has them.
    ///
    /// `srcNode` stands in front of the traffic, so little is read.
    private static func namesOfReporter(_ record: Span<UInt8>) -> [String] {
        record.scanned { scanner in
            while let token = try? scanner.next(), token.kind != .end {
                guard token.kind == .key else { continue }
                // The members of an envelope's record follow like its own.
                if scanner.matches(token, "event") { continue }
                guard let range = try? scanner.skipValue() else { break }
                guard scanner.matches(token, "srcNode") else { continue }
                let node = try? JSONValue.parse(record.extracting(range))
                let addresses = (node?["addresses"]?.array ?? []).compactMap(\.string)
                return ([node?["name"]?.string ?? ""] + addresses).filter { !$0.isEmpty }
            }
            return []
        }
    }
}

extension Range<Int> {
    /// The range of an address of version 6 without the brackets that a port makes necessary.
    fileprivate func withoutBrackets(_ bytes: Span<UInt8>) -> Range {
        count > 2 && bytes[lowerBound] == UInt8(ascii: "[") ? lowerBound + 1..<upperBound - 1 : self
    }
}
