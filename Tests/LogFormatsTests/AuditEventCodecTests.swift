import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Audit records")
struct AuditEventCodecTests {
    static let full = AuditEvent(
        logged: Example.logged, eventTime: Example.start, deferredAt: "2026-08-01T09:00:01Z",
        eventGroupID: "7f2a9c0de41b4c6f8a3355e1d0b9c7aa", origin: "NODE",
        actor: AuditActor(
            id: "nA", type: "NODE", loginName: "a.ts.net", displayName: "\"a\"\n", tags: ["ci", "prod"]),
        target: AuditTarget(id: "nB", name: "b.ts.net", type: "NODE", isEphemeral: true, property: "ACL_TAGS"),
        action: "UPDATE", old: #""""#, new: #"["tag:ci"]"#, actionDetails: "by <hand>", error: "forbidden")

    static let bare = AuditEvent(
        logged: Example.logged, eventTime: Example.start, eventGroupID: "g", origin: "CONFIG_API",
        actor: AuditActor(id: "k", type: "OAUTH_CLIENT", loginName: "", displayName: "OAuth client"),
        target: AuditTarget(id: "t", name: "API access token", type: "OAUTH_ACCESS_TOKEN"), action: "CREATE")

    private func text(_ event: AuditEvent, _ channel: Channel) -> String {
        var bytes: [UInt8] = []
        AuditEventCodec.encode(event, channel: channel, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Each channel has its own fields")
    func channels() {
        let common =
            #""eventGroupID":"7f2a9c0de41b4c6f8a3355e1d0b9c7aa","origin":"NODE","actor":{"id":"nA","type":"NODE","#
            + #""loginName":"a.ts.net","displayName":"\"a\"\n","tags":["ci","prod"]},"target":{"id":"nB","#
            + #""name":"b.ts.net","type":"NODE","isEphemeral":true,"property":"ACL_TAGS"},"action":"UPDATE","#
            + #""old":"","new":["tag:ci"],"actionDetails":"by <hand>","error":"forbidden""#
        let deferred = #""deferredAt":"2026-08-01T09:00:01Z","#
        #expect(
            text(Self.full, .poll)
                == #"{"eventTime":"2026-08-01T09:00:00.5Z","type":"CONFIG",\#(deferred)\#(common)}"#)
        #expect(
            text(Self.full, .object)
                == #"{"logged":"2026-08-01T09:00:08Z","eventTime":"2026-08-01T09:00:00.5Z",\#(deferred)\#(common)}"#)
        #expect(
            text(Self.full, .stream)
                == #"{"time":1785574800.5,"event":{\#(common)},"fields":{"recorded":"2026-08-01T09:00:08Z"}}"#)
    }

    @Test("What is absent is left out, and empty login names are written")
    func bareRecord() {
        #expect(
            text(Self.bare, .stream)
                == #"{"time":1785574800.5,"event":{"eventGroupID":"g","origin":"CONFIG_API","actor":{"id":"k","#
                + #""type":"OAUTH_CLIENT","loginName":"","displayName":"OAuth client"},"target":{"id":"t","#
                + #""name":"API access token","type":"OAUTH_ACCESS_TOKEN"},"action":"CREATE"},"#
                + #""fields":{"recorded":"2026-08-01T09:00:08Z"}}"#)
    }

    @Test("Strict reading gives back what was written", arguments: Channel.allCases, [full, bare])
    func roundTrip(channel: Channel, event: AuditEvent) throws {
        let bytes = Array(text(event, channel).utf8)
        var expected = event
        switch channel {
        case .poll:
            expected.logged = nil
            expected.type = "CONFIG"
        case .object: break
        case .stream: expected.deferredAt = nil
        }
        let decoded = try AuditEventCodec.decode(bytes, channel: channel, strictness: .strict)
        #expect(decoded == expected)
        #expect(text(decoded, channel) == String(decoding: bytes, as: UTF8.self))
    }

    @Test("A streamed record has only the milliseconds of its time")
    func streamedTime() throws {
        var event = Self.bare
        event.eventTime = Instant(nanoseconds: 1_785_574_800_123_999_999)
        let decoded = try AuditEventCodec.decode(Array(text(event, .stream).utf8), channel: .stream)
        #expect(decoded.eventTime == Instant(nanoseconds: 1_785_574_800_123_000_000))
    }

    @Test("A block's index tells where each record lies")
    func intoBlock() {
        var output = EncodedRecords()
        AuditEventCodec.encode(Self.full, channel: .object, into: &output)
        AuditEventCodec.encode(Self.bare, channel: .object, into: &output)
        #expect(output.records.map(\.logged) == [Example.logged, Example.logged])
        let texts = output.records.map { record in
            String(decoding: output.bytes[record.range], as: UTF8.self)
        }
        #expect(texts == [text(Self.full, .object), text(Self.bare, .object)])
        #expect(String(decoding: output.bytes, as: UTF8.self) == texts.map { $0 + "\n" }.joined())
    }

    @Test("Texts of nothing but control characters fit the bound")
    func worstCase() throws {
        let odd = String(repeating: "\u{1}", count: 300)
        let event = AuditEvent(
            logged: Example.start, eventTime: Example.start, deferredAt: odd, eventGroupID: odd, origin: odd,
            actor: AuditActor(id: odd, type: "NODE", loginName: odd, displayName: odd, tags: [odd, "", odd]),
            target: AuditTarget(id: odd, name: odd, type: "NODE", isEphemeral: true, property: odd), action: odd,
            old: "[\(String(repeating: "1,", count: 500))1]", new: "{}", actionDetails: odd, error: odd)
        let decoded = try AuditEventCodec.decode(Array(text(event, .object).utf8), channel: .object)
        #expect(decoded == event)
    }

    static let tail =
        #""eventGroupID":"g","origin":"NODE","actor":{"id":"u","type":"USER","loginName":"l","displayName":"d"},"#
        + #""target":{"id":"t","name":"n","type":"USER"},"action":"CREATE""#
    static let times = #""logged":"2026-08-01T09:00:08Z","eventTime":"2026-08-01T09:00:00.5Z","#

    @Test(
        "A strict reader says what deviates",
        arguments: [
            (#"{\#(times)"type":"CONFIG",\#(tail)}"#, .foreignKey),
            (#"{"eventTime":"2026-08-01T09:00:00.5Z",\#(tail)}"#, .missingKey),
            (#"{\#(times)\#(tail),"old":1,"new":2,"actionDetails":""}"#, .emptyValue),
            (#"{\#(times)\#(tail),"new":1,"old":2}"#, .keyOrder),
            (#"{\#(times)\#(tail),"more":1}"#, .unknownKey),
            (#"{\#(times)\#(tail) }"#, .blank),
            (#"{\#(times)\#(tail.replacing(#""USER"}"#, with: #""USER","isEphemeral":true}"#))}"#, .nodeOnly),
            (#"{\#(times)\#(tail.replacing(#""USER"}"#, with: #""USER","isEphemeral":false}"#))}"#, .emptyValue),
            (#"{\#(times)\#(tail.replacing(#""d"}"#, with: #""d","tags":["x"]}"#))}"#, .nodeOnly),
        ] as [(String, RecordDeviation.Kind)])
    func strict(text: String, kind: RecordDeviation.Kind) throws {
        let bytes = Array(text.utf8)
        let found = try bytes.withUnsafeBytes { try AuditEventCodec.inspect($0, channel: .object).deviations }
        #expect(found.map(\.kind) == [kind])
        #expect(throws: RecordError.self) { try AuditEventCodec.decode(bytes, channel: .object, strictness: .strict) }
    }

    @Test("Old and new keep their raw JSON, null too")
    func rawValues() throws {
        let bytes = Array(#"{\#(Self.times)\#(Self.tail),"old":null,"new":{"b":[1.50,"\u0041"],"a":{}}}"#.utf8)
        let event = try AuditEventCodec.decode(bytes, channel: .object, strictness: .strict)
        #expect(event.old == "null")
        #expect(event.new == #"{"b":[1.50,"\u0041"],"a":{}}"#)
    }

    @Test("A record without a group is an error")
    func missing() {
        #expect(throws: RecordError(offset: 0, message: "the audit record has no 'eventGroupID'")) {
            try AuditEventCodec.decode(Array("{}".utf8), channel: .object)
        }
    }
}
