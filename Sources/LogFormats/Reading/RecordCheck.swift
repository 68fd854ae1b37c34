import ByteText
public import SimTime
public import TailnetModel

/// Reads records in one pass as a receiver does: which log, which record, when, and the few facts that detections use.
///
/// Make one and use it for record after record: it builds no tree and keeps the memory of its arrays. Texts are given
/// as ranges of the bytes that were read, without quotes and with escapes as they stand.
public struct RecordCheck: Sendable {
    /// Which log the record belongs to.
    public private(set) var log = LogKind.network
    /// See `RecordIdentity`.
    public private(set) var identity: UInt64 = 0
    /// When it happened, in simulated time: a flow record's `end`, an audit record's `eventTime` or its envelope's time.
    public private(set) var time = Instant.epoch
    /// What was read: the record or its envelope.
    public private(set) var range = 0..<0

    /// The reporting node's ID.
    public private(set) var nodeID = 0..<0
    /// The entries of `virtualTraffic`, `subnetTraffic` and `exitTraffic`, in wire order.
    public private(set) var entries: [FlowFacts] = []

    /// The facts of an audit record.
    public private(set) var audit = AuditFacts()

    private var members = RecordMembers()

    /// Makes a check that has read nothing.
    public init() {}

    /// Reads the one record or envelope that `bytes` are.
    public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(RecordError) {
        var offset = 0
        guard unsafe try readNext(bytes, at: &offset) else {
            throw RecordError(offset: 0, message: "there is no record")
        }
        guard unsafe bytes.isBlank(from: offset) else {
            throw RecordError(offset: offset, message: "something follows the record")
        }
    }

    /// Reads the record or envelope that begins at `offset`, and moves `offset` behind it.
    ///
    /// White space in front is passed over: so lines of NDJSON and bodies of streamed envelopes are read alike. Gives
    /// false where nothing is left.
    public mutating func readNext(_ bytes: UnsafeRawBufferPointer, at offset: inout Int) throws(RecordError) -> Bool {
        while unsafe offset < bytes.count && bytes.isBlank(at: offset) { offset += 1 }
        guard offset < bytes.count else { return false }
        var scanner = unsafe JSONScanner(bytes, from: offset)
        members = RecordMembers()
        entries.removeAll(keepingCapacity: true)
        do {
            let begin = try scanner.next()
            guard begin.kind == .objectStart else {
                throw RecordError(offset: begin.start, message: "the record is no object")
            }
            unsafe try members.readAll(&scanner, bytes, &entries)
        } catch let error as JSONSyntaxError {
            throw RecordError(offset: error.offset, message: error.message)
        } catch let error as RecordError {
            throw error
        } catch {
            throw RecordError(offset: offset, message: "\(error)")
        }
        range = offset..<scanner.offset
        unsafe try conclude(bytes)
        offset = scanner.offset
        return true
    }

    /// Says which log the record belongs to, and makes its identity.
    private mutating func conclude(_ bytes: UnsafeRawBufferPointer) throws(RecordError) {
        let place = range.lowerBound
        var hash = IdentityHash()
        if let node = members.nodeID, node.token != nil, let start = members.start, let end = members.end {
            log = .network
            nodeID = node.contents
            time = end
            unsafe node.add(to: &hash, bytes)
            hash.add(UInt64(bitPattern: StreamTime.milliseconds(start)))
        } else if let group = members.eventGroupID, group.token != nil {
            guard let action = members.action, let target = members.targetID else {
                throw RecordError(offset: place, message: "the audit record has no 'action' or no 'target.id'")
            }
            guard let moment = members.eventTime ?? members.envelopeTime else {
                throw RecordError(offset: place, message: "the audit record has no time")
            }
            log = .configuration
            time = moment
            unsafe group.add(to: &hash, bytes)
            unsafe action.add(to: &hash, bytes)
            unsafe target.add(to: &hash, bytes)
            unsafe members.property.add(to: &hash, bytes)
            audit = AuditFacts(members)
        } else {
            throw RecordError(
                offset: place, message: "the record has neither 'nodeId', 'start' and 'end' nor 'eventGroupID'")
        }
        identity = hash.value
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isBlank(at offset: Int) -> Bool {
        switch unsafe self[offset] {
        case 0x20, 0x09, 0x0A, 0x0D: true
        default: false
        }
    }

    fileprivate func isBlank(from offset: Int) -> Bool {
        (offset..<count).allSatisfy { unsafe isBlank(at: $0) }
    }
}
