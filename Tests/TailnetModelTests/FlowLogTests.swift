import SimTime
import TailnetModel
import Testing

@Suite("Flow records on the wire")
struct FlowLogTests {
    private func entry(_ proto: UInt8) -> [FlowCounts] {
        [FlowCounts(proto: proto, src: "100.64.0.1:1", dst: "100.64.0.2:2", counts: TrafficCounts(txPackets: 1))]
    }

    @Test("Each class has its own array")
    func subscriptReads() {
        let log = FlowLog(
            nodeID: "n1", start: Instant(seconds: 0), end: Instant(seconds: 5), virtualTraffic: entry(1),
            subnetTraffic: entry(2), exitTraffic: entry(3), physicalTraffic: entry(4))
        #expect(TrafficClass.allCases.map { log[$0].map(\.proto) } == [[1], [2], [3], [4]])
    }

    @Test("Writing one class leaves the others", arguments: TrafficClass.allCases)
    func subscriptWrites(kind: TrafficClass) {
        var log = FlowLog(nodeID: "n1", start: Instant(seconds: 0), end: Instant(seconds: 5))
        log[kind] = entry(6)
        log[kind] += entry(17)
        for other in TrafficClass.allCases {
            #expect(log[other].map(\.proto) == (other == kind ? [6, 17] : []))
        }
        let arrays = [log.virtualTraffic, log.subnetTraffic, log.exitTraffic, log.physicalTraffic]
        #expect(arrays.map(\.count) == TrafficClass.allCases.map { $0 == kind ? 2 : 0 })
    }

    @Test("Classes have their wire order and names")
    func classes() {
        #expect(TrafficClass.allCases.map(\.rawValue) == [0, 1, 2, 3])
        #expect(
            TrafficClass.allCases.map(\.key) == ["virtualTraffic", "subnetTraffic", "exitTraffic", "physicalTraffic"])
    }

    @Test("Counts add up field by field")
    func countsAdd() {
        var counts = TrafficCounts(txPackets: 1, txBytes: 20, rxPackets: 300, rxBytes: 4_000)
        counts += TrafficCounts(txPackets: 5, txBytes: 60, rxPackets: 700, rxBytes: 8_000)
        #expect(counts == TrafficCounts(txPackets: 6, txBytes: 80, rxPackets: 1_000, rxBytes: 12_000))
        counts += TrafficCounts()
        #expect(counts.rxBytes == 12_000)
    }

    @Test(
        "Counts are zero when all four are",
        arguments: [
            (TrafficCounts(), true), (TrafficCounts(txPackets: 1), false), (TrafficCounts(txBytes: 1), false),
            (TrafficCounts(rxPackets: 1), false), (TrafficCounts(rxBytes: .max), false),
        ])
    func countsAreZero(counts: TrafficCounts, expected: Bool) {
        #expect(counts.isZero == expected)
    }
}
