import ScenarioSpec
import Testing

@Suite struct DocumentTests {
    @Test(arguments: [
        ("clock: [1, 2\nname: x", "fixture.yaml:2: "),
        ("name: \"x", "fixture.yaml:1: the YAML is broken at column "),
        ("a: 1\nb: 2\n c: 3", "fixture.yaml:3: the YAML is broken at column 3: "),
        ("a: *nowhere", "fixture.yaml:1: the YAML is broken at column 4: "),
        ("", "fixture.yaml: the file holds no YAML mapping"),
        ("name: a\nname: b\n", "fixture.yaml:1: \"name\" appears twice in one mapping; keep one of them"),
        ("[1]: 2", "fixture.yaml:1: a key must be a plain word"),
        ("a: 1\n---\nb: 2\n", "fixture.yaml:"),
    ])
    func brokenYAMLIsOneProblem(text: String, start: String) {
        let problems = Fixture.problems(in: text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(start) ?? false, "\(problems)")
    }

    @Test func aListIsNoScenario() {
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

    @Test func aliasesCannotExpandWithoutLimit() {
        #expect(
            Fixture.problems(in: bomb("")).first?.contains("its aliases expand the file to too many values") ?? false)
    }

    @Test(arguments: ["? *a9\n: 1\n", "*a9 : 1\n", "{*a9 : 1}\n", "b: {[*a9]: 1}\n", "b: {[*a9]\n  : 1}\n"])
    func aliasesCannotHideInKeys(last: String) {
        let problems = Fixture.problems(in: bomb(last))
        #expect(problems.count == 1)
        #expect(problems.first?.contains("in a file with aliases every key must be a plain word") ?? false)
    }

    @Test func deepNestingIsAProblem() {
        let text = "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        #expect(Fixture.problems(in: text) == ["fixture.yaml:1: the values are nested too deep"])
    }

    @Test func commentsMayHoldAnything() throws {
        let text = Fixture.text.replacing("seed: 42", with: "seed: &s 42 # a [list]: of * and *s : things, & more")
        #expect(Fixture.problems(in: text) == [])
    }
}
