import ByteText
import HTTPService
import Detections
import LiveScore
import LogFormats
import NIOCore
import NIOHTTP1
import SystemFiles

/// Answers requests: the HTTP side of the receiver.
final class RequestHandler: Sendable {
    let state: ReceiverState
    let bodyLimit: Int
    let budget: BodyBudget
    let authorization: Authorization
    private let live: RunningScore?
    private let takesRecords: Bool

    init(_ configuration: ReceiverConfiguration, _ state: ReceiverState) {
        self.state = state
        bodyLimit = configuration.bodyLimit
        budget = BodyBudget(limit: configuration.bodyBudget)
        authorization = Authorization(token: configuration.token)
        live = configuration.live
        takesRecords = configuration.takesRecords
    }

    /// Answers one request.
    func respond(to request: Request) async -> Response {
        if let live {
            switch (request.method, request.path) {
            case (.POST, "/alerts"): return await takeAlerts(request, into: live)
            case (.GET, "/score"): return authorized(request) { .json(.ok, live.standing.json) }
            default: break
            }
        }
        switch (request.method, request.path) {
        case (.GET, "/health"): return .json(.ok) { $0.member("status", "ok") }
        // What is counted, and why, quotes what senders have sent.
        case (.GET, "/stats"): return authorized(request) { .json(.ok, state.stats.json) }
        case (.POST, _) where !takesRecords:
            return .text(.notFound, "records are not taken here; post alerts to /alerts, or ask for GET /score")
        case (.POST, _): return await receive(request)
        default: return .text(.methodNotAllowed, "send records with POST, or ask for GET /health or GET /stats")
        }
    }

    /// The answer to a request that brings the token, if there is one.
    private func authorized(_ request: Request, _ answer: () -> Response) -> Response {
        authorization.refusal(of: request.header("Authorization")) ?? answer()
    }

    private func receive(_ request: Request) async -> Response {
        if let answer = authorization.refusal(of: request.header("Authorization")) {
            state.refuse(wireBytes: 0)
            return answer
        }
        state.begin(request.connection)
        defer { state.end(request.connection) }
        var body = RequestBodyReader(limit: bodyLimit, budget: budget)
        defer { body.release() }
        do throws(RequestBodyReader.Problem) {
            try await body.read(request)
        } catch {
            state.refuse(wireBytes: body.wireBytes, isCrowded: error == .crowded)
            return error.response
        }
        let bytes = body.bytes.readableBytesUInt8Span
        return take(
            bytes.extracting(droppingFirst: ByteOrderMark.length(in: bytes)), of: request, wireBytes: body.wireBytes)
    }

    /// Whether streamed envelopes are posted here.
    private static func isCollector(_ path: Substring) -> Bool {
        path == "/services/collector/event" || path == "/services/collector"
    }

    /// Checks a body, counts it, and says what became of it.
    private func take(_ bytes: Span<UInt8>, of request: Request, wireBytes: Int) -> Response {
        let isStream = RequestHandler.isCollector(request.path)
        let checked: CheckedBody
        do throws(EnvelopeProblem) {
            checked =
                isStream ? try CheckedBody(envelopes: bytes, state.search) : CheckedBody(lines: bytes, state.search)
        } catch {
            state.refuse(wireBytes: wireBytes, malformed: 1, reasons: ["event \(error.number), \(error.error)"])
            return .collector(.badRequest, "Invalid data format", 6, event: error.number)
        }
        // Whoever stops the receiver does not wait for large bodies.
        guard !checked.isCutShort else {
            state.refuse(wireBytes: wireBytes)
            return .busy
        }
        guard !checked.identities.isEmpty || isStream && checked.malformed > 0 else {
            state.refuse(wireBytes: wireBytes, malformed: checked.malformed, reasons: checked.reasons)
            return checked.malformed == 0
                ? .collector(.badRequest, "No data", 5) : .collector(.badRequest, "Invalid data format", 6)
        }
        do throws(FileError) {
            try state.take(checked, bytes, from: request.connection, wireBytes: wireBytes)
        } catch {
            state.refuse(wireBytes: wireBytes, reasons: [error.description], isUnstored: true)
            return .busy
        }
        if isStream { return .collector(.ok, "Success", 0) }
        return .json(.ok) { json in
            json.member("accepted", checked.identities.count)
            json.member("malformed", checked.malformed)
        }
    }
}
