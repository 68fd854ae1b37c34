import Foundation
import Testing

@Suite("mocktail incident", .enabled(if: Tool.path != nil, "the program is not built"), .timeLimit(.minutes(15)))
struct IncidentCommandTests {
    @Test("list has a line for each kind, also under the older name", arguments: ["incident", "anomaly"])
    func list(command: String) throws {
        let outcome = try Tool.run(command, "list")
        #expect(outcome.code == 0)
        #expect(outcome.output.split(separator: "\n").count == 59)
        #expect(outcome.output.contains("\nport-22-spike "))
    }

    @Test("list --json has an object for each kind")
    func listJSON() throws {
        let outcome = try Tool.run("incident", "list", "--json")
        let objects = try outcome.output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        #expect(objects.count == 59)
        #expect(objects.allSatisfy { ($0?["variants"] as? [String: String])?.count == 4 })
    }

    @Test("show has variants, rules, parameters and lines to copy")
    func show() throws {
        let outcome = try Tool.run("incident", "show", "ssh-brute-force")
        #expect(outcome.code == 0)
        for part in [
            "Variants", "Stages", "sigma/brute-force", "Parameters and their defaults",
            "--inject 'ssh-brute-force@+2h,sessions=240'", "- {kind: ssh-brute-force, at: +2h, variant: over}",
        ] { #expect(outcome.output.contains(part), "\(part)") }
        let lines = outcome.lines.filter { $0.hasPrefix("  --inject") }
        let injection = try #require(lines.first).split(separator: "'")[1]
        let generated = try Tool.run(
            "generate", "quickstart", "--inject", String(injection), "--estimate")
        #expect(generated.code == 0, "\(generated.talk)")
    }

    @Test("An unknown kind is invalid input, with a hint")
    func unknown() throws {
        let near = try Tool.run("incident", "show", "dns-tunel")
        #expect(near.code == 2 && near.talk.contains("did you mean \"dns-tunnel\"?"), "\(near.talk)")
        let far = try Tool.run("incident", "show", "everything")
        #expect(far.code == 2 && far.talk.contains("mocktail incident list"), "\(far.talk)")
    }
}
