import SimTime
import TailnetModel
import Testing

@Suite("Flow records as the simulation makes them")
struct FlowRecordBatchTests {
    private static func ipv4(_ address: UInt64, _ port: UInt16, node: UInt32 = 0) -> FlowEndpoint {
        FlowEndpoint(high: 0, low: address, family: 4, port: port, nodePlusOne: node)
    }

    private static func ipv6(_ high: UInt64, _ low: UInt64, _ port: UInt16) -> FlowEndpoint {
        FlowEndpoint(high: high, low: low, family: 6, port: port)
    }

    /// In the client's order.
    private static let endpoints = [
        FlowEndpoint.absent, ipv4(1, 0), ipv4(1, 65_535), ipv4(2, 0), ipv4(0xFFFF_FFFF, 9), ipv6(0, 1, 0),
        ipv6(0, 1, 1), ipv6(0, 2, 0), ipv6(0, .max, 0), ipv6(1, 0, 0), ipv6(.max, .max, .max),
    ]

    @Test("Endpoints order: absent, IPv4, IPv6; then address, then port")
    func endpointOrder() {
        for (index, left) in Self.endpoints.enumerated() {
            for (other, right) in Self.endpoints.enumerated() {
                #expect(FlowEndpoint.precedes(left, right) == (index < other), "\(index) and \(other)")
                #expect(FlowEndpoint.same(left, right) == (index == other), "\(index) and \(other)")
            }
        }
    }

    @Test("Whose address it is does not matter for the order")
    func nodeDoesNotOrder() {
        let (left, right) = (Self.ipv4(1, 2, node: 7), Self.ipv4(1, 2, node: 3))
        #expect(FlowEndpoint.same(left, right))
        #expect(!FlowEndpoint.precedes(left, right) && !FlowEndpoint.precedes(right, left))
    }

    @Test("Entries order by source, then target, then protocol")
    func entryOrder() {
        func entry(_ source: FlowEndpoint, _ target: FlowEndpoint, _ proto: UInt8, bytes: UInt64) -> FlowEntry {
            FlowEntry(proto: proto, source: source, target: target, counts: TrafficCounts(txBytes: bytes))
        }
        // The counts run down, so that an order by counts would be seen.
        var ordered: [FlowEntry] = []
        for source in Self.endpoints {
            for target in Self.endpoints {
                for proto in [0, 6, 17] as [UInt8] {
                    ordered.append(entry(source, target, proto, bytes: 1_000 - UInt64(ordered.count)))
                }
            }
        }
        #expect(Array(ordered.reversed()).sorted(by: FlowEntry.precedes) == ordered)
        #expect(ordered.allSatisfy { !FlowEntry.precedes($0, $0) })
    }

    @Test("A head counts its entries, and a batch forgets its records")
    func batch() {
        let head = FlowRecordHead(
            logged: Instant(seconds: 9), start: Instant(seconds: 0), end: Instant(seconds: 5), node: 3, firstEntry: 40,
            firstPeer: 50, peerCount: 6, virtualCount: 1, subnetCount: 20, exitCount: 300, physicalCount: 4_000)
        #expect(head.entryCount == 4_321)
        var batch = FlowRecordBatch()
        batch.heads = [head]
        batch.entries = [FlowEntry(proto: 6, source: .absent, target: .absent, counts: TrafficCounts())]
        batch.peers = [1, 2]
        batch.removeAll()
        #expect(batch.heads.isEmpty && batch.entries.isEmpty && batch.peers.isEmpty)
    }
}
