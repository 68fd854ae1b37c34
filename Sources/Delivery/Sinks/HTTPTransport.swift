import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends batches as HTTP/1.1 POST requests over connections that are kept alive.
struct HTTPTransport: Transport {
    /// An answer is read to its end so that the connection can be used again, up to this length.
    private static let longestAnswer = 64 * 1_024

    let concurrency: Int? = nil
    private let form: any HTTPForm
    private let peer: String
    private let template: HTTPClientRequest
    private let group: MultiThreadedEventLoopGroup
    private let client: HTTPClient
    private let timeout: Duration

    init(destination: Destination, form: any HTTPForm, options: ShipperOptions) {
        self.form = form
        peer = destination.peer
        timeout = options.requestTimeout
        var request = HTTPClientRequest(url: destination.location)
        request.method = .POST
        for header in form.headers { request.headers.add(name: header.name, value: header.value) }
        if options.compression == .gzip { request.headers.add(name: "Content-Encoding", value: "gzip") }
        if let credentials = destination.credentials {
            request.setBasicAuth(username: credentials.user, password: credentials.password)
        }
        template = request
        // One thread saturates a loopback connection; the other cores are for those who make the records.
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let limit = TimeAmount(timeout)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: min(limit, .seconds(10)), read: limit),
            connectionPool: HTTPClient.Configuration.ConnectionPool(
                idleTimeout: .seconds(60), concurrentHTTP1ConnectionsPerHostSoftLimit: options.connections))
        // Retrying is the business of the retry policy, which counts.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The number of connections is the user's, and HTTP/2 would make it one.
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    func frame(_ batch: Batch) -> ByteBuffer { form.body(of: batch) }

    func send(_ body: ByteBuffer) async -> Attempt {
        var request = template
        request.body = form.isChunked ? .stream(OneBuffer(buffer: body), length: .unknown) : .bytes(body)
        do {
            let deadline = NIODeadline.now() + TimeAmount(timeout)
            let response = try await client.execute(request, deadline: deadline)
            var answer = ByteBuffer()
            for try await part in response.body {
                answer.writeImmutableBuffer(part)
                guard NIODeadline.now() < deadline else { throw HTTPClientError.deadlineExceeded }
                guard answer.readableBytes < HTTPTransport.longestAnswer else { break }
            }
            let retryAfter = RetryAfter.delay(
                value: response.headers.first(name: "Retry-After"), date: response.headers.first(name: "Date"))
            let result = AttemptResult.answered(status: Int(response.status.code), retryAfter: retryAfter)
            let failure = result.isSuccess ? nil : HTTPFailure.failure(response.status, answer: answer, peer: peer)
            return Attempt(result: result, failure: failure, wireBytes: body.readableBytes)
        } catch {
            let (result, failure) = HTTPFailure.classify(error, peer: peer, timeout: timeout)
            return Attempt(
                result: result, failure: failure, wireBytes: result == .notSent ? 0 : body.readableBytes)
        }
    }

    func close(isComplete: Bool) async {
        // Both fail only when they are shut down already.
        try? await client.shutdown()
        try? await group.shutdownGracefully()
    }
}

/// A body of one buffer for requests whose length is not said beforehand.
private struct OneBuffer: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        var buffer: ByteBuffer?

        mutating func next() async -> ByteBuffer? {
            defer { buffer = nil }
            return buffer
        }
    }

    let buffer: ByteBuffer

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(buffer: buffer) }
}
