import LogStatistics
import Testing

/// One change to a good record, and the rule that it breaks.
struct Breach: Sendable, CustomTestStringConvertible {
    var rule: String
    var change: @Sendable (inout RecordText) -> Void

    var testDescription: String { rule }
}

private let breaches = [
    Breach(rule: "a window does not end after it begins") { $0.end = $0.start },
    Breach(rule: "a record is logged before its window ends") { $0.logged = "2026-03-02T09:00:06Z" },
    Breach(rule: "a node's ID is not in the form that the service makes") {
        $0.dstNodes = $0.dstNodes.replacing("nBMBpYmjHD21CNTRL", with: "nFlowDst1CNTRL")
    },
    Breach(rule: "a node's address lies outside the ranges that the service gives to nodes") {
        // ChromeOS's own range.
        $0.srcNode = $0.srcNode.replacing("100.81.10.108", with: "100.115.92.7")
        $0.virtual = $0.virtual.map { $0.replacing("100.81.10.108", with: "100.115.92.7") }
        $0.subnet = []
        $0.exit = []
    },
    Breach(rule: "the reporting node stands in 'dstNodes'") {
        $0.dstNodes = $0.dstNodes.replacing("}]", with: "},\($0.srcNode.dropFirst(11))]")
    },
    Breach(rule: "'dstNodes' is not ordered by node ID, or names a node twice") {
        let node = $0.dstNodes.dropFirst(13).dropLast()
        $0.dstNodes = ",\"dstNodes\":[\(node),\(node)]"
    },
    Breach(rule: "entries are not ordered, or two have the same endpoints and protocol") { $0.virtual.swapAt(0, 1) },
    Breach(rule: "entries are not ordered, or two have the same endpoints and protocol") {
        $0.virtual.insert($0.virtual[0], at: 0)
    },
    Breach(rule: "an entry has a tailnet address that no node of the record has") {
        $0.virtual[1] = $0.virtual[1].replacing("100.104.218.123", with: "100.104.218.124")
    },
    Breach(rule: "'dstNodes' has a node that no entry names") {
        let other = """
            {"nodeId":"ng9XSRhZpa11CNTRL","addresses":["100.70.1.1"],"user":"ben@example.com"}
            """
        $0.dstNodes = $0.dstNodes.dropLast() + ",\(other)]"
    },
    Breach(rule: "an entry stands in another class than its addresses call for") {
        // Node to node is never subnet traffic.
        $0.subnet[0] = $0.subnet[0].replacing("10.20.4.17", with: "100.104.218.123")
    },
    Breach(rule: "an entry stands in another class than its addresses call for") {
        // The local end comes first, also for what was received.
        $0.virtual = [#"{"proto":6,"src":"100.104.218.123:443","dst":"100.81.10.108:52144","rxPkts":1,"rxBytes":60}"#]
    },
    Breach(rule: "the class of an entry calls for a protocol, or forbids it") {
        $0.physical[0] = $0.physical[0].replacing("{\"src\"", with: "{\"proto\":17,\"src\"")
    },
    Breach(rule: "the class of an entry calls for an endpoint that is absent") {
        $0.subnet = [#"{"proto":6,"src":"100.81.10.108:50001","txPkts":2,"txBytes":104}"#]
    },
    Breach(rule: "a port does not go with the entry's protocol or class") {
        $0.virtual[0] = $0.virtual[0].replacing("123:0", with: "123:8")
    },
    Breach(rule: "a port does not go with the entry's protocol or class") {
        $0.virtual[1] = $0.virtual[1].replacing(":5432", with: ":0")
    },
    Breach(rule: "a port does not go with the entry's protocol or class") {
        $0.physical[0] = $0.physical[0].replacing("123:0", with: "123:41641")
    },
    Breach(rule: "an entry has bytes without packets, or too few bytes for its packets") {
        $0.virtual[1] = $0.virtual[1].replacing("\"txBytes\":1990", with: "\"txBytes\":279")
    },
    Breach(rule: "an entry has bytes without packets, or too few bytes for its packets") {
        $0.virtual[1] = $0.virtual[1].replacing("\"rxPkts\":11,", with: "")
    },
    Breach(rule: "physical bytes are no sum of WireGuard datagrams") {
        $0.physical[0] = $0.physical[0].replacing("2676", with: "2677")
    },
    Breach(rule: "physical bytes are no sum of WireGuard datagrams") {
        $0.physical[0] = $0.physical[0].replacing("\"txBytes\":2676", with: "\"txBytes\":464")
    },
    Breach(rule: "physical traffic goes to a tailnet address or to no port") {
        $0.physical[0] = $0.physical[0].replacing("203.0.113.9", with: "100.104.218.123")
    },
    Breach(rule: "exit traffic without protocol shows a port or an address outside the tailnet") {
        $0.exit = [#"{"src":"100.81.10.108:0","dst":"203.0.113.5:0","txPkts":5,"txBytes":320}"#]
    },
    Breach(rule: "exit traffic without protocol shows a port or an address outside the tailnet") {
        $0.exit = [#"{"src":"100.81.10.108:5353","txPkts":5,"txBytes":320}"#]
    },
    Breach(rule: "a record is larger than the client's limit of 256 KiB") {
        $0.subnet = (1...1_100).map {
            "{\"proto\":6,\"src\":\"100.81.10.108:\($0)\",\"dst\":\"10.20.4.17:443\",\"txPkts\":1,\"txBytes\":60}"
        }
    },
    Breach(rule: "a record has no entry") {
        $0.virtual = []
        $0.subnet = []
        $0.exit = []
        $0.physical = []
        $0.dstNodes = ""
    },
]

@Suite("The rules for flow records")
struct FlowRuleTests {
    @Test("One change to a good record breaks one rule", arguments: breaches)
    func breach(_ breach: Breach) {
        var record = RecordText()
        breach.change(&record)
        #expect(record.report().networkKinds == [breach.rule], "\(record.text)")
    }

    @Test("Windows of one node must not overlap, also when one comes late")
    func overlap() {
        let first = RecordText()
        var second = first
        second.start = first.end
        second.end = "2026-03-02T09:00:12.2Z"
        #expect(summarized([first, second]).deviationCount == 0)
        second.start = "2026-03-02T09:00:07Z"
        #expect(summarized([first, second]).networkKinds == ["a window overlaps another one of the same node"])
        // Between two that are known already.
        var third = first
        third.start = "2026-03-02T09:00:07.115012Z"
        third.end = "2026-03-02T09:00:10Z"
        second.start = "2026-03-02T09:00:10Z"
        #expect(summarized([first, second, third]).deviationCount == 0)
        third.end = "2026-03-02T09:00:10.000000001Z"
        #expect(summarized([first, second, third]).networkKinds == ["a window overlaps another one of the same node"])
    }

    @Test("Windows of one node begin at least a millisecond apart, so that node and millisecond name a record")
    func starts() {
        var first = RecordText()
        first.end = "2026-03-02T09:00:02.115Z"
        var second = RecordText()
        second.start = first.end
        let rule = "two windows of one node begin less than a millisecond apart"
        #expect(summarized([first, second]).networkKinds == [rule])
        #expect(summarized([second, first]).networkKinds == [rule])
    }

    @Test("Records stand in the order in which they were logged")
    func order() {
        let first = RecordText()
        var second = first
        second.start = "2026-03-02T08:00:00Z"
        second.end = "2026-03-02T08:00:05Z"
        second.logged = "2026-03-02T09:00:12Z"
        #expect(
            summarized([first, second]).networkKinds == ["a record is logged before the one that stands in front of it"]
        )
    }

    @Test("Times centuries apart are deviations and no crash")
    func centuries() {
        var first = RecordText()
        first.start = "1678-01-01T00:00:00Z"
        first.end = "1678-01-01T00:00:05Z"
        first.logged = "2261-12-31T23:59:59Z"
        var second = RecordText()
        second.start = "2261-01-01T00:00:00Z"
        second.end = "2261-12-31T23:59:59Z"
        second.logged = "1678-01-01T00:00:00Z"
        let kinds = summarized([first, second, RecordText()]).networkKinds
        #expect(kinds.contains("a record is logged before its window ends"))
        #expect(kinds.contains("a record is logged before the one that stands in front of it"))
    }

    @Test("Handshakes and keepalives are datagrams")
    func datagrams() {
        func kinds(_ packets: Int, _ bytes: Int) -> [String] {
            var record = RecordText()
            record.physical = [
                """
                {"src":"100.104.218.123:0","dst":"127.3.3.40:8","txPkts":\(packets),"txBytes":\(bytes)}
                """
            ]
            return record.report().networkKinds
        }
        let rule = ["physical bytes are no sum of WireGuard datagrams"]
        // One keepalive, one initiation, one response, both, a handshake and a data packet.
        for (packets, bytes) in [(1, 32), (1, 148), (1, 92), (2, 240), (2, 180), (3, 272), (53, 8_708)] {
            #expect(kinds(packets, bytes) == [], "\(packets) packets, \(bytes) bytes")
        }
        for (packets, bytes) in [(1, 16), (1, 33), (1, 52), (1, 100), (2, 48), (1, 200)] {
            #expect(kinds(packets, bytes) == rule, "\(packets) packets, \(bytes) bytes")
        }
    }
}
