import Testing

/// Texts of our own, and what the service's own formatter makes of them (`hujson.Format` of its Go package).
///
/// A byte order mark is no part of the text here; that formatter refuses it.
enum FormatVectors {
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var layout: String

        var testDescription: String { name }
    }

    static let all: [Vector] = [
        Vector(
            name: "values of neighbouring lines are aligned",
            text: "{\"a\":1,\n\"long-name\":[1,2],\"b\":{}}",
            layout: "{\n\t\"a\":         1,\n\t\"long-name\": [1, 2],\n\t\"b\":         {}\n}\n"),
        Vector(
            name: "a key on another line than the value before it spreads the object",
            text: "{\"groups\": {\"group:a\": [\"x@y.z\"],\n \"group:long\": []},\n\n\n\n \"acls\": []}",
            layout: "{\n\t\"groups\": {\n\t\t\"group:a\":    [\"x@y.z\"],\n\t\t\"group:long\": []\n\t},\n"
                + "\n\t\"acls\": []\n}\n"),
        Vector(
            name: "a comment ends a block of aligned values",
            text: "{\n\"src\": [1],\n// why\n\"destination\": 2,\n\"x\": 3\n}",
            layout: "{\n\t\"src\": [1],\n\t// why\n\t\"destination\": 2,\n\t\"x\":           3,\n}\n"),
        Vector(
            name: "an empty line ends a block of aligned values",
            text: "{\n\"a\": 1,\n\n\"bbbb\": 2,\n\"cc\": 3}",
            layout: "{\n\t\"a\": 1,\n\n\t\"bbbb\": 2,\n\t\"cc\":   3\n}\n"),
        Vector(
            name: "a value over several lines ends a block",
            text: "{\n\"a\": [\n1],\n\"bbbb\": 2,\n\"cc\": 3}",
            layout: "{\n\t\"a\": [\n\t\t1\n\t],\n\t\"bbbb\": 2,\n\t\"cc\":   3\n}\n"),
        Vector(
            name: "wide characters are counted in bytes",
            text: "{\n\"ключ\": 1,\n\"k\": \"é\"}",
            layout: "{\n\t\"ключ\": 1,\n\t\"k\":        \"é\"\n}\n"),
        Vector(
            name: "comments stand everywhere",
            text: "// top\n{ // open\n\"a\" /* k */ : /* v */ 1 // one\n"
                + ", /* before b */ \"b\": [ // list\n2 /* two */, 3 // three\n] /* end */\n"
                + "} // bottom\n// last",
            layout: "// top\n{ // open\n\t\"a\" /* k */ : /* v */ 1 // one\n\t\t,\n"
                + "\t/* before b */ \"b\": [ // list\n\t\t2 /* two */ ,\n\t\t3, // three\n"
                + "\t], /* end */\n} // bottom\n// last\n"),
        Vector(
            name: "a comment over several lines keeps its shape",
            text: "{\n      /* One\n         two\n           three */\n\"a\": 1}",
            layout: "{\n\t/* One\n\ttwo\n\t  three */\n\t\"a\": 1,\n}\n"),
        Vector(
            name: "asterisks are put below each other",
            text: "{\n/*\n* one\n* two\n*/\n\"a\": 1}",
            layout: "{\n\t/*\n\t * one\n\t * two\n\t */\n\t\"a\": 1,\n}\n"),
        Vector(
            name: "a comment with an empty line has no asterisks to align",
            text: "{\n/*\n   * one\n\n   * two\n   */\n\"a\": 1}",
            layout: "{\n\t/*\n\t* one\n\n\t* two\n\t*/\n\t\"a\": 1,\n}\n"),
        Vector(
            name: "a comma that leads a line",
            text: "{\"a\": 1\n, \"b\": 2\n, \"c\": [1\n,2]}",
            layout: "{\"a\": 1, \"b\": 2, \"c\": [1, 2]}\n"),
        Vector(
            name: "plain JSON stays plain",
            text: "{\"a\":[1,\n2],\"b\":{\"c\":null}}",
            layout: "{\"a\": [\n\t1,\n\t2\n], \"b\": {\"c\": null}}\n"),
        Vector(
            name: "a trailing comma makes it HuJSON",
            text: "{\"a\":[1,\n2],\"b\":{\"c\":null},}",
            layout: "{\"a\": [\n\t1,\n\t2,\n], \"b\": {\"c\": null}}\n"),
        Vector(
            name: "a comment makes it HuJSON",
            text: "[1,\n2]//",
            layout: "[\n\t1,\n\t2,\n] //\n"),
        Vector(
            name: "a trailing comma on one line goes",
            text: "{\"a\": [1, 2, ], \"b\": {\"c\": 1,},}",
            layout: "{\"a\": [1, 2], \"b\": {\"c\": 1}}\n"),
        Vector(
            name: "a comma between two comments stays",
            text: "[1 /* a */ , /* b */]",
            layout: "[1 /* a */ , /* b */ ]\n"),
        Vector(
            name: "line breaks of Windows",
            text: "{\r\n\t// note\r\n\t\"a\": 1,\r\n\r\n\r\n\t\"b\": 2\r\n}\r\n",
            layout: "{\n\t// note\n\t\"a\": 1,\n\n\t\"b\": 2,\n}\n"),
        Vector(
            name: "line breaks of old Macs",
            text: "{\r\"a\": 1, // note\r\n\"b\": 2\n\r}",
            layout: "{\n\t\"a\": 1, // note\n\t\"b\": 2,\n}\n"),
        Vector(
            name: "empty values",
            text: "{\"a\": { \n }, \"b\": [\n\n], \"c\": {/* x */}, \"d\": [ // y\n"
                + "], \"e\": [[], [{}]]}",
            layout: "{\"a\": {}, \"b\": [], \"c\": { /* x */ }, \"d\": [ // y\n], \"e\": [[], [{}]]}\n"),
        Vector(
            name: "an empty value with a comment over lines",
            text: "{\"d\": [ // y\n], \"eeee\": 1,\n\"f\": 2}",
            layout: "{\n\t\"d\":    [ // y\n\t],\n\t\"eeee\": 1,\n\t\"f\":    2,\n}\n"),
        Vector(
            name: "a line of 80 bytes stays, one of 81 is spread",
            text: "[[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                + "xxxxxxxxxxxxxxxxx\"], [\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
                + "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\"]]",
            layout: "[\n\t[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                + "xxxxxxxxxxxxxxxxx\"],\n\t[\n"
                + "\t\t\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
                + "yyyyyyyyyyyyyyyyyy\"\n\t]\n]\n"),
        Vector(
            name: "a long object is spread, its short parts are not",
            text: "{\"acls\": [{\"action\": \"accept\", \"src\": [\"group:operations\", \""
                + "autogroup:admin\"], \"dst\": [\"*:*\"]}, {\"action\": \"accept\"}]}",
            layout: "{\"acls\": [{\n\t\"action\": \"accept\",\n"
                + "\t\"src\":    [\"group:operations\", \"autogroup:admin\"],\n"
                + "\t\"dst\":    [\"*:*\"]\n}, {\"action\": \"accept\"}]}\n"),
        Vector(
            name: "a comment may make a line too long",
            text: "[1, /* long long long long long long long long long long long long long long  */ 2]",
            layout: "[\n\t1,\n"
                + "\t/* long long long long long long long long long long long long long long  */ 2,\n"
                + "]\n"),
        Vector(
            name: "escapes that nothing needs go",
            text: "{\"\\u0061\\/b\": \"\\u00e9 \\ud83d\\ude02 \\u0022 \\\\ \\n \\u000f \\u007"
                + "f\", \"b\": \"\\ud800\"}",
            layout: "{\"a/b\": \"é 😂 \\\" \\\\ \\n \\u000f \u{7F}\", \"b\": \"�\"}\n"),
        Vector(
            name: "a byte order mark",
            text: "\u{FEFF}{\"a\": 1}",
            layout: "{\"a\": 1}\n"),
        Vector(
            name: "a single value",
            text: " \n\n // a\n\n\n \"x\" \n\n // b\n\n ",
            layout: "// a\n\n\"x\"\n\n// b\n"),
        Vector(
            name: "a value on the line below its key",
            text: "{\"a\":\n1, \"b\": // why\n{\"c\": 1}, \"d\": // why\n{\"c\":\n1}}",
            layout: "{\"a\":\n\t\t1, \"b\": // why\n\t\t{\"c\": 1}, \"d\": // why\n\t\t{\"c\":\n"
                + "\t\t\t1}}\n"),
        Vector(
            name: "white space of Unicode at the end of a comment",
            text: "{\n\"a\": 1, // note\u{A0}\u{2003}\n\"b\": 2}",
            layout: "{\n\t\"a\": 1, // note\n\t\"b\": 2,\n}\n"),
        Vector(
            name: "brackets and commas in comments and strings",
            text: "{\n\"a\": \"}],:\\\"//\", // ]},:\n\"b\": 1 /* {[ */}",
            layout: "{\n\t\"a\": \"}],:\\\"//\", // ]},:\n\t\"b\": 1, /* {[ */\n}\n"),
        Vector(
            name: "deep nesting",
            text: "[[[[[{\"a\": [[1,\n2]]}]]]]]",
            layout: "[[[[[{\"a\": [[\n\t1,\n\t2\n]]}]]]]]\n"),
    ]
}
