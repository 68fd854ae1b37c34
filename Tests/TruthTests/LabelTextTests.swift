import ByteText
import SimTime
import TailnetModel
import TestSupport
import Testing
import Truth

@Suite("Labels")
struct LabelTextTests {
    private let nodes = (1...3).map { number in
        Node(
            key: "k\(number)", hostName: "h\(number)", name: "h\(number).ts.net", number: UInt64(number), owner: nil,
            tags: [], os: .linux, ipv4: IPAddress(ipv4: 0x6440_0001),
            ipv6: IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: 1), clientVersion: "1.90.0", isEphemeral: false,
            keyExpiryDisabled: false, created: at(0), advertisedRoutes: [], approvedRoutes: [])
    }

    private var text: LabelText { LabelText(nodes: nodes, incidents: ["i\"1", "i2"]) }

    private func label(_ effect: FlowLabel.Effect) -> FlowLabel {
        let entry = FlowEntry(
            proto: 6, source: FlowEndpoint(high: 0, low: 0x6440_0001, family: 4, port: 40_000),
            target: FlowEndpoint(high: 0xFD7A_115C_A1E0_0000, low: 2, family: 6, port: 22), counts: TrafficCounts())
        return FlowLabel(
            node: 0, start: at(1), logged: at(9), incidents: [0, 1], effect: effect,
            changes: [
                FlowLabel.Change(
                    kind: .virtual, entry: entry, before: nil,
                    after: TrafficCounts(txPackets: 1, txBytes: 60, rxPackets: 0, rxBytes: 0))
            ], addedPeers: [1], removedPeers: [2], record: 0)
    }

    @Test("A touched record's label says which line it is and what differs")
    func touched() {
        let ids = nodes.map(\.stableID)
        #expect(
            text.text(label(.altered), line: 7)
                == #"{"schema":1,"log":"network","id":{"nodeId":"\#(ids[0])","start":"2026-08-01T09:00:01Z"},"#
                + #""incidents":["i\"1","i2"],"effect":"altered","file":"network.ndjson","line":7,"#
                + #""entries":[{"class":"virtual","proto":6,"src":"100.64.0.1:40000","dst":"[fd7a:115c:a1e0::2]:22","#
                + #""before":null,"after":{"txPkts":1,"txBytes":60}}],"#
                + #""dstNodes":{"added":["\#(ids[1])"],"removed":["\#(ids[2])"]}}"#)
    }

    @Test("A suppressed record's label has no line, and the whole record")
    func suppressed() throws {
        let record = #"{"nodeId":"n","logged":"2026-08-01T09:00:09Z"}"#
        let line = text.text(label(.suppressed), suppressed: record)
        let value = try JSONValue.parse(Array(line.utf8), syntax: .strictUniqueKeys)
        #expect(value["line"]?.isNull == true && value["effect"]?.string == "suppressed")
        #expect(line.hasSuffix(",\"record\":\(record)}"))
    }
}
