import Foundation
import Testing

/// Commands that are interrupted: they end soon, say what is left undone, and leave what was there before.
@Suite("Interrupts", .enabled(if: Tool.path != nil, "the tool is not built"), .timeLimit(.minutes(15)))
struct InterruptTests {
    /// Runs a line of bash that interrupts `$TOOL`, and expects it to be over long before it would end by itself.
    private func shell(_ line: String, in folder: String) throws -> Tool.Outcome {
        let outcome = try Tool.shell("SECONDS=0\n\(line)\necho \"took $SECONDS\"", in: folder)
        let took = outcome.lines.first { $0.hasPrefix("took ") }.flatMap { Int($0.dropFirst("took ".count)) }
        #expect(took.map { $0 < 45 } == true, "\(outcome.talk)")
        return outcome
    }

    @Test("A replay to nobody says so at once, and reports at the first signal", arguments: ["INT", "TERM", "HUP"])
    func replayToNobody(_ signal: String) throws {
        try Tool.withFolder { folder in
            let outcome = try shell(
                """
                "$TOOL" replay unauthorized-api-calls --to http://127.0.0.1:1/ 2>err & pid=$!
                until grep -q refused err; do sleep 0.1; done
                kill -\(signal) $pid; wait $pid; echo "code $?"; cat err
                """, in: folder)
            #expect(outcome.lines.contains("code 1"))
            #expect(
                outcome.lines.contains("mocktail: connection refused by 127.0.0.1:1; batches are tried for 60s"))
            #expect(outcome.output.contains("0 acknowledged + 0 refused + "))
            #expect(outcome.output.contains("mocktail: interrupted: "))
        }
    }

    @Test("Requests that are on the wire have as long as --drain says, and a second signal ends the wait")
    func drain() throws {
        let listener = try SilentListener()
        try Tool.withFolder { folder in
            let start =
                """
                "$TOOL" replay unauthorized-api-calls --to http://127.0.0.1:\(listener.port)/ --drain %s 2>err & pid=$!
                until grep -q flight err; do sleep 0.2; done
                """
            // The plain line of progress comes after ten seconds; the requests are on the wire by then.
            let none = try shell(
                start.replacing("%s", with: "0") + "\nkill -INT $pid; wait $pid; echo \"code $?\"; cat err", in: folder)
            #expect(none.lines.contains("code 1"))
            #expect(none.output.contains("were sent and not answered, so the receiver may hold them"))
            let two = try shell(
                start.replacing("%s", with: "50s")
                    + "\nkill -INT $pid; sleep 1; kill -0 $pid && echo waits; kill -INT $pid; wait $pid; echo \"code $?\"",
                in: folder)
            #expect(two.lines.contains("waits") && two.lines.contains("code 1"))
        }
    }

    @Test("A folder that is not whole does not appear, and an earlier one stays")
    func folders() throws {
        try Tool.withFolder { folder in
            let generate = "\"$TOOL\" generate company-500 --out out"
            let outcome = try shell(
                """
                \(generate) --duration 1m 2>err; cp out/manifest.json before
                \(generate) --force 2>err & pid=$!
                until ls -A out | grep -q part; do sleep 0.05; done; sleep 0.5
                kill -TERM $pid; wait $pid; echo "code $?"; cat err; cmp out/manifest.json before && echo same
                "$TOOL" fixtures --out fixtures 2>err & pid=$!
                until [ -d fixtures ]; do sleep 0.05; done; sleep 1
                kill -INT $pid; wait $pid; echo "code $?"; cat err
                """, in: folder)
            #expect(outcome.lines.contains("code 143") && outcome.lines.contains("code 130"))
            #expect(outcome.lines.contains("mocktail: interrupted: nothing was written to out"))
            #expect(outcome.lines.contains("same"))
        }
    }

    @Test("A command that has nothing to put in order ends by the signal itself")
    func endsBySignal() throws {
        try Tool.withFolder { folder in
            let outcome = try shell(
                """
                for signal in INT TERM HUP; do
                mkfifo $signal; sleep 60 >$signal & other=$!
                "$TOOL" policy check - <$signal & pid=$!
                sleep 1; kill -$signal $pid; wait $pid; echo "code $?"; kill -KILL $other
                done
                """, in: folder)
            #expect(["code 130", "code 143", "code 129"].allSatisfy { outcome.lines.contains($0) })
            #expect(outcome.talk.contains("mocktail: interrupted\n"))
        }
    }

    @Test("A hangup is left alone where it is ignored, as nohup does")
    func ignoredHangup() throws {
        try Tool.withFolder { folder in
            let outcome = try shell(
                """
                trap '' HUP; "$TOOL" ingest --port 0 2>err & pid=$!
                until grep -q listening err; do sleep 0.1; done
                kill -HUP $pid; sleep 1; kill -0 $pid && echo stays
                kill -TERM $pid; wait $pid; echo "code $?"
                """, in: folder)
            #expect(outcome.lines.contains("stays") && outcome.lines.contains("code 0"))
        }
    }

    @Test("An ingester ends with its counts though a request is not whole")
    func ingest() throws {
        try Tool.withFolder { folder in
            let outcome = try shell(
                """
                "$TOOL" ingest --port 0 2>err & pid=$!
                until grep -q listening err; do sleep 0.1; done
                port=$(sed -n 's|.*127.0.0.1:\\([0-9]*\\)/.*|\\1|p' err)
                exec 3<>/dev/tcp/127.0.0.1/$port
                printf 'POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 100\\r\\n\\r\\nhalf' >&3; sleep 0.5
                kill -INT $pid; wait $pid; echo "code $?"
                """, in: folder)
            #expect(outcome.lines.contains("code 0"))
            #expect(outcome.output.contains("0 records (0 network, 0 configuration)"))
        }
    }
}

/// A listener that accepts connections in the kernel, and never answers.
private final class SilentListener {
    let port: Int
    private let descriptor: Int32

    init() throws {
        #if canImport(Glibc)
        let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let opened = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, length) == 0 && listen(opened, 64) == 0
                    && getsockname(opened, $0, &length) == 0
            }
        }
        descriptor = opened
        port = Int(UInt16(bigEndian: address.sin_port))
        try #require(isListening)
    }

    deinit { close(descriptor) }
}
