import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Blocks of records")
struct EncodedRecordsTests {
    @Test("A block is emptied, used again and gives the same text")
    func reuse() {
        let random = RandomBatch(seed: 3)
        var encoder = FlowRecordEncoder(
            directory: NodeDirectory(nodes: random.nodes, users: random.users), channel: .object)
        var output = EncodedRecords()
        encoder.encode(random.batch, into: &output)
        let first = output.bytes
        let records = output.records
        output.removeAll()
        #expect(output.bytes.isEmpty)
        #expect(output.records.isEmpty)
        encoder.encode(random.batch, into: &output)
        #expect(output.bytes == first)
        #expect(output.records == records)
    }

    @Test("A copy keeps its text when the original goes on")
    func values() {
        var output = EncodedRecords(byteCapacity: 100)
        AuditEventCodec.encode(AuditEventCodecTests.bare, channel: .object, into: &output)
        let copy = output
        output.removeAll()
        AuditEventCodec.encode(AuditEventCodecTests.full, channel: .object, into: &output)
        let text = String(decoding: copy.bytes, as: UTF8.self)
        #expect(text.contains("OAuth client"))
        #expect(copy.records.map(\.lineRange) == [0..<copy.bytes.count])
    }

    @Test("Ready text and insertions keep the index true")
    func readyText() {
        var output = EncodedRecords()
        output.append(logged: Instant(seconds: 1), text: Array("{}".utf8))
        output.append(logged: Instant(seconds: 2), text: Array("{\"a\":1}".utf8))
        output.insertIntoLast(Array(",\"b\":2".utf8), beforeEnd: 1)
        output.append(logged: Instant(seconds: 3), text: [])
        let lines = output.records.map { record in
            String(decoding: output.bytes[record.range], as: UTF8.self)
        }
        #expect(lines == ["{}", "{\"a\":1,\"b\":2}", ""])
        #expect(String(decoding: output.bytes, as: UTF8.self) == lines.map { $0 + "\n" }.joined())
        #expect(output.records.map(\.logged) == [1, 2, 3].map { Instant(seconds: $0) })
    }
}
