import Foundation
import Testing

/// The program works wherever it is and however it is called: everything that it needs is in it.
@Suite("Runs anywhere", .enabled(if: Tool.path != nil, "the program is not built"), .timeLimit(.minutes(15)))
struct RunsAnywhereTests {
    /// Ways to call the program in a folder that has nothing to do with the package.
    enum Call: String, CaseIterable, Sendable {
        case byPath = "PATH=\"$(dirname \"$TOOL\"):$PATH\" mocktail"
        case byAbsolutePath = "\"$TOOL\""
        case bySymbolicLink = "ln -sf \"$TOOL\" other-name && ./other-name"
        case asCopy = "cp \"$TOOL\" 'a copy' && './a copy'"
        case withoutHome = "env -u HOME \"$TOOL\""
        case withoutEnvironment = "env -i \"$TOOL\""
    }

    @Test("The bundled scenarios are there", arguments: Call.allCases)
    func scenarios(call: Call) throws {
        try Tool.withFolder { folder in
            let list = try Tool.shell("\(call.rawValue) scenario list", in: folder)
            #expect(list.code == 0, "\(list.talk)")
            #expect(list.output.split(separator: "\n").count == 15)
            let check = try Tool.shell("\(call.rawValue) scenario check quickstart", in: folder)
            #expect(check.output == "quickstart.yaml: ok (25 nodes, 10 users, 2 incidents)\n", "\(check.talk)")
        }
    }

    @Test("Logs are generated from a bundled scenario", arguments: Call.allCases)
    func generate(call: Call) throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.shell(
                "\(call.rawValue) generate unauthorized-api-calls --out logs && test -s logs/manifest.json", in: folder)
            #expect(outcome.code == 0, "\(outcome.talk)")
        }
    }

    @Test("A folder that cannot be written to is no hindrance")
    func readOnlyFolder() throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.shell(
                "cp \"$TOOL\" mocktail && chmod 555 . && ./mocktail scenario show quiet; e=$?; chmod 755 .; exit $e",
                in: folder)
            #expect(outcome.code == 0, "\(outcome.talk)")
            #expect(outcome.output.hasPrefix("quiet: "))
        }
    }

    @Test("A folder Scenarios beside the program or where it runs does not matter")
    func otherFolders() throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.shell(
                "mkdir Scenarios && echo '# Mine.' >Scenarios/mine.yaml && cp \"$TOOL\" . && ./mocktail scenario list",
                in: folder)
            #expect(outcome.code == 0 && !outcome.output.contains("mine"), "\(outcome.output)")
        }
    }

    @Test("MOCKTAIL_SCENARIOS comes first")
    func ownFolder() throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.shell(
                """
                "$TOOL" scenario new quiet --from quickstart --out own >/dev/null 2>&1
                export MOCKTAIL_SCENARIOS="$PWD/own"
                "$TOOL" scenario list | grep -c . && "$TOOL" scenario check quiet
                """, in: folder)
            #expect(outcome.lines.first == "15", "\(outcome.output)")
            #expect(outcome.output.contains("own/quiet.yaml: ok (25 nodes"), "\(outcome.output)")
        }
    }
}
