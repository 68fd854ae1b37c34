import ByteText
import Testing

@Suite("JSON texts")
struct JSONWriterTests {
    @Test("Members stand in the order in which they are put, and every value has its form")
    func values() {
        let text = JSONWriter.object { json in
            json.member("z", 1)
            json.member("a", UInt64.max)
            json.member("text", "a\"b\\c\n\u{1}ü")
            json.member("yes", true)
            json.member("none", String?.none)
            json.member("list", ["x", "y"])
            json.member("numbers", [1, 2])
            json.member("empty", [String]())
            json.member("half", JSONNumber(fixed: 500, decimals: 3))
            json.member("short", JSONNumber(shortest: 500, decimals: 3))
            json.member("raw", JSONFragment(verbatim: #"{"b":1}"#))
        }
        #expect(
            text
                == #"{"z":1,"a":18446744073709551615,"text":"a\"b\\c\n\u0001ü","yes":true,"none":null,"list":["x","y"],"#
                + #""numbers":[1,2],"empty":[],"half":0.500,"short":0.5,"raw":{"b":1}}"#)
    }

    @Test("Keys are escaped as strings are, so that no key ends too early")
    func keys() throws {
        let text = JSONWriter.object { json in
            json.member(#"a":"#, 1)
            json.object("b\n") { $0.member("\\", 2) }
        }
        let value = try JSONValue.parse(Array(text.utf8), syntax: .strictUniqueKeys)
        #expect(value.object?.map(\.key) == [#"a":"#, "b\n"])
        #expect(value["b\n"]?["\\"]?.int == 2)
    }

    @Test("A spaced text stands line by line where it is told to, an empty list too")
    func lines() {
        let text = JSONWriter.object(.spaced, byLine: true) { json in
            json.member("schema", 1)
            json.object("window") { json in
                json.member("start", "a")
                json.member("end", "b")
            }
            json.objects("files", byLine: true, ["x", "y"]) { json, name in
                json.member("path", name)
                json.member("bytes", 2)
            }
            json.list("hours", byLine: true) { _ in }
        }
        #expect(
            text == """
                {
                  "schema": 1,
                  "window": {"start": "a", "end": "b"},
                  "files": [
                    {"path": "x", "bytes": 2},
                    {"path": "y", "bytes": 2}
                  ],
                  "hours": [

                  ]
                }
                """)
    }

    @Test("A compact text has lines without indentation")
    func compactLines() {
        let text = JSONWriter.object { json in
            json.objects("devices", byLine: true, [1, 2]) { $0.member("id", $1) }
        }
        #expect(text == "{\"devices\":[\n{\"id\":1},\n{\"id\":2}\n]}")
    }

    @Test("Any text comes back, whatever is in it")
    func anyText() throws {
        for scalar in (0..<0x300).compactMap(Unicode.Scalar.init) {
            let text = "x\(Character(scalar))y"
            #expect(try JSONValue.parse(Array(JSONWriter.text(text).utf8)).string == text)
        }
    }

    @Test(
        "Only what JSON takes for a number is one",
        arguments: [
            ("5000", true), ("-0.25", true), ("1e9", true), ("05", false), ("1%", false), (" 1", false), ("", false),
            ("nan", false), ("1 2", false), ("0x10", false),
        ])
    func numbers(text: String, isNumber: Bool) {
        #expect((JSONNumber(text) != nil) == isNumber)
        if let number = JSONNumber(text) { #expect(JSONWriter.text(number) == text) }
    }
}
