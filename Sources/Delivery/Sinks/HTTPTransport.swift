import ByteText
import NIOCore

/// Sends batches as HTTP/1.1 POST requests over connections that are kept alive.
struct HTTPTransport: Transport {
    let concurrency: Int? = nil
    private let form: any HTTPForm
    private let peer: String
    private let head: ByteBuffer
    private let client: HTTPClient
    private let timeout: Duration

    init(
        to server: HTTPServerAddress, _ destination: Destination, form: any HTTPForm, options: ShipperOptions
    ) throws(DeliveryError) {
        self.form = form
        peer = server.peer
        timeout = options.requestTimeout
        var fields = [(name: "Host", value: server.authority)] + form.headers
        if options.compression == .gzip { fields.append((name: "Content-Encoding", value: "gzip")) }
        if let credentials = destination.credentials {
            let pair = "\(credentials.user):\(credentials.password)"
            fields.append((name: "Authorization", value: "Basic \(Array(pair.utf8).base64)"))
        }
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        head = ByteBuffer(string: "POST \(destination.target) HTTP/1.1\r\n\(lines)")
        client = try HTTPClient(server)
    }

    func frame(_ batch: Batch) -> ByteBuffer { form.body(of: batch) }

    func send(_ body: ByteBuffer) async -> Attempt {
        do throws(HTTPProblem) {
            let deadline = NIODeadline.now() + TimeAmount(timeout)
            let answer = try await client.send(head: head, body: body, isChunked: form.isChunked, deadline: deadline)
            let retryAfter = RetryAfter.delay(
                value: answer.value(of: "retry-after"), date: answer.value(of: "date"))
            let result = AttemptResult.answered(status: answer.status, retryAfter: retryAfter)
            return Attempt(
                result: result, failure: result.isSuccess ? nil : answer.failure(of: peer),
                wireBytes: body.readableBytes)
        } catch {
            return Attempt(
                result: error.result, failure: error.failure(peer: peer, timeout: timeout),
                wireBytes: error.result == .notSent ? 0 : body.readableBytes)
        }
    }

    func close(isComplete: Bool) async { await client.close() }
}
