import ByteText
import TailnetPolicy
import Testing

@Suite("Policy formatter") struct PolicyFormatterTests {
    @Test("Lays out and keeps comments") func laysOutAndKeepsComments() throws {
        let text = """
            // The policy.
            {"groups": {"group:a": ["x@y.z","w@y.z"]},  // inline


              "acls": [ {"action":"accept",
                "src":["*"], "dst" : ["*:*"]} /* why */
              , // after
              ],
              /* before */ "hosts": {}, "ssh": []
            }
            // end
            """
        let expected = """
            // The policy.
            {
            \t"groups": {"group:a": ["x@y.z", "w@y.z"]}, // inline

            \t"acls": [
            \t\t{
            \t\t\t"action": "accept",
            \t\t\t"src": ["*"],
            \t\t\t"dst": ["*:*"],
            \t\t}, /* why */ // after
            \t],
            \t/* before */ "hosts": {},
            \t"ssh": [],
            }
            // end

            """
        #expect(try PolicyFormatter.format(text) == expected)
    }

    @Test("Leaves plain JSON plain") func leavesPlainJSONPlain() throws {
        #expect(
            try PolicyFormatter.format("{\"a\":[1,\n2],\"b\":{}}")
                == "{\n\t\"a\": [\n\t\t1,\n\t\t2\n\t],\n\t\"b\": {}\n}\n")
        #expect(try PolicyFormatter.format("[1,2]") == "[1, 2]\n")
    }

    @Test(
        "Is stable and keeps the value",
        arguments: [
            "{}", "[]", "{\"a\" // c\n : // d\n 1}", "[ /* a */ 1, /* b */ ]", "[\n// only\n]", "/* a */ {} /* b */",
            "[1,\n\n\n2]",
            "{\"a\": [\n], \"b\": [[\n1]]}", "\"a // no comment\"", "[1 // one\n,2]", "[// x\n]", "[1,2,]",
        ])
    func isStableAndKeepsTheValue(_ text: String) throws {
        let once = try PolicyFormatter.format(text)
        #expect(try PolicyFormatter.format(once) == once)
        let before = try JSONValue.parse(Array(text.utf8), syntax: .hujson)
        let after = try JSONValue.parse(Array(once.utf8), syntax: .hujson)
        #expect(before.canonical() == after.canonical())
    }

    @Test("Refuses what is no hu JSON") func refusesWhatIsNoHuJSON() {
        let error = #expect(throws: JSONSyntaxError.self) { try PolicyFormatter.format("{\n  \"a\": ,\n}") }
        #expect(error?.position == TextPosition(line: 2, column: 8))
    }
}
