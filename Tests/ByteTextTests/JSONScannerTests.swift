import ByteText
import Testing

@Suite("JSON scanner") struct JSONScannerTests {
    /// The tokens of a text, as kinds with their raw bytes.
    private func tokens(_ text: String, syntax: JSONSyntax = .strict) throws -> [String] {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, syntax: syntax)
            var result: [String] = []
            while true {
                let token = try scanner.next()
                if token.kind == .end { return result }
                result.append("\(token.kind) " + String(decoding: bytes[token.range], as: UTF8.self))
            }
        }
    }

    private func error(_ bytes: [UInt8], syntax: JSONSyntax = .strict, depth: Int = 512) -> JSONSyntaxError? {
        bytes.withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes, syntax: syntax, maximumDepth: depth)
            do throws(JSONSyntaxError) {
                while try scanner.next().kind != .end {}
                return nil
            } catch {
                return error
            }
        }
    }

    @Test("Gives tokens with their bytes") func givesTokensWithTheirBytes() throws {
        let text = #" { "a\n" : [ 1, -0.5e+3 , true,false, null,"" ], "b":{} } "#
        #expect(
            try tokens(text) == [
                "objectStart {", #"key "a\n""#, "arrayStart [", "number 1", "number -0.5e+3", "true true",
                "false false",
                "null null", #"string """#, "arrayEnd ]", #"key "b""#, "objectStart {", "objectEnd }", "objectEnd }",
            ])
    }

    @Test(
        "Refuses what RFC8259 refuses",
        arguments: [
            "", " ", "{", "[", "]", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#,
            #"{"a":1 "b":2}"#, "{a:1}", "{1:2}", #"{"a":1]"#, "[1}", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1",
            "--1",
            "tru", "True", "nul", "NaN", "'a'", #"""#, #""\x""#, #""\u12g4""#, #""\"#, "\"\u{1}\"", "\"\n\"", "1 1",
            "{} {}",
            "// c\n1", "/* c */1", "[1]//", "\u{FEFF}1", "\"a\u{0}\"", "\0",
        ])
    func refusesWhatRFC8259Refuses(_ text: String) {
        #expect(error(Array(text.utf8)) != nil)
    }

    @Test(
        "Accepts what RFC8259 accepts",
        arguments: [
            "0", "-0", "-0.0E-0", "1E400", #""""#, "[]", "{}", " \t\r\n[ ]", #""\ud800""#, #""\u0000\/""#,
            "\"\u{7F}\u{10FFFF}\"",
            #"{"":""}"#, #"[[],[{}]]"#,
        ])
    func acceptsWhatRFC8259Accepts(_ text: String) {
        #expect(error(Array(text.utf8)) == nil)
    }

    @Test("Reads comments and trailing commas where asked") func readsCommentsAndTrailingCommasWhereAsked() throws {
        let text = "// first\n{ /* a */ \"a\": /**/ [1, // one\n 2,], \"b\": {\"c\": 3,}, } // last"
        let expected = try tokens(#"{"a":[1,2],"b":{"c":3}}"#)
        #expect(try tokens(text, syntax: .hujson) == expected)
        for wrong in ["[,]", "[1,,]", "{,}", "1 /", "1 /* ", "1 /x", "/* /* */ */ 1", #"{"a":1,,}"#] {
            #expect(error(Array(wrong.utf8), syntax: .hujson) != nil, "\(wrong)")
        }
    }

    @Test(
        "Refuses bytes that are no UTF8",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF], [0xC3],
        ] as [[UInt8]])
    func refusesBytesThatAreNoUTF8(_ bytes: [UInt8]) {
        #expect(error([0x22] + bytes + [0x22])?.offset == 1)
        #expect(error([0x2F, 0x2F] + bytes + [0x0A, 0x31], syntax: .hujson)?.offset == 2)
    }

    @Test("Finds the end of plain text at every distance") func findsTheEndOfPlainTextAtEveryDistance() {
        for special in [0x22, 0x5C, 0x1F, 0x0A, 0x00, 0xC3] as [UInt8] {
            for length in 0..<20 {
                let refs = Array("abcdefghijklmnopqrst".utf8)
                let plain = Array(refs.prefix(length))
                let bytes = [0x22] + plain + [special]
                let found = error(bytes)
                #expect((found == nil) == (special == 0x22), "\(special) behind \(length)")
                if [0x1F, 0x0A, 0x00, 0xC3].contains(special) { #expect(found?.offset == length + 1) }
            }
        }
    }

    @Test("Stops at the depth limit") func stopsAtTheDepthLimit() {
        let open = [UInt8](repeating: 0x5B, count: 512)
        let close = [UInt8](repeating: 0x5D, count: 512)
        #expect(error(open + close) == nil)
        #expect(error([0x5B] + open + close + [0x5D])?.offset == 512)
        #expect(error(Array(#"{"a":[1]}"#.utf8), depth: 2) == nil)
        #expect(error(Array(#"{"a":[{}]}"#.utf8), depth: 2)?.offset == 6)
    }

    @Test("Remembers which containers are open") func remembersWhichContainersAreOpen() {
        // Objects and arrays in turn, across the words of the stack of bits.
        let open = String(repeating: #"{"a":["#, count: 150)
        let close = String(repeating: "]}", count: 150)
        #expect(error(Array((open + close).utf8)) == nil)
        #expect(error(Array((open + "}").utf8)) != nil)
    }

    @Test("Skips whole values") func skipsWholeValues() throws {
        let text = #"{"a": {"b":[1,{"c":"]"}]}, "d": "x\"y", "e": 12}"#
        let skipped = try Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            var result: [String] = []
            _ = try scanner.next()
            while try scanner.next().kind == .key {
                result.append(String(decoding: bytes[try scanner.skipValue()], as: UTF8.self))
            }
            #expect(try scanner.next().kind == .end)
            return result
        }
        #expect(skipped == [#"{"b":[1,{"c":"]"}]}"#, #""x\"y""#, "12"])
    }

    @Test("Refuses to skip where no value is") func refusesToSkipWhereNoValueIs() {
        Array("[]".utf8).withUnsafeBytes { bytes in
            _ = #expect(throws: JSONSyntaxError.self) {
                var scanner = JSONScanner(bytes)
                _ = try scanner.next()
                _ = try scanner.skipValue()
            }
        }
    }

    @Test("Reads values in a row") func readsValuesInARow() throws {
        let text = Array(#"{"a":1}[2] 3"#.utf8)
        let values = try text.withUnsafeBytes { bytes in
            var offset = 0
            var result: [String] = []
            while offset < bytes.count {
                var scanner = JSONScanner(bytes, from: offset)
                result.append(String(decoding: bytes[try scanner.skipValue()], as: UTF8.self))
                offset = scanner.offset
            }
            return result
        }
        #expect(values == [#"{"a":1}"#, "[2]", "3"])
    }

    @Test("Says where") func saysWhere() {
        let found = error(Array("{\n  \"a\": [1,\n    x]\n}".utf8))
        #expect(found?.line == 3)
        #expect(found?.column == 5)
        #expect(found?.description == "line 3, column 5: found 'x' where a value was expected")
    }
}
