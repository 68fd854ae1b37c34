import ByteText
import NIOCore

/// Sends requests over HTTP/1.1 connections that are kept alive.
struct HTTPCarrier: Carrier {
    let concurrency: Int? = nil
    private let peer: String
    private let client: HTTPClient
    private let timeout: Duration
    private let mask: SecretMask

    /// Makes a carrier; connections are made when the first requests go out.
    init(to server: HTTPServerAddress, _ options: ShipperOptions) throws(DeliveryError) {
        peer = server.peer
        timeout = options.requestTimeout
        mask = options.mask
        client = try HTTPClient(server, trustedCertificates: options.trustedCertificates)
    }

    func send(_ request: OutgoingRequest) async -> Attempt {
        let wireBytes = request.body.readableBytes
        do throws(HTTPProblem) {
            let answer = try await client.send(request, deadline: .now() + TimeAmount(timeout))
            return Attempt(
                result: .answered(answer), failure: answer.failure(of: peer, hiding: mask), wireBytes: wireBytes)
        } catch {
            return Attempt(
                result: error.result, failure: error.failure(peer: peer, timeout: timeout),
                wireBytes: error.result == .notSent || error.result == .cancelled ? 0 : wireBytes)
        }
    }

    func stop() { client.stop() }

    func close(isComplete: Bool) async { await client.close() }
}
