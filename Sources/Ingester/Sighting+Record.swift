import ByteText
import LogFormats
import SimTime
import TailnetModel

extension Sighting {
    /// Adds the TCP sessions to port 22 that the reporting node has begun or goes on with.
    ///
    /// The reporter is the source of its entries (`src` is the local side), whichever side opened the session; the port at
    /// the far end tells that it was the reporter. A session that was refused counts: it sent packets.
    static func addSessions(in check: RecordCheck, _ bytes: UnsafeRawBufferPointer, to sessions: inout [Sighting]) {
        var entities: [String]?
        for entry in check.entries where entry.isSession(toPort22: bytes) {
            let nodeID = bytes.text(check.nodeID)
            let reporter = entities ?? [nodeID] + namesOfReporter(bytes[check.range])
            entities = reporter
            let source = bytes.text(entry.source)
            let port = source.utf8.lastIndex(of: UInt8(ascii: ":")).map { source[$0...] } ?? ""
            sessions.append(
                Sighting(
                    time: check.time, source: nodeID, item: bytes.text(entry.target) + port, entities: reporter))
        }
    }

    /// Makes a sighting of a request that failed; nil for any other audit record.
    init?(failureIn check: RecordCheck, _ bytes: UnsafeRawBufferPointer) {
        let isFailedRequest = bytes[check.audit.targetType].elementsEqual("FAILED_REQUEST".utf8)
        guard check.audit.hasError || isFailedRequest else { return nil }
        let value = try? JSONValue.parse(UnsafeRawBufferPointer(rebasing: bytes[check.range]))
        let actor = (value?["event"] ?? value)?["actor"]
        let names = ["id", "loginName", "displayName"].compactMap { actor?[$0]?.string }.filter { !$0.isEmpty }
        self.init(
            time: check.time, source: bytes.text(check.audit.actorID), item: String(check.identity, radix: 16),
            entities: names)
    }

    /// The name and the addresses of the reporting node, where its record has them.
    ///
    /// `srcNode` stands in front of the traffic, so little is read.
    private static func namesOfReporter(_ record: Slice<UnsafeRawBufferPointer>) -> [String] {
        let bytes = UnsafeRawBufferPointer(rebasing: record)
        var scanner = JSONScanner(bytes)
        while let token = try? scanner.next(), token.kind != .end {
            guard token.kind == .key else { continue }
            // The members of an envelope's record follow like its own.
            if scanner.matches(token, "event") { continue }
            guard let range = try? scanner.skipValue() else { break }
            guard scanner.matches(token, "srcNode") else { continue }
            let node = try? JSONValue.parse(UnsafeRawBufferPointer(rebasing: bytes[range]))
            let addresses = (node?["addresses"]?.array ?? []).compactMap(\.string)
            return ([node?["name"]?.string ?? ""] + addresses).filter { !$0.isEmpty }
        }
        return []
    }
}

extension FlowFacts {
    fileprivate func isSession(toPort22 bytes: UnsafeRawBufferPointer) -> Bool {
        proto == 6 && counts.txPackets > 0 && (kind == .virtual || kind == .subnet)
            && bytes[target].suffix(3).elementsEqual(":22".utf8)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}
