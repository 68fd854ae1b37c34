import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Bodies of several records")
struct EnvelopeTests {
    private func envelopes(_ body: String) throws -> [StreamEnvelope] {
        let bytes = Array(body.utf8)
        return try bytes.withUnsafeBytes { raw in
            var reader = StreamEnvelopes(raw)
            var found: [StreamEnvelope] = []
            while let envelope = try reader.next() { found.append(envelope) }
            return found
        }
    }

    @Test("Envelopes follow each other with or without white space")
    func streamed() throws {
        let body =
            #"{"time":1.5,"event":{"a":"}{"}}{"event":{},"fields":{"recorded":"1970-01-01T00:00:01Z"}}"#
            + " \n{\"event\":7}\n"
        let found = try envelopes(body)
        #expect(found.map(\.timeMilliseconds) == [1_500, nil, nil])
        #expect(found.map(\.recorded) == [nil, Instant(seconds: 1), nil])
        let bytes = Array(body.utf8)
        #expect(found.map { String(decoding: bytes[$0.eventRange], as: UTF8.self) } == [#"{"a":"}{"}"#, "{}", "7"])
        #expect(found.map { String(decoding: bytes[$0.range], as: UTF8.self) }.joined().count == body.count - 3)
        #expect(try envelopes("") == [])
        #expect(try envelopes(" \n") == [])
    }

    @Test(
        "A broken envelope is an error at its byte",
        arguments: [("{}", 0), (#"{"event":1}x"#, 11), (#"{"event":1}[]"#, 11)])
    func broken(body: String, offset: Int) {
        #expect { try envelopes(body) } throws: { ($0 as? RecordError)?.offset == offset }
    }

    @Test("Answers of the pull API are taken apart")
    func poll() throws {
        func decode(_ text: String) throws -> (PollEnvelope, [String]) {
            let bytes = Array(text.utf8)
            let answer = try bytes.withUnsafeBytes { try PollEnvelope(decoding: $0) }
            return (answer, answer.records.map { String(decoding: bytes[$0], as: UTF8.self) })
        }
        let (full, records) = try decode(
            #"{"version":"1.1","tailnetId":"example.com","logs":[{"a":[{}]}, {"b":1}],"x":[1]}"#)
        #expect(full.version == "1.1")
        #expect(full.tailnetID == "example.com")
        #expect(records == [#"{"a":[{}]}"#, #"{"b":1}"#])
        #expect(!full.isNull)
        #expect(try decode(#"{"logs":[]}"#).1 == [])
        #expect(try decode(#"{"logs":null}"#).0.isNull)
        #expect(throws: RecordError.self) { try decode(#"{"version":"1.1"}"#) }
        #expect(throws: RecordError.self) { try decode(#"{"logs":{}}"#) }
    }

    @Test("Answers are written in each log's form")
    func writePoll() {
        func text(_ records: [String], _ log: LogKind, writesNull: Bool = false) -> String {
            var bytes: [UInt8] = []
            PollEnvelope.encode(
                records.map { Array($0.utf8)[...] }, of: log, tailnetID: "example.com", writesNull: writesNull,
                into: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(text(["{}", "1"], .network) == #"{"logs":[{},1]}"#)
        #expect(text([], .network) == #"{"logs":[]}"#)
        #expect(text([], .network, writesNull: true) == #"{"logs":null}"#)
        #expect(text(["{}"], .configuration) == #"{"version":"1.1","tailnetId":"example.com","logs":[{}]}"#)
    }
}
