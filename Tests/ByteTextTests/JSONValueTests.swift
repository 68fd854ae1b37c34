import ByteText
import Testing

@Suite("JSON value") struct JSONValueTests {
    private func parse(_ text: String, syntax: JSONSyntax = .strict) throws -> JSONValue {
        try JSONValue.parse(Array(text.utf8), syntax: syntax)
    }

    @Test("Reads a tree") func readsATree() throws {
        let value = try parse(#"{"s":"x","n":12,"f":1.5,"t":true,"z":null,"a":[1,[2]],"o":{"k":"v"}}"#)
        #expect(value["s"]?.string == "x")
        #expect(value["n"]?.int == 12)
        #expect(value["f"]?.int == nil)
        #expect(value["t"]?.bool == true)
        #expect(value["z"]?.isNull == true)
        #expect(value["a"]?.array?[1].array?.first?.int == 2)
        #expect(value["o"]?["k"]?.string == "v")
        #expect(value["missing"] == nil)
        #expect(value["s"]?["k"] == nil)
        #expect(value.object?.map(\.key) == ["s", "n", "f", "t", "z", "a", "o"])
        guard case .number("1.5") = value["f"]?.content else {
            Issue.record("a number keeps its text")
            return
        }
    }

    @Test("Knows where values stand") func knowsWhereValuesStand() throws {
        let text = " {\"a\" : [1, \"é\" ] }"
        let bytes = Array(text.utf8)
        let value = try parse(text)
        let member = try #require(value.object?.first)
        #expect(String(decoding: bytes[value.range], as: UTF8.self) == "{\"a\" : [1, \"é\" ] }")
        #expect(String(decoding: bytes[member.keyRange], as: UTF8.self) == "\"a\"")
        #expect(String(decoding: bytes[member.value.range], as: UTF8.self) == "[1, \"é\" ]")
        #expect(member.value.array?.last?.range == 12..<16)
    }

    @Test("Refuses duplicate keys where asked") func refusesDuplicateKeysWhereAsked() throws {
        let text = "{\"a\": 1,\n \"b\": 2, \"\\u0061\": 3}"
        #expect(try parse(text)["a"]?.int == 1)
        for syntax in [JSONSyntax.hujson, .strictUniqueKeys] {
            let error = #expect(throws: JSONSyntaxError.self) { try parse(text, syntax: syntax) }
            #expect(error?.position == TextPosition(line: 2, column: 10))
            #expect(error?.message == "the key \"a\" stands twice in one object")
        }
        #expect(try parse("[{\"a\":1},{\"a\":{\"a\":2}}]", syntax: .hujson).array?.count == 2)
    }

    @Test("Refuses text behind the value") func refusesTextBehindTheValue() {
        #expect(throws: JSONSyntaxError.self) { try parse("{} x") }
        #expect(throws: JSONSyntaxError.self) { try parse("") }
    }

    @Test("Counts lines and columns") func countsLinesAndColumns() {
        let bytes = Array("ab\nc\u{e9}d\n".utf8)
        #expect(TextPosition(offset: 0, in: bytes) == TextPosition(line: 1, column: 1))
        #expect(TextPosition(offset: 2, in: bytes) == TextPosition(line: 1, column: 3))
        #expect(TextPosition(offset: 3, in: bytes) == TextPosition(line: 2, column: 1))
        #expect(TextPosition(offset: 6, in: bytes) == TextPosition(line: 2, column: 4))
        #expect(TextPosition(offset: 99, in: bytes) == TextPosition(line: 3, column: 1))
        #expect(TextPosition(line: 1, column: 9) < TextPosition(line: 2, column: 1))
    }
}
