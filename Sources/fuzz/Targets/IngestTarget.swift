import ByteText
import Compression
import Scoring
import SystemFiles

/// Changed requests, heads and bodies, to a running receiver.
final class IngestTarget: FuzzTarget {
    static let name = "ingest"

    private let workplace: Workplace
    private let receiver: ServerProcess
    private let lines: [[UInt8]]
    private let envelopes: [[UInt8]]
    private let mutator: TextMutator
    private var request = Request()
    private var cases = 0

    /// A request as bytes, and what is known of it.
    private struct Request {
        var pieces: [[UInt8]] = []
        /// Whether its length is as it says: then it must be answered.
        var isWhole = false
        /// Whether nothing in it is changed: then it must be taken.
        var isUnchanged = false
    }

    init(_ workplace: Workplace) throws {
        self.workplace = workplace
        try workplace.generate("run", "quickstart", "--from", "+4h", "--duration", "4m")
        try workplace.generate("stream", "quickstart", "--from", "+4h", "--duration", "4m", "--channel", "stream")
        func records(_ folder: String) throws -> [[UInt8]] {
            try ["network", "configuration"].flatMap { log in
                try InputFile.bytes(of: "\(workplace.path(folder))/\(log).ndjson").split(separator: 0x0A).map(
                    Array.init)
            }
        }
        lines = try records("run")
        envelopes = try records("stream")
        mutator = TextMutator(
            Array(lines.prefix(40)) + Array(envelopes.prefix(10)),
            words: ["\"virtualTraffic\"", "\"127.3.3.40:1\"", "\"[fd7a::1]:0\"", "\"100.64.0.1:65536\"", "\"CNTRL\""])
        receiver = try ServerProcess(
            ["ingest", "--port", "0", "--out", "held", "--alerts", "found.ndjson", "--score", "run", "--json"],
            in: workplace)
    }

    var server: Int32? { receiver.id }

    func prepare(_ draws: inout CaseDraws) -> [UInt8] {
        request = Request()
        let (line, original) = target(&draws)
        let isHeadChanged = draws.once(in: 4)
        let isBodyChanged = draws.once(in: 2)
        var body = isBodyChanged ? mutator.mutated(original, among: lines, &draws) : original
        var fields = ["Host: localhost"]
        if draws.once(in: 4) {
            fields.append("Content-Encoding: gzip")
            body = GzipCompressor().member(of: body)
            if isBodyChanged, draws.once(in: 2) { body = mutator.mutated(body, among: [], &draws) }
        }
        let isLengthWrong = draws.once(in: 10)
        if draws.once(in: 4) {
            fields.append("Transfer-Encoding: chunked")
            body = IngestTarget.chunked(body, &draws)
            if isLengthWrong { body.removeLast(draws.below(body.count)) }
        } else {
            let length = isLengthWrong ? draws.pick(TextMutator.extremes) : "\(body.count)"
            fields.append("Content-Length: \(length)")
        }
        let hasMore = draws.once(in: 6)
        if hasMore { fields.append(draws.pick(IngestTarget.fields)) }
        var head = Array("\(line) HTTP/1.1\r\n\(fields.joined(separator: "\r\n"))\r\n\r\n".utf8)
        if isHeadChanged { head = mutator.mutated(head, among: [], &draws) }
        request.isWhole = !isHeadChanged && !isLengthWrong && !hasMore
        request.isUnchanged = request.isWhole && !isBodyChanged && line.hasPrefix("POST /")
        // A sample need not hold an alert that counts.
        if line.hasPrefix("POST /alerts") { request.isUnchanged = false }
        request.pieces = IngestTarget.pieces(head + body, &draws)
        return head + body
    }

    private static let fields = [
        "Authorization: Bearer x", "Authorization: Splunk", "Authorization: Basic ====", "Expect: 100-continue",
        "Connection: close", "Connection: upgrade\r\nUpgrade: h2c", "Content-Length: 3", "X: \u{1}",
        "Content-Encoding: br",
        "Transfer-Encoding: gzip, chunked", "X-Forwarded-For: 1.1.1.1, 2.2.2.2",
        "X: " + String(repeating: "a", count: 100_000),
    ]

    /// A request line without its version, and a body that fits it.
    private func target(_ draws: inout CaseDraws) -> (line: String, body: [UInt8]) {
        func some(_ records: [[UInt8]], _ separator: [UInt8]) -> [UInt8] {
            let first = draws.below(records.count)
            let last = min(records.count, first + 1 + draws.below(6))
            return Array(records[first..<last].joined(separator: separator))
        }
        switch draws.below(12) {
        case 0: return ("GET \(draws.pick(["/health", "/stats", "/score", "/", "/stats?x=%ff"]))", [])
        case 1:
            return ("\(draws.pick(["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "CONNECT"])) /x", some(lines, [0x0A]))
        case 2, 3:
            let preset = draws.pick(AlertPreset.allCases)
            return ("POST /alerts?preset=\(preset.rawValue)", Array(draws.pick(AlertSamples.samples(of: preset)).utf8))
        case 4, 5, 6: return ("POST /services/collector/event", some(envelopes, draws.once(in: 2) ? [] : [0x0A]))
        default: return ("POST \(draws.pick(["/", "/any/path", "/%00", "/logs?x=1"]))", some(lines, [0x0A]))
        }
    }

    private static func chunked(_ body: [UInt8], _ draws: inout CaseDraws) -> [UInt8] {
        var bytes: [UInt8] = []
        var start = 0
        while start < body.count {
            let end = min(body.count, start + 1 + draws.below(2_000))
            bytes += Array("\(String(end - start, radix: 16))\r\n".utf8) + body[start..<end] + [0x0D, 0x0A]
            start = end
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }

    /// The bytes in one piece, or in some.
    private static func pieces(_ bytes: [UInt8], _ draws: inout CaseDraws) -> [[UInt8]] {
        guard draws.once(in: 3), bytes.count > 1 else { return [bytes] }
        let cuts = [0] + (0..<3).map { _ in draws.below(bytes.count) }.sorted() + [bytes.count]
        return zip(cuts, cuts.dropFirst()).map { Array(bytes[$0..<$1]) }
    }

    func judge() async -> Verdict {
        cases += 1
        do {
            let answer = try await RawConnection.exchange(
                request.pieces, port: receiver.port, patience: request.isWhole ? .seconds(8) : .milliseconds(30))
            guard receiver.isRunning else { return .finding("the receiver is gone: \(try receiver.stop().messages)") }
            if cases % 50 == 0, let complaint = try await health() { return .finding(complaint) }
            guard let status = answer.status else {
                if request.isWhole { return .finding("a whole request has no answer") }
                return answer.isMissing ? .refused : .finding("the answer is no HTTP")
            }
            let known = [200, 400, 401, 403, 404, 405, 408, 411, 413, 414, 415, 431, 501, 505]
            // As many alerts as it keeps may have come.
            let isFull = status == 503 && request.pieces[0].starts(with: Array("POST /alerts".utf8))
            guard known.contains(status) || isFull else { return .finding("it answers with \(status)") }
            if request.isUnchanged, status != 200, !isFull {
                return .finding("it answers an unchanged request with \(String(decoding: answer.bytes, as: UTF8.self))")
            }
            return status == 200 ? .accepted : .refused
        } catch { return .finding("\(error)") }
    }

    private func health() async throws -> String? {
        let text = Array("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        let answer = try await RawConnection.exchange([text], port: receiver.port, patience: .seconds(8))
        return answer.status == 200
            ? nil : "it answers GET /health with \(String(decoding: answer.bytes, as: UTF8.self))"
    }

    func finish() async -> String? {
        do {
            let run = try receiver.stop()
            if let complaint = run.complaint { return complaint }
            guard run.code == 0 else { return "the receiver ended with \(run.code ?? -1): \(run.messages)" }
            guard let first = run.output.split(separator: 0x0A).first,
                let stats = try? JSONValue.parse(Array(first)), let records = stats["records"]?.int
            else { return "its counts are no JSON" }
            let held = try ["network", "configuration"].reduce(into: 0) { count, log in
                let bytes = try InputFile.bytes(of: workplace.path("held/\(log).ndjson"))
                count += bytes.count { $0 == 0x0A }
                if let last = bytes.last, last != 0x0A { count += 1_000_000 }
            }
            return held == records ? nil : "it counts \(records) records, and its files have \(held) lines"
        } catch { return "\(error)" }
    }
}
