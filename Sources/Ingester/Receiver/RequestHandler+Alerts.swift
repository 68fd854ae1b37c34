import ByteText
import HTTPService
import Truth
import LiveScore
import NIOCore
import NIOHTTP1
import Scoring

extension RequestHandler {
    /// Takes the alerts of a request, all or none.
    func takeAlerts(_ request: Request, into live: RunningScore) async -> Response {
        if let answer = authorization.refusal(of: request.header("Authorization")) { return answer }
        let presetName = request.parameter("preset") ?? AlertPreset.mocktail.rawValue
        guard let preset = AlertPreset(rawValue: presetName) else {
            return .list("there is no preset of this name; write", AlertPreset.allCases.map(\.rawValue))
        }
        let formatName = request.parameter("format")
        let format = formatName.flatMap { AlertFormat(rawValue: $0) }
        guard formatName == nil || format != nil else {
            return .list("there is no format of this name; write", AlertFormat.allCases.map(\.rawValue))
        }
        var body = RequestBodyReader(limit: bodyLimit, budget: budget)
        defer { body.release() }
        do throws(RequestBodyReader.Problem) {
            try await body.read(request)
        } catch {
            return error.response
        }
        return RequestHandler.answer(Array(body.bytes.readableBytesView), format, preset, live)
    }

    @inline(never)
    private static func answer(
        _ bytes: [UInt8], _ format: AlertFormat?, _ preset: AlertPreset, _ live: RunningScore
    ) -> Response {
        let reading: AlertReading
        do throws(NDJSONProblems) {
            reading = try AlertReader.read(bytes, format: format, mapping: preset.mapping)
        } catch {
            let shown = error.problems.prefix(10).map(\.description)
            let rest = error.problems.count - shown.count
            let lines = shown + (rest > 0 ? ["and \(rest) more wrong lines"] : [])
            return .text(.badRequest, lines.joined(separator: "\n"))
        }
        guard !reading.alerts.isEmpty || reading.ends + reading.repeats > 0 else {
            return .text(.badRequest, "there is no alert in the body; send one, a list, or one a line")
        }
        guard let receipt = live.take(reading.alerts) else {
            return .text(.serviceUnavailable, "no space: \(RunningScore.capacity) alerts are kept at most")
        }
        return .json(.ok) { json in
            json.member("accepted", receipt.accepted)
            json.member("repeated", receipt.repeated + reading.repeats)
            json.member("ended", reading.ends)
            json.member("nameless", receipt.nameless)
        }
    }
}

extension Response {
    /// What to write instead of what was written.
    fileprivate static func list(_ sentence: String, _ names: [String]) -> Response {
        .text(.badRequest, "\(sentence) \(names.joined(separator: ", "))")
    }
}
