import Foundation
import Testing

/// The worked examples, run as their readers run them.
@Suite("Examples", .enabled(if: Tool.path != nil, "the tool is not built"), .timeLimit(.minutes(15)))
struct ExampleTests {
    private static let hasPytest = (try? Tool.shell("python3 -m pytest --version"))?.code == 0

    @Test("A rule in shell: right on all four variants, and the test notices where it is not")
    func shell() throws {
        let outcome = try Tool.shell("MOCKTAIL=$TOOL sh Examples/shell/https-off.sh")
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(outcome.output == "1..4\nok 1 - attack\nok 2 - lookalike\nok 3 - over\nok 4 - under\n")
        // A rule that does not ask who did it fires on the look-alike, where a client does.
        let broken = try Tool.shell(
            "sed 's/\"origin\":\"ADMIN_CONSOLE\"/\"origin\"/' Examples/shell/https-off.sh | MOCKTAIL=$TOOL sh -s")
        #expect(broken.code == 3, "\(broken.talk)")
        #expect(broken.output.contains("not ok 2 - lookalike"))
    }

    @Test("A rule in Python, tested with pytest", .enabled(if: ExampleTests.hasPytest, "pytest is not installed"))
    func pytest() throws {
        let run = "MOCKTAIL=$TOOL PYTHONDONTWRITEBYTECODE=1 python3 -m pytest -q -p no:cacheprovider Examples/pytest"
        let outcome = try Tool.shell(run)
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(outcome.output.contains("10 passed, 3 xfailed"), "\(outcome.output)")
    }

    @Test("A rule that must be expected detects less")
    func matchRules() throws {
        let outcome = try Tool.shell(
            """
            out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
            $TOOL generate port-22-spike --log network --out "$out/day" 2>/dev/null
            first=$(sed -n 's/.*"variant":"attack".*"firstRecord":"\\([^"]*\\)".*"actors":\\[{"nodeId":"\\([^"]*\\)".*/\\1 \\2/p' \
                "$out/day/truth/incidents.ndjson" | head -n 1)
            echo "{\\"time\\":\\"${first% *}\\",\\"rule\\":\\"my/other\\",\\"entities\\":[\\"${first#* }\\"]}" >"$out/alerts"
            $TOOL score --truth "$out/day" --alerts "$out/alerts" --json | grep -o '"detected":[0-9]*' | head -n 1
            $TOOL score --truth "$out/day" --alerts "$out/alerts" --match-rules --json | grep -o '"detected":[0-9]*' | head -n 1
            """)
        #expect(outcome.output == "\"detected\":1\n\"detected\":0\n", "\(outcome.talk)")
    }
}
