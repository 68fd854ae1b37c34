import Foundation
import Testing

/// What the program shows at a terminal, of which `script` gives it one.
@Suite(
    "Terminal",
    .enabled(
        if: Tool.path != nil && FileManager.default.isExecutableFile(atPath: "/usr/bin/script"),
        "the tool is not built, or there is no script"), .timeLimit(.minutes(15)))
struct TerminalTests {
    /// What a command writes to a terminal with so many columns.
    private func shown(_ command: String, term: String, columns: Int) throws -> String {
        try Tool.withFolder { folder in
            let line = "stty cols \(columns); TERM=\(term) \(command)"
            let outcome = try Tool.shell("LINE='\(line)'; SHELL=/bin/bash script -qec \"$LINE\" typescript", in: folder)
            return outcome.output
        }
    }

    private let generate = "\"$TOOL\" generate quickstart --out out --duration 6h"

    @Test("A dumb terminal gets plain lines") func dumb() throws {
        let text = try shown(generate, term: "dumb", columns: 80)
        #expect(text.contains("network and"))
        #expect(!text.contains("\u{1B}") && !text.replacing("\r\n", with: "\n").contains("\r"))
    }

    @Test("Progress fits into a narrow terminal") func narrowProgress() throws {
        let text = try shown(generate, term: "xterm", columns: 60)
        let states = text.split(separator: "\r").filter { $0.contains("generate quickstart [") }
        #expect(!states.isEmpty)
        for state in states { #expect(state.prefix { $0 != "\u{1B}" }.count < 60, "\(state)") }
    }

    @Test("Rows of a table fit into a narrow terminal, and are whole elsewhere") func narrowTable() throws {
        let text = try shown("\"$TOOL\" incident list", term: "xterm", columns: 60)
        let rows = text.replacing("\r\n", with: "\n").split(separator: "\n")
        #expect(rows.count > 50 && rows.allSatisfy { $0.count <= 60 })
        #expect(rows.contains { $0.hasSuffix("...") })
        #expect(try Tool.run("incident", "list").lines.contains { $0.count > 60 })
    }

    @Test("No message shows a secret of the command line") func secrets() throws {
        for arguments in [
            ["replay", "quickstart", "http://u:sesame-open@h:1/"],
            ["replay", "quickstart", "--to", "file://u:sesame-open@h/x"],
            ["replay", "quickstart", "--to", "u:sesame-open@h:1"], ["ingest", "--token", "sesame-open", "--port", "x"],
            ["ingest", "--token=sesame-open", "more-sesame-open"],
        ] {
            let outcome = try Tool.run(in: Tool.root.path, arguments)
            #expect(outcome.code != 0)
            #expect(!(outcome.talk + outcome.output).contains("sesame-open"), "\(outcome.talk)")
        }
    }

    @Test("A receiver without a scheme: what to write") func noScheme() throws {
        let outcome = try Tool.run("replay", "quickstart", "--to", "127.0.0.1:8088")
        #expect(outcome.code == 2)
        #expect(outcome.talk.contains("\"127.0.0.1:8088\" has no scheme; write http://127.0.0.1:8088."))
    }
}
