import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Flow records by the fast path")
struct FlowRecordEncoderTests {
    private func encode(_ batch: FlowRecordBatch, _ directory: NodeDirectory, _ channel: Channel) -> EncodedRecords {
        var encoder = FlowRecordEncoder(directory: directory, channel: channel)
        var output = EncodedRecords()
        encoder.encode(batch, into: &output)
        return output
    }

    private func text(_ output: EncodedRecords) -> String {
        String(decoding: output.bytes, as: UTF8.self)
    }

    @Test("Random records are those of the general encoder, byte for byte", arguments: 1...5, Channel.allCases)
    func agreesWithGeneralPath(seed: Int, channel: Channel) throws {
        let random = RandomBatch(seed: UInt64(seed))
        let output = encode(random.batch, NodeDirectory(nodes: random.nodes, users: random.users), channel)
        try #require(output.records.count == random.logs.count)
        var end: UInt32 = 0
        for (index, record) in output.records.enumerated() {
            let line = Array(output.bytes[record.range])
            var expected: [UInt8] = []
            FlowLogCodec.encode(random.logs[index], channel: channel, into: &expected)
            #expect(String(decoding: line, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
            let decoded = try FlowLogCodec.decode(line, channel: channel, strictness: .strict)
            #expect(decoded == random.logs[index])
            #expect(record.offset == end)
            #expect(record.logged == random.logs[index].logged)
            end = record.offset + record.length
            #expect(output.bytes[Int(end) - 1] == UInt8(ascii: "\n"))
        }
        #expect(Int(end) == output.bytes.count)
    }

    @Test("Records of several batches stand in the order that is asked for, in one piece or in several")
    func order() {
        let random = [RandomBatch(seed: 5, recordCount: 40), RandomBatch(seed: 6, recordCount: 25)]
        let directory = NodeDirectory(nodes: random[0].nodes, users: random[0].users)
        // Both batches speak of the same tailnet: indices of the second one lie within the first one's nodes.
        let single = random.map { encode($0.batch, directory, .object) }
        func line(_ place: FlowRecordPlace) -> String {
            let output = single[Int(place.batch)]
            return String(decoding: output.bytes[output.records[Int(place.record)].lineRange], as: UTF8.self)
        }
        let order = (0..<200).map { (index: Int) -> FlowRecordPlace in
            let batch = index % 3 == 0 ? 1 : 0
            return FlowRecordPlace(batch: UInt32(batch), record: UInt32(index * 7 % (batch == 1 ? 25 : 40)))
        }
        let expected = order.map(line).joined()
        let batches = FlowBatches(random.map(\.batch))
        var encoder = FlowRecordEncoder(directory: directory, channel: .object)
        var whole = EncodedRecords()
        encoder.encode(batches, order: order[...], into: &whole)
        #expect(text(whole) == expected)
        var parts = EncodedRecords(byteCapacity: 10)
        for range in [0..<0, 0..<17, 17..<18, 18..<200] {
            encoder.encode(batches, order: order[range], into: &parts)
        }
        #expect(text(parts) == expected)
        #expect(parts.records == whole.records)
    }

    @Test("A record of one connection is the text it should be", arguments: Channel.allCases)
    func literal(channel: Channel) {
        let (nodes, users) = Example.tailnet
        var batch = FlowRecordBatch()
        let source = FlowEndpoint(high: 0, low: 0x6440_0001, family: 4, port: 52_144, nodePlusOne: 1)
        let target = FlowEndpoint(high: 0, low: 0x6440_0002, family: 4, port: 443, nodePlusOne: 2)
        batch.entries = [
            FlowEntry(proto: 6, source: source, target: target, counts: TrafficCounts(txPackets: 3, txBytes: 156)),
            FlowEntry(proto: 0, source: .absent, target: .absent, counts: TrafficCounts(rxPackets: 2, rxBytes: 99)),
            FlowEntry(proto: 0, source: .absent, target: .absent, counts: TrafficCounts()),
        ]
        batch.peers = [1]
        batch.heads = [
            FlowRecordHead(
                logged: Example.logged, start: Example.start, end: Example.end, node: 0, firstEntry: 0, firstPeer: 0,
                peerCount: 1, virtualCount: 1, subnetCount: 0, exitCount: 2, physicalCount: 0)
        ]
        let fields =
            #""nodeId":"n11111111111CNTRL","start":"2026-08-01T09:00:00.5Z","end":"2026-08-01T09:00:05.25Z","#
            + #""srcNode":{"nodeId":"n11111111111CNTRL","name":"a.tail1.ts.net","addresses":["100.64.0.1","#
            + #""fd7a:115c:a1e0::137:1"],"user":"ana@example.com"},"dstNodes":[{"nodeId":"n21111111111CNTRL","#
            + #""name":"b.tail1.ts.net","addresses":["100.64.0.2","fd7a:115c:a1e0::237:2"],"os":"linux","#
            + #""tags":["tag:db","tag:prod"]}],"virtualTraffic":[{"proto":6,"src":"100.64.0.1:52144","#
            + #""dst":"100.64.0.2:443","txPkts":3,"txBytes":156}],"exitTraffic":[{"rxPkts":2,"rxBytes":99},{}]"#
        let bare = #"{"logged":"2026-08-01T09:00:08Z",\#(fields)}"#
        let envelope =
            #"{"time":1785574802.875,"event":{\#(fields)},"fields":{"recorded":"2026-08-01T09:00:08Z"}}"#
        let output = encode(batch, NodeDirectory(nodes: nodes, users: users), channel)
        #expect(text(output) == (channel == .stream ? envelope : bare) + "\n")
    }

    @Test("Clients before 1.92 name no nodes")
    func oldClients() {
        var (nodes, users) = Example.tailnet
        nodes[0].clientVersion = "1.90.9"
        var batch = FlowRecordBatch()
        batch.peers = [1]
        batch.heads = [
            FlowRecordHead(
                logged: Example.logged, start: Example.start, end: Example.end, node: 0, firstEntry: 0, firstPeer: 0,
                peerCount: 1, virtualCount: 0, subnetCount: 0, exitCount: 0, physicalCount: 0)
        ]
        let output = text(encode(batch, NodeDirectory(nodes: nodes, users: users), .poll))
        #expect(
            output == #"{"logged":"2026-08-01T09:00:08Z","nodeId":"n11111111111CNTRL","#
                + #""start":"2026-08-01T09:00:00.5Z","end":"2026-08-01T09:00:05.25Z"}"# + "\n")
    }
}
