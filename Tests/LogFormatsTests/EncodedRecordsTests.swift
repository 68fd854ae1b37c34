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
        let first = output.withBytes { Array($0) }
        let records = output.records
        let size = output.block.count
        output.removeAll()
        #expect(output.byteCount == 0)
        #expect(output.records.isEmpty)
        encoder.encode(random.batch, into: &output)
        #expect(output.withBytes { Array($0) } == first)
        #expect(output.records == records)
        #expect(output.block.count == size)
    }

    @Test("A copy keeps its text when the original goes on")
    func values() {
        var output = EncodedRecords(byteCapacity: 100)
        AuditEventCodec.encode(AuditEventCodecTests.bare, channel: .object, into: &output)
        let copy = output
        output.removeAll()
        AuditEventCodec.encode(AuditEventCodecTests.full, channel: .object, into: &output)
        let text = copy.withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(text.contains("OAuth client"))
        #expect(copy.records.map(\.lineRange) == [0..<copy.byteCount])
    }
}
