import LogFormats
import SimTime
import TailnetModel
import Testing

@Suite("Flow records as values")
struct FlowLogCodecTests {
    static let head =
        #"{"logged":"2026-08-01T09:00:08Z","nodeId":"nA","start":"2026-08-01T09:00:00.5Z","#
        + #""end":"2026-08-01T09:00:05.25Z""#

    static func record(_ rest: String) -> [UInt8] { Array("\(head)\(rest)}".utf8) }

    static func virtual(_ entries: String) -> [UInt8] { record(#","virtualTraffic":[\#(entries)]"#) }

    private func deviations(_ bytes: [UInt8], _ channel: Channel = .object) throws -> [RecordDeviation.Kind] {
        try bytes.withUnsafeBytes { try FlowLogCodec.inspect($0, channel: channel).deviations.map(\.kind) }
    }

    @Test("A faithful record is read and written back to the same bytes")
    func roundTrip() throws {
        let bytes = Self.record(
            #","srcNode":{"nodeId":"nA","name":"a.ts.net","addresses":["100.64.0.1","fd7a::1"],"tags":["tag:a"]},"#
                + #""dstNodes":[{"nodeId":"nB","os":"macOS","user":"x@y.z"},{"nodeId":"nC"}],"#
                + #""virtualTraffic":[{"proto":6,"src":"100.64.0.1:22","dst":"100.64.0.2:9","txPkts":1}],"#
                + #""exitTraffic":[{"rxPkts":18446744073709551615},{"src":"100.64.0.1:0","txBytes":2}],"#
                + #""physicalTraffic":[{"src":"100.64.0.2:0","dst":"[2001:db8::1]:41641","txPkts":1,"txBytes":32}]"#)
        let log = try FlowLogCodec.decode(bytes, channel: .poll, strictness: .strict)
        #expect(log.logged == Example.logged)
        #expect(log.nodeID == "nA")
        #expect(log.start == Example.start)
        #expect(log.end == Example.end)
        #expect(log.srcNode?.addresses == ["100.64.0.1", "fd7a::1"])
        #expect(log.dstNodes.map(\.user) == ["x@y.z", ""])
        #expect(log.exitTraffic.first?.counts.rxPackets == UInt64.max)
        #expect(log.exitTraffic.last?.src == "100.64.0.1:0")
        #expect(log.subnetTraffic.isEmpty)
        for channel in [Channel.poll, .object] {
            var written: [UInt8] = []
            FlowLogCodec.encode(log, channel: channel, into: &written)
            #expect(String(decoding: written, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("A streamed record keeps `recorded` as `logged`")
    func streamed() throws {
        let log = FlowLog(logged: Example.logged, nodeID: "nA", start: Example.start, end: Example.end)
        var bytes: [UInt8] = []
        FlowLogCodec.encode(log, channel: .stream, into: &bytes)
        let expected =
            #"{"time":1785574802.875,"event":{"nodeId":"nA","start":"2026-08-01T09:00:00.5Z","#
            + #""end":"2026-08-01T09:00:05.25Z"},"fields":{"recorded":"2026-08-01T09:00:08Z"}}"#
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(try FlowLogCodec.decode(bytes, channel: .stream, strictness: .strict) == log)
    }

    @Test("The middle of a window is rounded down, also before 1970")
    func middleOfWindow() {
        var bytes: [UInt8] = []
        let log = FlowLog(
            nodeID: "n", start: Instant(nanoseconds: -2_000_001), end: Instant(nanoseconds: -1_000_000))
        FlowLogCodec.encode(log, channel: .stream, into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(#"{"time":-0.002,"event":{"#))
    }

    static let entry = #"{"proto":6,"src":"100.64.0.1:22","dst":"100.64.0.2:9","txPkts":1}"#

    @Test(
        "A strict reader says what deviates",
        arguments: [
            (#","dstNodes":[{"nodeId":"nC"},{"nodeId":"nB"}]"#, .nodeOrder),
            (#","dstNodes":[{"nodeId":"nB"},{"nodeId":"nB"}]"#, .duplicateNode),
            (#","dstNodes":[{"nodeId":"nA"}]"#, .reporterAmongNodes),
            (#","srcNode":{"nodeId":"nB"}"#, .reporterIdentity),
            (#","srcNode":{"nodeId":"nA","user":"a","tags":["tag:a"]}"#, .userAndTags),
            (#","srcNode":{"nodeId":"nA","tags":["tag:b","tag:a"]}"#, .tagOrder),
            (#","srcNode":{"nodeId":"nA","addresses":["fd7a::1","100.64.0.1"]}"#, .addressList),
            (#","srcNode":{"nodeId":"nA","os":""}"#, .emptyValue),
            (#","srcNode":null"#, .null),
            (#","dstNodes":[]"#, .emptyValue),
            (#","colour":"red""#, .unknownKey),
            (#","end":"2026-08-01T09:00:05.25Z""#, .duplicateKey),
            (#","exitTraffic":[{"txPkts":1}],"subnetTraffic":[\#(entry)]"#, .keyOrder),
            (#", "virtualTraffic":[\#(entry)]"#, .blank),
            (#","virtualTraffic":[\#(entry),\#(entry)]"#, .duplicateEntry),
            (
                #","virtualTraffic":[{"proto":6,"src":"100.64.0.9:22","dst":"100.64.0.2:9","txPkts":1},\#(entry)]"#,
                .entryOrder
            ),
            (#","physicalTraffic":[{"proto":17,"src":"1.2.3.4:0","dst":"1.2.3.4:5","txPkts":1}]"#, .protocolPresence),
            (#","physicalTraffic":[{"src":"100.64.0.1:7","dst":"1.2.3.4:5","txPkts":1}]"#, .port),
            (#","physicalTraffic":[{"src":"100.64.0.1:0","txPkts":1}]"#, .endpointPresence),
            (#","exitTraffic":[{"proto":6,"src":"100.64.0.1:7","txPkts":1}]"#, .endpointPresence),
            (#","exitTraffic":[{}]"#, .emptyEntry),
            (#","exitTraffic":[{"src":"100.64.0.1:7","txPkts":1}]"#, .port),
            (#","virtualTraffic":[{"src":"100.64.0.1:0","dst":"100.64.0.2:0","txPkts":1}]"#, .protocolPresence),
            (#","virtualTraffic":[{"proto":6,"src":"100.64.0.1:22","dst":"100.64.0.2:0","txPkts":1}]"#, .port),
            (#","virtualTraffic":[{"proto":1,"src":"100.64.0.1:22","dst":"100.64.0.2:0","txPkts":1}]"#, .port),
            (#","virtualTraffic":[{"proto":6,"src":"100.64.0.1:22","dst":"100.64.0.2:9","txPkts":0}]"#, .emptyValue),
            (#","virtualTraffic":[{"proto":"tcp","src":"100.64.0.1:22","dst":"1.2.3.4:9","txPkts":1}]"#, .protocolName),
            (#","virtualTraffic":[{"proto":6,"src":"[FD7A::1]:22","dst":"1.2.3.4:9","txPkts":1}]"#, .endpointForm),
            (#","virtualTraffic":[{"proto":6,"src":"host:22","dst":"1.2.3.4:9","txPkts":1}]"#, .endpointForm),
            (#","srcNode":{"nodeId":"nA","name":"\u0061"}"#, .bytes),
        ] as [(String, RecordDeviation.Kind)])
    func strict(rest: String, kind: RecordDeviation.Kind) throws {
        let bytes = Self.record(rest)
        #expect(try deviations(bytes).contains(kind))
        #expect(throws: RecordError.self) { try FlowLogCodec.decode(bytes, channel: .object, strictness: .strict) }
        #expect(throws: Never.self) { try FlowLogCodec.decode(bytes, channel: .object) }
    }

    @Test("Timestamps deviate by zeros, offsets and order")
    func timestamps() throws {
        func record(_ start: String, _ end: String) -> [UInt8] {
            Array(#"{"logged":"2026-08-01T09:00:08Z","nodeId":"nA","start":"\#(start)","end":"\#(end)"}"#.utf8)
        }
        #expect(try deviations(record("2026-08-01T09:00:00Z", "2026-08-01T09:00:05.5Z")) == [])
        #expect(try deviations(record("2026-08-01T09:00:00Z", "2026-08-01T09:00:05.50Z")) == [.timestampForm])
        #expect(try deviations(record("2026-08-01T11:00:00+02:00", "2026-08-01T09:00:05Z")) == [.timestampForm])
        #expect(try deviations(record("2026-08-01T09:00:05Z", "2026-08-01T09:00:00Z")) == [.windowOrder])
    }

    @Test("Envelopes deviate by their time and by what they lack")
    func envelopes() throws {
        let event = #""event":{"nodeId":"n","start":"1970-01-01T00:00:02Z","end":"1970-01-01T00:00:03Z"}"#
        let fields = #""fields":{"recorded":"1970-01-01T00:00:09Z"}"#
        func check(_ text: String) throws -> [RecordDeviation.Kind] { try deviations(Array(text.utf8), .stream) }
        #expect(try check(#"{"time":2.5,\#(event),\#(fields)}"#) == [])
        #expect(try check(#"{"time":2.500,\#(event),\#(fields)}"#) == [.timeForm])
        #expect(try check(#"{"time":"2.5",\#(event),\#(fields)}"#) == [.timeForm])
        #expect(try check(#"{"time":2.501,\#(event),\#(fields)}"#) == [.timeValue])
        #expect(try check(#"{\#(event),\#(fields)}"#) == [.missingKey])
        #expect(try check(#"{"time":2.5,\#(event)}"#) == [.missingKey])
        let logged = event.replacing(#""nodeId""#, with: #""logged":"1970-01-01T00:00:09Z","nodeId""#)
        #expect(try check(#"{"time":2.5,\#(logged),\#(fields)}"#) == [.foreignKey])
        let bare = #"{"nodeId":"n","start":"1970-01-01T00:00:02Z","end":"1970-01-01T00:00:03Z"}"#
        #expect(try deviations(Array(bare.utf8)) == [.missingKey])
    }

    @Test(
        "What cannot be understood is an error that names the byte",
        arguments: [
            ("", 0), ("[]", 0), (#"{"nodeId":"n"}"#, 0), (#"{"nodeId":7}"#, 10), (#"{"start":"yesterday"}"#, 9),
            (#"{"virtualTraffic":[{"txPkts":-1}]}"#, 29), (#"{"virtualTraffic":[{"txPkts":1.5}]}"#, 29),
            (#"{"virtualTraffic":[{"txPkts":18446744073709551616}]}"#, 29), (#"{"virtualTraffic":[7]}"#, 19),
            (#"{"virtualTraffic":[{"proto":256}]}"#, 28), (#"{"dstNodes":{}}"#, 12), (#"{"nodeId":"n""#, 13),
        ])
    func errors(text: String, offset: Int) {
        #expect {
            try FlowLogCodec.decode(Array(text.utf8), channel: .object)
        } throws: { error in
            (error as? RecordError)?.offset == offset
        }
    }

    @Test("Bytes behind the record are an error")
    func trailingBytes() {
        #expect(throws: RecordError.self) { try FlowLogCodec.decode(Self.record("") + [123], channel: .object) }
    }

    @Test(
        "Endpoints are read and written",
        arguments: ["", "100.64.0.1:0", "255.255.255.255:65535", "[::]:0", "[fd7a:115c:a1e0::53]:53"])
    func endpoints(text: String) throws {
        #expect(try #require(FlowEndpoint(text: text)).text == text)
    }

    @Test(
        "What is no endpoint is refused",
        arguments: ["1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "::1:80", "[1.2.3.4]:80", ":80"])
    func noEndpoints(text: String) {
        #expect(FlowEndpoint(text: text) == nil)
    }
}
