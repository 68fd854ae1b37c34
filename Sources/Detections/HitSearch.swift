import ByteText
package import LogFormats
import TailnetModel

/// Looks in records for what detections count; the same for all bodies, whoever reads them.
package struct HitSearch: Sendable {
    private let audits: [(detection: Int, conditions: [AuditCondition], key: AuditKey, measure: AuditMeasure)]
    private let flows: [FlowTest]
    package let detections: [Detection]

    package init(_ detections: [Detection]) {
        self.detections = detections
        audits = detections.enumerated().compactMap { place, detection in
            guard case .audit(let conditions, let key, let measure) = detection.subject else { return nil }
            return (place, conditions, key, measure)
        }
        flows = detections.enumerated().compactMap { place, detection in
            guard case .flows(let condition, let key, let measure) = detection.subject else { return nil }
            return FlowTest(place, condition, key, measure)
        }
    }

    /// Adds what detections count of the record that `check` has read from `bytes`.
    ///
    /// - Parameter record: the record's place among the body's identities.
    package func look(
        in check: RecordCheck, _ bytes: Span<UInt8>, record: Int, into found: inout FoundHits
    ) {
        switch check.log {
        case .configuration: lookInAudit(check, bytes, &found)
        case .network: if !flows.isEmpty { lookInFlows(check, bytes, record, &found) }
        }
    }

    private func lookInAudit(_ check: RecordCheck, _ bytes: Span<UInt8>, _ found: inout FoundHits) {
        var names: AuditNames?
        for (detection, conditions, key, measure) in audits
        where conditions.allSatisfy({ $0.holds(check.audit, bytes) }) {
            let known = names ?? AuditNames(check, bytes)
            names = known
            let target = bytes.text(check.audit.targetID)
            let source: String
            switch key {
            case .actor: source = bytes.text(check.audit.actorID)
            case .login: source = bytes.text(check.audit.actorLogin)
            case .target: source = target
            }
            let item = measure == .targets ? target : String(check.identity, radix: 16)
            found.audits.append(
                FoundHits.OfAudit(
                    detection: detection,
                    hit: DetectionHit(
                        time: check.time, source: source, item: item,
                        entities: key == .target ? known.target : known.actor)))
        }
    }

    private func lookInFlows(
        _ check: RecordCheck, _ bytes: Span<UInt8>, _ record: Int, _ found: inout FoundHits
    ) {
        var node: UInt64?
        for facts in check.entries {
            guard let source = FlowEnd(facts.source, bytes), let target = FlowEnd(facts.target, bytes) else { continue }
            var place: Int32?
            var marks: FlowMarks?
            for test in flows where test.holds(facts, source, target) {
                if place == nil {
                    let reporter = node ?? bytes.hash(of: check.nodeID)
                    node = reporter
                    marks = FlowMarks(node: reporter, source, target, bytes)
                    place = Int32(found.entries.count)
                    found.entries.append(
                        FoundHits.Entry(
                            record: record, time: check.time, bytes: facts.counts.txBytes &+ facts.counts.rxBytes,
                            source: source, target: target, nodeID: check.nodeID, recordRange: check.range))
                }
                guard let place, let marks else { continue }
                found.flows.append(
                    FoundHits.OfFlow(
                        detection: test.detection, entry: place, identity: marks.identity(test.key, test.measure)))
            }
        }
    }
}

/// Whom an audit record names.
private struct AuditNames {
    package var actor: [String]
    package var target: [String]

    package init(_ check: RecordCheck, _ bytes: Span<UInt8>) {
        let value = try? JSONValue.parse(bytes.extracting(check.range))
        let record = value?["event"] ?? value
        func names(_ key: String, _ members: String...) -> [String] {
            members.compactMap { record?[key]?[$0]?.string }.filter { !$0.isEmpty }
        }
        actor = names("actor", "id", "loginName", "displayName")
        target = names("target", "id", "name")
    }
}

/// A condition over entries, with its lists made quick to ask.
private struct FlowTest {
    package let detection: Int32
    package let key: FlowKey
    package let measure: FlowMeasure
    private var protoLow: UInt64 = 0
    private var protoHigh: UInt64 = 0
    private var traffic: UInt8 = 0
    private var ports = SIMD16<UInt16>(repeating: 0)
    private let wantsPorts: Bool
    private let excludesPorts: Bool
    private let isOpened: Bool
    private let isSent: Bool
    private let packetsAtMost: UInt64
    private let bytesAtLeast: UInt64

    package init(_ detection: Int, _ condition: FlowCondition, _ key: FlowKey, _ measure: FlowMeasure) {
        self.detection = Int32(detection)
        self.key = key
        self.measure = measure
        for number in condition.proto where number < 64 { protoLow |= 1 << UInt64(number) }
        for number in condition.proto where (64..<128).contains(number) { protoHigh |= 1 << UInt64(number - 64) }
        for kind in condition.traffic { traffic |= 1 << kind.rawValue }
        let listed: [UInt16]
        switch condition.ports {
        case .any: (listed, wantsPorts, excludesPorts) = ([], false, false)
        case .only(let numbers): (listed, wantsPorts, excludesPorts) = (numbers, true, false)
        case .but(let numbers): (listed, wantsPorts, excludesPorts) = (numbers, false, true)
        }
        precondition(listed.count <= 16 && condition.proto.allSatisfy { $0 < 128 })
        for (place, port) in listed.enumerated() { ports[place] = port }
        isOpened = condition.isOpened
        isSent = condition.isSent
        packetsAtMost = condition.packetsAtMost ?? .max
        bytesAtLeast = condition.bytesAtLeast
    }

    @inline(__always)
    package func holds(_ facts: FlowFacts, _ source: FlowEnd, _ target: FlowEnd) -> Bool {
        let protos = facts.proto < 64 ? protoLow : protoHigh
        guard facts.proto < 128, protos & 1 << UInt64(facts.proto & 63) != 0 else { return false }
        if isOpened && source.port < target.port { return false }
        if wantsPorts && !isListed(target.port) || excludesPorts && isListed(target.port) { return false }
        return traffic & 1 << facts.kind.rawValue != 0 && (!isSent || facts.counts.txPackets > 0)
            && facts.counts.txPackets <= packetsAtMost
            && facts.counts.txBytes &+ facts.counts.rxBytes >= bytesAtLeast
    }

    @inline(__always)
    private func isListed(_ port: UInt16) -> Bool { any(ports .== SIMD16(repeating: port)) }
}

/// The parts of marks that an entry gives to all detections.
private struct FlowMarks {
    private let node: UInt64
    private let source: UInt64
    private let target: UInt64
    private let ports: (UInt64, UInt64)

    package init(node: UInt64, _ source: FlowEnd, _ target: FlowEnd, _ bytes: Span<UInt8>) {
        self.node = node
        self.source = bytes.hash(of: source.address)
        self.target = bytes.hash(of: target.address)
        ports = (UInt64(source.port), UInt64(target.port))
    }

    package func identity(_ key: FlowKey, _ measure: FlowMeasure) -> UInt64 {
        var hash = IdentityHash()
        switch key {
        case .reporter: hash.add(node)
        case .source: hash.add(source)
        case .target: hash.add(target)
        case .sourceAndPort:
            hash.add(source)
            hash.add(ports.1)
        case .pair:
            hash.add(source)
            hash.add(target)
        case .connection:
            hash.add(source)
            hash.add(target)
            hash.add(ports.0 << 16 | ports.1)
        }
        switch measure {
        case .targets: hash.add(target)
        case .sources: hash.add(source)
        case .ports: hash.add(ports.1)
        case .connections, .newConnections:
            hash.add(target)
            hash.add(ports.0 << 16 | ports.1)
        // The minute is added by who knows it.
        case .bytes: break
        }
        return hash.value
    }
}

extension AuditCondition {
    fileprivate func holds(_ facts: AuditFacts, _ bytes: Span<UInt8>) -> Bool {
        switch self {
        case .member(let member, let texts):
            let range =
                switch member {
                case .action: facts.action
                case .origin: facts.origin
                case .actorType: facts.actorType
                case .targetType: facts.targetType
                case .property: facts.property
                }
            let found = bytes.extracting(range)
            return texts.contains { found.equals($0) }
        case .value(let value, let text):
            let range =
                switch value {
                case .old: facts.old
                case .new: facts.new
                case .actionDetails: facts.actionDetails
                }
            return AuditCondition.plain(bytes.extracting(range)).contains(Array(text.utf8))
        case .failed: return facts.hasError
        case .ephemeral: return facts.isEphemeral
        case .any(let conditions): return conditions.contains { $0.holds(facts, bytes) }
        case .not(let condition): return !condition.holds(facts, bytes)
        }
    }

    /// A value without white space and escapes.
    private static func plain(_ value: Span<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(value.count)
        var isEscape = false
        for index in value.indices {
            let byte = value[index]
            switch byte {
            case UInt8(ascii: "\\") where !isEscape: isEscape = true
            case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"):
                if !isEscape { plain.append(byte) }
                isEscape = false
            default:
                if byte > 0x20 && byte != UInt8(ascii: "\\") { plain.append(byte) }
                isEscape = false
            }
        }
        return plain
    }
}

extension Span<UInt8> {
    fileprivate func hash(of range: Range<Int>) -> UInt64 {
        var hash = IdentityHash()
        hash.add(utf8: extracting(range))
        return hash.value
    }
}
