import ByteText
import TailnetPolicy
import Testing

@Suite("Policy formatter") struct PolicyFormatterTests {
    @Test("Gives the bytes of the service's own formatter", arguments: FormatVectors.all)
    func givesTheBytesOfTheServicesOwnFormatter(_ vector: FormatVectors.Vector) throws {
        let once = try PolicyFormatter.format(vector.text)
        #expect(Array(once.utf8) == Array(vector.layout.utf8), "\(once)")
        #expect(try PolicyFormatter.format(once) == once)
        let before = try JSONValue.parse(ByteOrderMark.dropped(from: vector.text), syntax: .hujson)
        let after = try JSONValue.parse(Array(once.utf8), syntax: .hujson)
        #expect(before.canonical() == after.canonical())
    }

    @Test("A comment needs no newline at the end of the text") func aCommentNeedsNoNewlineAtTheEnd() throws {
        #expect(try PolicyFormatter.format("{} // end") == "{} // end\n")
        #expect(try PolicyFormatter.format("{} // end\n") == "{} // end\n")
    }

    @Test("A key that stands twice is no matter of the layout") func aKeyThatStandsTwiceIsNoMatterOfTheLayout() throws {
        #expect(try PolicyFormatter.format("{\"a\":1,\"a\":2}") == "{\"a\": 1, \"a\": 2}\n")
    }

    @Test("Depth and length are bounded by the reader alone") func depthAndLengthAreBoundedByTheReaderAlone() throws {
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try PolicyFormatter.format(deep).utf8.count > 1_024)
        #expect(throws: JSONSyntaxError.self) { try PolicyFormatter.format("[\(deep)]") }
        let long = "[" + String(repeating: "1,\n", count: 20_000) + "1]"
        #expect(try PolicyFormatter.format(long).utf8.count { $0 == 10 } == 20_003)
    }

    @Test("Refuses what is no hu JSON") func refusesWhatIsNoHuJSON() {
        let error = #expect(throws: JSONSyntaxError.self) { try PolicyFormatter.format("{\n  \"a\": ,\n}") }
        #expect(error?.position == TextPosition(line: 2, column: 8))
    }
}
