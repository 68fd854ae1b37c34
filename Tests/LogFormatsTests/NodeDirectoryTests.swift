import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Ready-made text of nodes")
struct NodeDirectoryTests {
    @Test("Names and tags with characters that need escapes stay valid")
    func escapes() throws {
        var (nodes, users) = Example.tailnet
        nodes[0].name = "a\"\\\u{1}"
        users[0].login = "ana\n@example.com"
        nodes[1].tags = ["tag:<x>"]
        var batch = FlowRecordBatch()
        batch.peers = [1]
        batch.heads = [
            FlowRecordHead(
                logged: Example.logged, start: Example.start, end: Example.end, node: 0, firstEntry: 0, firstPeer: 0,
                peerCount: 1, virtualCount: 0, subnetCount: 0, exitCount: 0, physicalCount: 0)
        ]
        let directory = NodeDirectory(nodes: nodes, users: users)
        #expect(directory.count == 2)
        var encoder = FlowRecordEncoder(directory: directory, channel: .object)
        var output = EncodedRecords()
        encoder.encode(batch, into: &output)
        let line = Array(output.bytes[output.records[0].range])
        let log = try FlowLogCodec.decode(line, channel: .object, strictness: .strict)
        #expect(log.srcNode?.name == "a\"\\\u{1}")
        #expect(log.srcNode?.user == "ana\n@example.com")
        #expect(log.srcNode?.os == "")
        #expect(log.dstNodes.first?.tags == ["tag:<x>"])
        #expect(log.dstNodes.first?.os == "linux")
    }
}
