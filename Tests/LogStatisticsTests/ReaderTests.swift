import LogFormats
import LogStatistics
import TailnetModel
import Testing

@Suite("The one-pass reader of flow records")
struct ReaderTests {
    @Test("A record as the service writes it has no deviation, for the reader and for the codec")
    func faithful() throws {
        let record = RecordText()
        _ = try FlowLogCodec.decode(Array(record.text.utf8), channel: .object, strictness: .strict)
        #expect(record.report().networkDeviations.items == [])
    }

    @Test("What the reader lets pass, the strict codec lets pass and writes to the same bytes: every byte changed")
    func neverLaxer() throws {
        let text = Array(RecordText().text.utf8)
        let replacements = Array("\"{},:.09Z \\é".utf8)
        var passed = 0
        for place in text.indices {
            for byte in replacements where text[place] != byte {
                var changed = text
                changed[place] = byte
                try expectAgreement(changed, &passed)
            }
            var shorter = text
            shorter.remove(at: place)
            try expectAgreement(shorter, &passed)
            var doubled = text
            doubled.insert(text[place], at: place)
            try expectAgreement(doubled, &passed)
        }
        // Other digits in counters, ports and times are other records, and as good.
        #expect(passed > 500)
    }

    private func expectAgreement(_ bytes: [UInt8], _ passed: inout Int) throws {
        let summary = LogSummary(codecStride: .max)
        summary.add(.network, bytes)
        let report = summary.report()
        guard report.deviationCount == 0 else { return }
        passed += 1
        let log = try FlowLogCodec.decode(bytes, channel: .object, strictness: .strict)
        var written: [UInt8] = []
        FlowLogCodec.encode(log, channel: .object, into: &written)
        #expect(written == bytes, "\(String(decoding: bytes, as: UTF8.self))")
    }

    @Test("Text beyond plain ASCII is read by the codec, and is no deviation")
    func otherAlphabets() {
        var record = RecordText()
        record.srcNode = record.srcNode.replacing("ana@example.com", with: "añá@example.com")
        let report = record.report()
        #expect(report.networkDeviations.items == [])
        #expect(report.value("presence.srcUser") == 1)
    }

    @Test("The form is named as the codec names it")
    func forms() {
        var spaced = RecordText()
        spaced.dstNodes = spaced.dstNodes.replacing("\"os\":", with: "\"os\": ")
        #expect(spaced.report().networkKinds == [RecordDeviation.Kind.blank.rawValue])
        var zero = RecordText()
        zero.exit = [#"{"src":"100.81.10.108:0","txPkts":5,"txBytes":320,"rxPkts":0}"#]
        #expect(zero.report().networkKinds == [RecordDeviation.Kind.emptyValue.rawValue])
        var stamped = RecordText()
        stamped.end = "2026-03-02T09:00:07.1150Z"
        #expect(stamped.report().networkKinds == [RecordDeviation.Kind.timestampForm.rawValue])
        var swapped = RecordText()
        swapped.exit = [#"{"src":"100.81.10.108:0","txBytes":320,"txPkts":5}"#]
        #expect(swapped.report().networkKinds == [RecordDeviation.Kind.keyOrder.rawValue])
    }

    @Test("What is no record at all is counted with the reason")
    func unreadable() throws {
        let summary = LogSummary()
        summary.add(.network, Array("{\"logged\":1}\nnothing\n\(RecordText().text)\n".utf8))
        let report = summary.report()
        #expect(report.networkRecords == 3)
        #expect(report.networkDeviations.count == 2)
        let first = try #require(report.networkDeviations.items.first)
        #expect(first.kind.hasPrefix("the text is no flow record: "))
        #expect(first.firstRecord == 1)
        #expect(first.example == "{\"logged\":1}")
    }
}
