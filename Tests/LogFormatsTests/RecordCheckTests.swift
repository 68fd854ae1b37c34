import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Records as a receiver reads them")
struct RecordCheckTests {
    private func text(_ bytes: [UInt8], _ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    @Test("Flow records of all channels give the same facts", arguments: Channel.allCases)
    func flows(channel: Channel) throws {
        let random = RandomBatch(seed: 99)
        var encoder = FlowRecordEncoder(
            directory: NodeDirectory(nodes: random.nodes, users: random.users), channel: channel)
        var output = EncodedRecords()
        encoder.encode(random.batch, into: &output)
        let bytes = output.bytes
        var check = RecordCheck()
        var offset = 0
        for (index, log) in random.logs.enumerated() {
            #expect(try bytes.withUnsafeBytes { try check.readNext($0, at: &offset) })
            #expect(check.range == output.records[index].range)
            #expect(check.log == .network)
            #expect(check.time == log.end)
            #expect(check.identity == RecordIdentity.network(nodeID: log.nodeID, start: log.start))
            #expect(text(bytes, check.nodeID) == log.nodeID)
            let expected = log.virtualTraffic + log.subnetTraffic + log.exitTraffic
            let found = check.entries.map { entry in
                FlowCounts(
                    proto: entry.proto, src: text(bytes, entry.source), dst: text(bytes, entry.target),
                    counts: entry.counts)
            }
            #expect(found == expected)
            #expect(check.entries.count { $0.kind == .virtual } == log.virtualTraffic.count)
        }
        #expect(try !bytes.withUnsafeBytes { try check.readNext($0, at: &offset) })
        #expect(offset == bytes.count)
    }

    @Test("Audit records of all channels have the same identity", arguments: Channel.allCases)
    func audits(channel: Channel) throws {
        for event in [AuditEventCodecTests.full, AuditEventCodecTests.bare] {
            var bytes: [UInt8] = []
            AuditEventCodec.encode(event, channel: channel, into: &bytes)
            var check = RecordCheck()
            try bytes.withUnsafeBytes { try check.read($0) }
            #expect(check.log == .configuration)
            #expect(check.time == event.eventTime)
            #expect(
                check.identity
                    == RecordIdentity.configuration(
                        eventGroupID: event.eventGroupID, action: event.action, targetID: event.target.id,
                        property: event.target.property))
            #expect(text(bytes, check.audit.actorID) == event.actor.id)
            #expect(text(bytes, check.audit.actorType) == event.actor.type)
            #expect(text(bytes, check.audit.actorLogin) == event.actor.loginName)
            #expect(text(bytes, check.audit.action) == event.action)
            #expect(text(bytes, check.audit.origin) == event.origin)
            #expect(text(bytes, check.audit.targetID) == event.target.id)
            #expect(text(bytes, check.audit.targetType) == event.target.type)
            #expect(text(bytes, check.audit.property) == event.target.property ?? "")
            #expect(check.audit.hasError == (event.error != nil))
            #expect(check.entries.isEmpty)
        }
    }

    @Test("An escaped text has the identity of its value")
    func escapedIdentity() throws {
        let bytes = Array(
            #"{"eventTime":"1970-01-01T00:00:00Z","eventGroupID":"g\"\u0041","action":"X","target":{"id":"t\n"}}"#.utf8)
        var check = RecordCheck()
        try bytes.withUnsafeBytes { try check.read($0) }
        let expected = RecordIdentity.configuration(eventGroupID: "g\"A", action: "X", targetID: "t\n", property: nil)
        #expect(check.identity == expected)
    }

    @Test("Identities differ by every part, and by a millisecond")
    func identities() {
        let start = Instant(nanoseconds: 1_000_000)
        let all: [UInt64] = [
            RecordIdentity.network(nodeID: "nA", start: start),
            RecordIdentity.network(nodeID: "nB", start: start),
            RecordIdentity.network(nodeID: "nA", start: start + .milliseconds(1)),
            RecordIdentity.configuration(eventGroupID: "ab", action: "c", targetID: "", property: nil),
            RecordIdentity.configuration(eventGroupID: "a", action: "bc", targetID: "", property: nil),
            RecordIdentity.configuration(eventGroupID: "a", action: "b", targetID: "c", property: nil),
            RecordIdentity.configuration(eventGroupID: "a", action: "b", targetID: "c", property: "d"),
        ]
        #expect(Set(all).count == all.count)
        #expect(all.first == RecordIdentity.network(nodeID: "nA", start: start + .nanoseconds(999_999)))
    }

    @Test("Identities do not change from run to run")
    func stableIdentity() {
        let identity = RecordIdentity.network(nodeID: "n11111111111CNTRL", start: Instant(seconds: 1))
        #expect(identity == 7_442_629_699_139_566_483)
    }

    @Test("One check is used for record after record, and remembers nothing")
    func reuse() throws {
        var check = RecordCheck()
        var bytes: [UInt8] = []
        AuditEventCodec.encode(AuditEventCodecTests.full, channel: .object, into: &bytes)
        try bytes.withUnsafeBytes { try check.read($0) }
        #expect(check.audit.hasError)
        bytes.removeAll()
        AuditEventCodec.encode(AuditEventCodecTests.bare, channel: .object, into: &bytes)
        try bytes.withUnsafeBytes { try check.read($0) }
        #expect(!check.audit.hasError)
        #expect(check.audit.property.isEmpty)
    }

    @Test(
        "What is no record is refused",
        arguments: [
            "", "  ", "7", "{}", #"{"nodeId":"n"}"#, #"{"nodeId":"n","start":"x","end":"y"}"#, #"{"eventGroupID":"g"}"#,
            #"{"event":7}"#, #"{"eventGroupID":"g","action":"a","target":{"id":"t"}}"#,
            #"{"virtualTraffic":[{"proto":999}]}"#,
            #"{"nodeId":null,"start":"1970-01-01T00:00:00Z","end":"1970-01-01T00:00:00Z"}"#,
            #"{"eventTime":"1970-01-01T00:00:00Z","eventGroupID":"g","action":"a","target":{"id":"t"}}{}"#,
        ])
    func refused(text: String) {
        var check = RecordCheck()
        #expect(throws: RecordError.self) { try Array(text.utf8).withUnsafeBytes { try check.read($0) } }
    }
}
