import Foundation
import Testing

@Suite("mocktail demo", .enabled(if: Tool.path != nil, "the program is not built"), .timeLimit(.minutes(15)))
struct DemoCommandTests {
    @Test("Two incidents are named, and recall and precision once, at the end")
    func names() throws {
        let clients = try Tool.run("demo", "--scenario", "unauthorized-api-calls")
        #expect(clients.output.contains("by inventory (OAuth client) "), "\(clients.output)")
        let outcome = try Tool.run("demo", "--scenario", "port-22-spike", "--detections", "own")
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(outcome.output.contains("by quinn-laptop") && outcome.output.contains("rightly ignored"))
        #expect(outcome.output.components(separatedBy: "recall ").count == 2)
        #expect(outcome.output.components(separatedBy: "precision ").count == 2)
        let parts = ["delivered", "Incidents in these logs (3)", "Reference detections", "recall", "precision", "Next"]
        let places = parts.map { outcome.output.range(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil })
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    @Test("Where there is nothing to find, it says so and passes")
    func nothing() throws {
        try Tool.withFolder { folder in
            _ = try Tool.shell(
                """
                "$TOOL" scenario new calm --from unauthorized-api-calls >/dev/null 2>&1
                sed -i '/^incidents:/,$d' calm.yaml
                """, in: folder)
            let outcome = try Tool.run(in: folder, ["demo", "--scenario", "calm.yaml"])
            #expect(outcome.code == 0, "\(outcome.talk)")
            #expect(outcome.output.contains("Incidents in these logs: none"))
            #expect(outcome.output.contains("recall     -, as there is nothing to detect"))
        }
    }

    @Test("An incident that no detection of the run looks for is not covered, which is no failure")
    func notCovered() throws {
        let outcome = try Tool.run(
            "demo", "--scenario", "unauthorized-api-calls", "--inject", "webhook-deleted@+1h", "--inject",
            "beaconing@+10m,duration=20m")
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(!outcome.output.contains("MISSED"))
        #expect(
            outcome.output.contains(
                "Not covered: none of these detections looks for beaconing, webhook-deleted (see Docs/ReferenceDetections.md)."
            ), "\(outcome.output)")
        #expect(outcome.output.contains("1 of 3 detected, 2 not covered"))
        let json = try Tool.run("demo", "--scenario", "unauthorized-api-calls", "--detections", "none", "--json")
        #expect(json.code == 0, "\(json.talk)")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        // The first incident is a look-alike, which nothing has to detect.
        let covered = (object?["incidents"] as? [[String: Any]])?.map { $0["covered"] as? Bool }
        #expect(covered == [nil, false])
    }

    @Test("An incident whose alerts name only a target is detected")
    func targets() throws {
        let outcome = try Tool.run(
            "demo", "--scenario", "unauthorized-api-calls", "--inject", "secret-scanner-hit@+1h", "--detections",
            "mocktail/unauthorized-api-calls,secret-scanner-fired")
        #expect(outcome.code == 0 && outcome.output.contains("2 of 2 detected"), "\(outcome.output)")
    }

    @Test("An incident that a detection of the run looks for and misses is a failure: exit code 3")
    func missed() throws {
        let outcome = try Tool.run(
            "demo", "--scenario", "unauthorized-api-calls", "--inject",
            "unauthorized-api-calls@+1h35m,client=reporting,requests=3", "--detections", "own")
        #expect(outcome.code == 3, "\(outcome.talk)")
        #expect(outcome.output.contains("MISSED"))
    }

    @Test("The JSON has the delivery, the incidents and the score; a page is written if asked for")
    func results() throws {
        try Tool.withFolder { folder in
            let outcome = try Tool.run(
                in: folder, ["demo", "--scenario", "unauthorized-api-calls", "--json", "--html", "demo.html"])
            #expect(outcome.code == 0, "\(outcome.talk)")
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            #expect(object?["lost"] as? Int == 0)
            #expect((object?["incidents"] as? [[String: Any]])?.count == 2)
            #expect((object?["score"] as? [String: Any])?["recall"] as? Double == 1)
            let page = try String(contentsOfFile: "\(folder)/demo.html", encoding: .utf8)
            #expect(page.contains("<svg") && page.contains("mocktail demo: unauthorized-api-calls"))
        }
    }

    @Test("Bad input is one sentence and exit code 2")
    func badInput() throws {
        for arguments in [
            ["demo", "--scenario", "nothing-like-it"], ["demo", "--inject", "dns-tunnel"],
            ["demo", "--inject", "dns-tunnel@+99h"], ["demo", "--detections", "none-of-these"],
        ] {
            let outcome = try Tool.run(in: Tool.root.path, arguments)
            #expect(outcome.code == 2, "\(arguments)")
            #expect(outcome.talkLines.count == 1, "\(outcome.talk)")
        }
        let list = try Tool.run("demo", "--detections", "list")
        #expect(list.code == 0 && list.output.split(separator: "\n").count == 33)
    }
}
