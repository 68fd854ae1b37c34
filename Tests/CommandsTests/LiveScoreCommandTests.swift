import Foundation
import Testing

/// `ingest --score` and `replay --score` as their users run them.
@Suite("Live scoring", .enabled(if: Tool.path != nil, "the tool is not built"), .timeLimit(.minutes(15)))
struct LiveScoreCommandTests {
    @Test("A replay ends with its report and the score; what nobody alerted on is missed")
    func replay() throws {
        let outcome = try Tool.shell(
            "d=$(mktemp -d); $TOOL replay port-22-spike --to file:$d/n.ndjson --score 0 --score-wait 0s --json; e=$?; "
                + "rm -r $d; exit $e")
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(outcome.talk.contains("mocktail: POST alerts to http://127.0.0.1:"))
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 2)
        let score = try #require(
            try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
        #expect(score["expected"] as? Int == 1 && score["missed"] as? Int == 1)
        #expect(score["pendingIncidents"] as? Int == 0)
    }

    @Test("An ingester scores its own detections and the alerts that are posted")
    func ingest() throws {
        let outcome = try Tool.shell(
            """
            set -e; d=$(mktemp -d); trap 'rm -r $d' EXIT
            $TOOL generate port-22-spike --out $d/run 2>/dev/null
            $TOOL ingest --port 0 --score $d/run --detections own >$d/table 2>$d/talk & p=$!
            for i in $(seq 300); do if grep -q listening $d/talk; then break; fi; sleep 0.1; done
            port=$(grep -o '127.0.0.1:[0-9]*' $d/talk | cut -d: -f2)
            $TOOL replay $d/run --to http://127.0.0.1:$port/ >/dev/null 2>&1
            body='{"time":"2026-03-03T10:10:20Z","rule":"my/ssh","entities":["quinn-laptop"]}'
            exec 3<>/dev/tcp/127.0.0.1/$port
            printf 'POST /alerts HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' ${#body} "$body" >&3
            cat <&3
            kill -INT $p; wait $p; cat $d/table
            """)
        #expect(outcome.code == 0, "\(outcome.talk)")
        #expect(outcome.output.contains(#"{"accepted":1,"repeated":0,"ended":0,"nameless":0}"#))
        #expect(outcome.output.contains("0 malformed, 1 alert"))
        let row = outcome.output.split(separator: "\n").first { $0.hasPrefix("all ") }
        #expect(row?.contains("100.0%") == true, "\(outcome.output)")
        #expect(outcome.output.contains("my/ssh") && outcome.output.contains("mocktail/port-22-spike"))
    }

    @Test("What does not go together is refused before anything is sent")
    func misuse() throws {
        let arrival = try Tool.run(
            "replay", "quiet", "--to", "file:/dev/null/x", "--score", "0", "--alert-time", "arrival")
        #expect(arrival.code == 64 && arrival.talk.contains("--speed or --follow"))
        let alone = try Tool.run(
            "replay", "quiet", "--to", "file:/dev/null/x", "--alert-time", "arrival", "--speed", "1x")
        #expect(alone.code == 64)
        let address = try Tool.run("replay", "quiet", "--to", "file:/dev/null/x", "--score", "there")
        #expect(address.code == 2 && address.talk.contains("HOST:PORT"))
        let truth = try Tool.run("ingest", "--port", "0", "--score", "/nonexistent")
        #expect(truth.code == 2 && truth.talk.contains("there is no truth"))
        let rule = try Tool.run("ingest", "--detections", "nothing-like-it")
        #expect(rule.code == 2 && rule.talk.contains("--detections list"))
        let list = try Tool.run("ingest", "--detections", "list")
        #expect(list.code == 0 && list.output.contains("elastic/port-scan"))
    }
}
