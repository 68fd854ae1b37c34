import ScenarioSpec
import Testing

@Suite("Document") struct DocumentTests {
    @Test(
        "Broken YAML is one problem",
        arguments: [
            ("clock: [1, 2\nname: x", "fixture.yaml:2: "),
            ("name: \"x", "fixture.yaml:1: the YAML is broken at column "),
            ("a: 1\nb: 2\n c: 3", "fixture.yaml:3: the YAML is broken at column 3: "),
            ("a: *nowhere", "fixture.yaml:1: the YAML is broken at column 4: "),
            ("", "fixture.yaml: the file holds no YAML mapping"),
            ("name: a\nname: b\n", "fixture.yaml:1: \"name\" appears twice in one mapping; keep one of them"),
            ("[1]: 2", "fixture.yaml:1: a key must be a plain word"),
            ("a: 1\n---\nb: 2\n", "fixture.yaml:2: a second document begins; keep one"),
            ("a: 1\nb: \u{7}", "fixture.yaml:2: the YAML is broken: "),
            ("a: {<<: 1}", "fixture.yaml:1: << merges a mapping or a list of mappings"),
            ("a: &a [*a]", "fixture.yaml:1: the YAML is broken at column 8: *a has no anchor"),
        ])
    func brokenYAMLIsOneProblem(text: String, start: String) {
        let problems = Fixture.problems(in: text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(start) ?? false, "\(problems)")
    }

    @Test("A list is no scenario") func aListIsNoScenario() {
        #expect(Fixture.problems(in: "- 1") == ["fixture.yaml:1: this must be a mapping with keys, not a list"])
    }

    /// Text whose aliases name ten times the level before, nine levels deep.
    private func bomb(_ last: String) -> String {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        return text + last
    }

    @Test("Aliases cannot expand without limit") func aliasesCannotExpandWithoutLimit() {
        #expect(
            Fixture.problems(in: bomb("")).first?.contains("its aliases expand the file to too many values") ?? false)
    }

    @Test(
        "Aliases are no keys",
        arguments: ["? *a\n: 1\n", "*a : 1\n", "b: {*a : 1}\n", "b: {[*a]: 1}\n", "b: {[*a]\n  : 1}\n"])
    func aliasesAreNoKeys(last: String) {
        let problems = Fixture.problems(in: "a: &a [x]\n" + last)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix("a key must be a plain word") ?? false, "\(problems)")
    }

    @Test("Nesting counts what aliases bring") func nestingCountsWhatAliasesBring() {
        var text = "a0: &a0 [x]\n"
        for level in 1...9 { text += "a\(level): &a\(level) [[*a\(level - 1)]]\n" }
        #expect(Fixture.problems(in: text) == ["fixture.yaml:9: the values nest too deep"])
    }

    @Test("Values are read as they are written") func valuesAreReadAsTheyAreWritten() throws {
        let text = #"""
            plain: 08:30 # a comment
            quoted: "08:30\n\x41\u00e9"
            'key': 'it''s'
            lines: |
              one
              two
            folded: >-
              one
              two
            list: &list [1, {a: b}]
            again: *list
            &k named: *list
            other: *k
            <<: [{plain: no, more: yes}, {more: no, last: 1}]
            """#
        let root = try DocumentReader.read(text, file: "text.yaml")
        #expect(
            describe(root) == #"""
                {plain: 08:30, quoted: "08:30\nAé", key: "it's", lines: "one\ntwo\n", folded: "one two", \#
                list: [1, {a: b}], again: [1, {a: b}], named: [1, {a: b}], other: named, more: yes, last: 1}
                """#)
        guard case .mapping(let pairs) = root.content else { return }
        #expect(pairs.map(\.line) == [1, 2, 3, 4, 7, 10, 11, 12, 13, 14, 14])
    }

    /// A tree in a line; quotes where the text was quoted.
    private func describe(_ node: DocumentNode) -> String {
        switch node.content {
        case .scalar(let text, let isPlain):
            isPlain
                ? text
                : "\"" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n") + "\""
        case .list(let elements): "[" + elements.map(describe).joined(separator: ", ") + "]"
        case .mapping(let pairs):
            "{" + pairs.map { "\($0.key): \(describe($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    @Test("Deep nesting is a problem") func deepNestingIsAProblem() {
        let text = "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        #expect(Fixture.problems(in: text) == ["fixture.yaml:1: the values nest too deep"])
    }

    @Test("Comments may hold anything") func commentsMayHoldAnything() throws {
        let text = Fixture.text.replacing("seed: 42", with: "seed: &s 42 # a [list]: of * and *s : things, & more")
        #expect(Fixture.problems(in: text) == [])
    }
}
