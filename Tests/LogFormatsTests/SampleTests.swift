import LogFormats
import TailnetModel
import Testing

@Suite("Captured records")
struct SampleTests {
    private func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(
        "Audit lines of a real object come back to the same bytes",
        .enabled(if: Samples.exists("audit_s3_export_real.ndjson"), "audit_s3_export_real.ndjson is absent"))
    func objectLines() throws {
        let lines = try Samples.lines("audit_s3_export_real.ndjson")
        #expect(lines.count == 20)
        var check = RecordCheck()
        var identities: Set<UInt64> = []
        for line in lines {
            let event = try AuditEventCodec.decode(line, channel: .object, strictness: .strict)
            var written: [UInt8] = []
            AuditEventCodec.encode(event, channel: .object, into: &written)
            #expect(text(written) == text(line))
            try line.withUnsafeBytes { try check.read($0) }
            #expect(check.time == event.eventTime)
            identities.insert(check.identity)
        }
        #expect(identities.count == 20)
    }

    @Test(
        "A real streamed body comes back to the same bytes",
        .enabled(if: Samples.exists("hec_stream_body_real.txt"), "hec_stream_body_real.txt is absent"))
    func streamedBody() throws {
        let body = try Samples.bytes("hec_stream_body_real.txt")
        let ranges = try body.withUnsafeBytes { raw in
            var reader = StreamEnvelopes(raw)
            var ranges: [Range<Int>] = []
            while let envelope = try reader.next() { ranges.append(envelope.range) }
            return ranges
        }
        try #require(ranges.count == 2)
        let flow = try FlowLogCodec.decode(Array(body[ranges[0]]), channel: .stream, strictness: .strict)
        let event = try AuditEventCodec.decode(Array(body[ranges[1]]), channel: .stream, strictness: .strict)
        var written: [UInt8] = []
        FlowLogCodec.encode(flow, channel: .stream, into: &written)
        AuditEventCodec.encode(event, channel: .stream, into: &written)
        #expect(text(written) == text(body))
    }

    @Test(
        "A real flow record of the pull API comes back to the same bytes",
        .enabled(if: Samples.exists("flow_record_pull_real.json"), "flow_record_pull_real.json is absent"))
    func pulledFlow() throws {
        let line = try #require(try Samples.lines("flow_record_pull_real.json").first)
        let log = try FlowLogCodec.decode(line, channel: .poll, strictness: .strict)
        var written: [UInt8] = []
        FlowLogCodec.encode(log, channel: .poll, into: &written)
        #expect(text(written) == text(line))
    }

    @Test(
        "A real audit record of the pull API comes back to the same bytes",
        .enabled(if: Samples.exists("audit_record_pull_real.json"), "audit_record_pull_real.json is absent"))
    func pulledAudit() throws {
        let line = try #require(try Samples.lines("audit_record_pull_real.json").first)
        let event = try AuditEventCodec.decode(line, channel: .poll, strictness: .strict)
        var written: [UInt8] = []
        AuditEventCodec.encode(event, channel: .poll, into: &written)
        #expect(text(written) == text(line))
    }

    @Test(
        "Documented answers of the pull API can be read leniently",
        .enabled(if: Samples.exists("docs_kb1219_flow_example.json"), "docs_kb1219_flow_example.json is absent"),
        arguments: [
            ("docs_kb1219_flow_example.json", LogKind.network, 1),
            ("network_pull_response_liveshape.json", .network, 1),
            ("docs_kb1203_audit_example.json", .configuration, 3),
            ("audit_pull_response_polymorphic.json", .configuration, 4),
        ])
    func documentedAnswers(name: String, log: LogKind, count: Int) throws {
        let bytes = try Samples.bytes(name)
        let answer = try bytes.withUnsafeBytes { try PollEnvelope(decoding: $0) }
        #expect(answer.records.count == count)
        for range in answer.records {
            switch log {
            case .network: #expect(try !FlowLogCodec.decode(Array(bytes[range]), channel: .poll).nodeID.isEmpty)
            case .configuration:
                #expect(try !AuditEventCodec.decode(Array(bytes[range]), channel: .poll).eventGroupID.isEmpty)
            }
        }
    }
}
