import LogStatistics
import TailnetModel
import Testing

@Suite("The summary of a log")
struct LogSummaryTests {
    @Test("Figures of a record that is known are exact")
    func exact() {
        let record = RecordText()
        let report = record.report()
        let metrics: [String: Double] = [
            "records": 1, "bytes": Double(record.text.utf8.count + 1), "connections.mean": 6,
            "classes.virtual": 0.5, "classes.subnet": 1.0 / 6, "classes.exit": 1.0 / 6, "classes.physical": 1.0 / 6,
            "window.mean": 5.000_491_669, "logged-start.max": 10.267_032_586, "logged-end.min": 5.266_540_917,
            "late": 0, "presence.srcNode": 1, "presence.srcOS": 0, "presence.dstOS": 1, "presence.srcUser": 1,
            "presence.dstTags": 1, "exit.src": 1, "exit.dst": 0, "exit.neither": 0, "exit.proto": 0,
            "traffic.tcp": 0.5, "traffic.udp": 0.25, "traffic.icmp": 0.25, "traffic.ipv6": 0.25,
            "traffic.return": 0, "derp.entries": 0, "one-sided.virtual": 1, "nodes.reporting": 1,
        ]
        for (key, value) in metrics {
            let found = report.value(key)
            #expect(found.map { abs($0 - value) < 1e-6 } == true, "\(key): \(found.map { "\($0)" } ?? "absent")")
        }
        #expect(report.hours[9] == 1 && report.hours.reduce(0, +) == 1)
        #expect(report.weekdays == [1, 0, 0, 0, 0, 0, 0])
    }

    @Test("Both sides of a flow make it two-sided, a relay counts, a server's side is the return direction")
    func bothSides() throws {
        let client = RecordText()
        var server = client
        server.nodeID = "nBMBpYmjHD21CNTRL"
        server.srcNode = ",\"srcNode\":" + client.dstNodes.dropFirst(13).dropLast()
        server.srcNode = server.srcNode.replacing("\"os\":\"linux\",", with: "")
        server.dstNodes = ",\"dstNodes\":[" + client.srcNode.dropFirst(11) + "]"
        server.virtual = [
            """
            {"proto":6,"src":"100.104.218.123:5432","dst":"100.81.10.108:52144",\
            "txPkts":11,"txBytes":9144,"rxPkts":14,"rxBytes":1990}
            """
        ]
        server.subnet = []
        server.exit = []
        server.physical = [#"{"src":"100.81.10.108:0","dst":"127.3.3.40:8","txPkts":1,"txBytes":32}"#]
        let report = summarized([client, server])
        #expect(report.deviationCount == 0)
        // The query has two sides; the echo and the look-up have one.
        #expect(abs(try #require(report.value("one-sided.virtual")) - 2.0 / 3) < 1e-9)
        #expect(report.value("derp.entries") == 0.5)
        #expect(report.value("traffic.return") == 0.2)
    }

    @Test("The figures do not depend on where the text is cut")
    func cuts() {
        let text = Array(
            (0..<5).map { index in
                var record = RecordText()
                record.start = "2026-03-02T09:0\(index):02Z"
                record.end = "2026-03-02T09:0\(index):07Z"
                record.logged = "2026-03-02T09:0\(index):09Z"
                return record.text + "\n"
            }.joined().utf8)
        let whole = LogSummary()
        whole.add(.network, text)
        let expected = whole.report()
        #expect(expected.networkRecords == 5)
        for size in [1, 7, 100, 831, text.count - 1] {
            let cut = LogSummary()
            for begin in stride(from: 0, to: text.count, by: size) {
                cut.add(.network, Array(text[begin..<min(text.count, begin + size)]))
            }
            let report = cut.report()
            // How a compressor was fed shows in its output by a few bytes.
            let metrics = report.metrics.filter { $0.key != "text.gzip" }
            #expect(metrics == expected.metrics.filter { $0.key != "text.gzip" })
            #expect(report.deviationCount == 0)
        }
    }

    @Test("Addresses that a node does not have are counted as such")
    func spoofed() {
        var record = RecordText()
        record.virtual = [
            #"{"proto":6,"src":"100.99.9.9:1000","dst":"100.104.218.123:22","txPkts":1,"txBytes":60}"#
        ]
        record.subnet = []
        record.exit = []
        let report = record.report()
        #expect(report.value("spoof.entries") == 1)
        #expect(report.networkKinds == ["an entry has a tailnet address that no node of the record has"])
    }

    @Test("Events of the configuration log are counted by code, and strictly read")
    func configuration() {
        let event = """
            {"logged":"2026-07-27T12:10:29.5Z","eventTime":"2026-07-27T12:10:27.25Z",\
            "eventGroupID":"ac655681635cda4304dd3e7a1661736c","origin":"ADMIN_CONSOLE",\
            "actor":{"id":"uZKb9ZxFg211CNTRL","type":"USER","loginName":"ana@example.com","displayName":"Ana"},\
            "target":{"id":"nBMBpYmjHD21CNTRL","name":"db.tail1234.ts.net","type":"NODE","property":"ALLOWED_IPS"},\
            "action":"UPDATE","old":["10.0.0.0/8"],"new":[]}
            """
        let summary = LogSummary()
        summary.add(.configuration, Array("\(event)\n\(event)\n".utf8))
        let report = summary.report()
        #expect(report.configurationDeviations.items == [])
        #expect(report.events.map(\.code) == ["NODE.UPDATE.ALLOWED_IPS"] && report.events.map(\.count) == [2])
        #expect(report.value("configuration.group.mean") == 2)
        #expect(report.value("configuration.delay.max") == 2.25)
        let odd = LogSummary()
        odd.add(.configuration, Array(event.replacing("ac655681635c", with: "AC655681635C").utf8))
        odd.add(.configuration, Array("\n\(event.replacing("12:10:29.5Z", with: "12:10:20Z"))\n".utf8))
        #expect(
            odd.report().configurationDeviations.items.map(\.kind) == [
                "an event group's ID is not 32 lower-case hexadecimal digits",
                "an audit record is logged before it happened",
            ])
    }

    @Test("The table names every figure, and the published one beside it")
    func table() throws {
        let report = RecordText().report()
        for metric in report.metrics { #expect(report.text.contains("  \(metric.title) ")) }
        let line = try #require(report.text.split(separator: "\n").first { $0.contains("window, mean") })
        #expect(line.split(separator: " ") == ["window,", "mean", "5.000", "s", "5.100", "s", "-2.0", "%"])
        #expect(report.text.hasSuffix("strict: 0 deviations in 1 records\n"))
        let published = Set(PublishedMetrics.items.map(\.key))
        #expect(published.count == PublishedMetrics.items.count)
        // A figure that was published and that nobody computes would be of no use.
        let summary = LogSummary()
        summary.add(.network, Array(RecordText().text.utf8))
        let keys = Set(summary.report().metrics.map(\.key))
        #expect(published.subtracting(keys) == ["configuration.delay.mean"])
    }
}
