import Foundation
import Testing

@Suite("Docs/Commands.md", .enabled(if: Tool.path != nil, "the program is not built"), .timeLimit(.minutes(15)))
struct CommandReferenceTests {
    @Test("The page is what the program's help says; Scripts/commands writes it anew")
    func page() throws {
        let page = try String(contentsOf: Tool.root.appending(path: "Docs/Commands.md"), encoding: .utf8)
        let outcome = try Tool.run("command-reference")
        #expect(outcome.code == 0)
        #expect(outcome.output == page)
    }

    @Test("Each command's help is in it, and no line is too long")
    func completeness() throws {
        let page = try Tool.run("command-reference")
        for command in ["demo", "replay", "incident show", "scenario new", "policy explain"] {
            let help = try Tool.shell("\"$TOOL\" \(command) --help")
            let overview = try #require(help.lines.first)
            #expect(page.output.contains("## `mocktail \(command)`\n\n```\n\(overview)"), "\(command)")
        }
        #expect(page.lines.allSatisfy { $0.count <= 120 })
        #expect(!page.output.contains("command-reference"))
    }
}
