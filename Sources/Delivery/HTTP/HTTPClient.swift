import NIOCore
import NIOPosix
import Synchronization
import SystemFiles

#if TLS
import NIOSSL
#endif

/// Sends requests to one server over HTTP/1.1 connections that are kept alive.
///
/// Never follows a redirect, never asks a proxy, never sends a request again: what to do is for the caller, who counts.
final class HTTPClient: Sendable {
    private struct Idle {
        var channel: any Channel
        var since: NIODeadline
    }

    /// The connections that are being made.
    private struct Connecting {
        var promises: [Int: EventLoopPromise<any Channel>] = [:]
        var next = 0
        var isStopped = false
    }

    /// Connections that are longer unused are not used again: what stands between may have forgotten them.
    private static let longestIdle = TimeAmount.seconds(60)
    private static let longestConnect = TimeAmount.seconds(10)

    private let address: HTTPServerAddress
    private let group: MultiThreadedEventLoopGroup
    private let idle = Mutex<[Idle]>([])
    private let connecting = Mutex(Connecting())
    #if TLS
    private let context: NIOSSLContext?
    #endif

    /// Makes a client without connections.
    ///
    /// - Parameter trustedCertificates: see `ShipperOptions`; only encrypted connections need it.
    /// - Throws: `DeliveryError` where the trusted certificates cannot be read.
    init(_ address: HTTPServerAddress, trustedCertificates: String?) throws(DeliveryError) {
        self.address = address
        #if TLS
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let trustedCertificates { configuration.trustRoots = .file(trustedCertificates) }
        do {
            context = address.isSecure ? try NIOSSLContext(configuration: configuration) : nil
        } catch {
            throw DeliveryError(.cannotOpen, "TLS cannot be set up for \(address.peer): \(error).")
        }
        #endif
        // One thread saturates a loopback connection; the other cores are for those who make the records.
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }

    /// Sends a request and gives its answer.
    ///
    /// - Parameter deadline: the moment by which the answer must be complete.
    func send(_ request: OutgoingRequest, deadline: NIODeadline) async throws(HTTPProblem) -> HTTPAnswer {
        while true {
            let (channel, isNew) = try await connection(deadline: deadline)
            let promise = channel.eventLoop.makePromise(of: HTTPAnswer.self)
            let call = HTTPCall(request: request, deadline: deadline, promise: promise)
            channel.writeAndFlush(call).whenFailure { _ in promise.fail(HTTPProblem.ended) }
            do throws(HTTPProblem) {
                let answer = try await value(of: promise, stopped: .abandoned) { channel.close(promise: nil) }
                if answer.keepsConnection { idle.withLock { $0.append(Idle(channel: channel, since: .now())) } }
                return answer
            } catch {
                guard error == .ended else { throw error }
                // The server closed an idle connection while it was taken out: another one is as good.
                guard isNew else { continue }
                throw address.isSecure ? .handshake : .ended
            }
        }
    }

    /// Makes no more connections, and ends the wait for those that are being made.
    func stop() {
        let promises = connecting.withLock { connecting in
            connecting.isStopped = true
            return Array(connecting.promises.values)
        }
        for promise in promises { promise.fail(HTTPProblem.cancelled) }
    }

    /// Ends all connections, and with them the requests under way.
    func close() async {
        // Fails only when it is shut down already.
        try? await group.shutdownGracefully()
    }

    /// A connection that waits for work, or a new one.
    private func connection(deadline: NIODeadline) async throws(HTTPProblem) -> (channel: any Channel, isNew: Bool) {
        let oldest = NIODeadline.now() - HTTPClient.longestIdle
        while let next = idle.withLock({ $0.popLast() }) {
            if next.since < oldest {
                next.channel.close(promise: nil)
            } else if next.channel.isActive {
                return (next.channel, false)
            }
        }
        let loop = group.next()
        let promise = loop.makePromise(of: (any Channel).self)
        let number: Int? = connecting.withLock { connecting in
            guard !connecting.isStopped else { return nil }
            connecting.next += 1
            connecting.promises[connecting.next] = promise
            return connecting.next
        }
        guard let number else {
            promise.fail(HTTPProblem.cancelled)
            throw .cancelled
        }
        defer { connecting.withLock { $0.promises[number] = nil } }
        let patience = min(HTTPClient.longestConnect, max(.milliseconds(1), deadline - .now()))
        let attempt = ClientBootstrap(group: loop)
            .connectTimeout(patience)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try addHandlers(to: channel) }
            }
            .connect(host: address.host, port: address.port)
        attempt.whenComplete { result in
            switch result {
            case .success(let channel): promise.succeed(channel)
            case .failure(let error): promise.fail(HTTPClient.connectProblem(error))
            }
        }
        do throws(HTTPProblem) {
            return (try await value(of: promise, stopped: .cancelled) {}, true)
        } catch {
            // Nobody takes a connection that comes after all.
            attempt.whenSuccess { $0.close(promise: nil) }
            throw error
        }
    }

    private func addHandlers(to channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        #if TLS
        if let context {
            try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: address.serverName))
        }
        #endif
        try pipeline.addHandler(HTTPConnection(isSecure: address.isSecure))
    }

    /// Waits for a promise; a cancelled task waits no longer, throws `stopped` and runs `cleanUp`.
    private func value<Value: Sendable>(
        of promise: EventLoopPromise<Value>, stopped: HTTPProblem, cleanUp: @escaping @Sendable () -> Void
    ) async throws(HTTPProblem) -> Value {
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                promise.fail(stopped)
                cleanUp()
            }
        } catch {
            throw error as? HTTPProblem ?? .other("\(type(of: error))")
        }
    }

    private static func connectProblem(_ error: any Error) -> HTTPProblem {
        switch error {
        case let error as NIOConnectionError:
            guard let first = error.connectionErrors.first?.error else { return .noAddress }
            return connectProblem(first)
        case let error as IOError: return .connect(SystemError(code: error.errnoCode))
        case ChannelError.connectTimeout: return .connectTimeout
        default: return .connectOther("\(error)")
        }
    }
}
