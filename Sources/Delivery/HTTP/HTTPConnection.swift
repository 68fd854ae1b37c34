import NIOCore
import NIOPosix
import SystemFiles

#if TLS
import NIOSSL
import NIOTLS
#endif

/// The client's end of one HTTP/1.1 connection: writes one request at a time and reads its answer.
///
/// A request is three or four buffers that the system gathers in one write: the prepared head, the field that says how
/// long the body is, the body itself, which is not copied, and the end of its chunk.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = HTTPCall
    typealias OutboundOut = ByteBuffer

    private var call: HTTPCall?
    private var reader = HTTPAnswerReader()
    private var timer: Scheduled<Void>?
    /// Whether all bytes of the request have left.
    private var isWritten = false
    /// False until the handshake of an encrypted connection is done.
    private var isReady: Bool
    private var isEnded = false

    /// Makes the handler of a new connection; `isSecure` says that a handshake comes first.
    init(isSecure: Bool) { isReady = !isSecure }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let call = unwrapOutboundIn(data)
        guard self.call == nil, !isEnded, context.channel.isActive else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        self.call = call
        reader = HTTPAnswerReader()
        isWritten = false
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: call.deadline) {
            self.fail(self.isReady ? .timeout : .connectTimeout, context: context)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        write(call.request, context: context, written: written)
        written.futureResult.assumeIsolated().whenSuccess { self.isWritten = true }
        written.futureResult.assumeIsolated().whenFailure { self.errorCaught(context: context, error: $0) }
        promise?.succeed()
    }

    private func write(_ request: OutgoingRequest, context: ChannelHandlerContext, written: EventLoopPromise<Void>) {
        let size = request.body.readableBytes
        var fields = request.isCompressed ? "Content-Encoding: gzip\r\n" : ""
        fields += request.isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: \(size)\r\n\r\n"
        if request.isChunked, size > 0 { fields += String(size, radix: 16) + "\r\n" }
        if let head = request.head { context.write(wrapOutboundOut(head.bytes), promise: nil) }
        context.write(wrapOutboundOut(ByteBuffer(string: fields)), promise: nil)
        context.write(wrapOutboundOut(request.body), promise: request.isChunked ? nil : written)
        guard request.isChunked else { return }
        let end = size > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n"
        context.write(wrapOutboundOut(ByteBuffer(string: end)), promise: written)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard call != nil else {
            // Nothing was asked, or a server says goodbye before it closes.
            isEnded = true
            return context.close(promise: nil)
        }
        do {
            guard var answer = try reader.take(unwrapInboundIn(data)) else { return }
            // A server that answers early may not read the rest.
            if !isWritten { answer.keepsConnection = false }
            finish(answer, context: context)
        } catch {
            fail(.notHTTP(error.reason), context: context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isEnded = true
        if call != nil, let answer = reader.end() {
            finish(answer, context: context)
        } else {
            fail(isReady ? .broken : .handshake, context: context)
        }
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        #if TLS
        if case .handshakeCompleted? = event as? TLSUserEvent { isReady = true }
        #endif
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(problem(error), context: context)
    }

    private func problem(_ error: any Error) -> HTTPProblem {
        guard isReady else { return .handshake }
        switch error {
        case let error as IOError:
            let problem = SystemError(code: error.errnoCode)
            return problem.isBrokenConnection ? .broken : .system(problem)
        case is ChannelError: return .broken
        default:
            #if TLS
            // An answer that ends with its connection is whole only where the server says so before it closes.
            if case .uncleanShutdown? = error as? NIOSSLError { return .broken }
            if error is NIOSSLError || error is BoringSSLError { return .encryption }
            #endif
            return .other("\(type(of: error))")
        }
    }

    private func finish(_ answer: HTTPAnswer, context: ChannelHandlerContext) {
        guard let call = take() else { return }
        if !answer.keepsConnection {
            isEnded = true
            context.close(promise: nil)
        }
        call.promise.succeed(answer)
    }

    /// Ends the connection, and the call that waits on it.
    private func fail(_ problem: HTTPProblem, context: ChannelHandlerContext) {
        isEnded = true
        let call = take()
        context.close(promise: nil)
        call?.promise.fail(problem)
    }

    private func take() -> HTTPCall? {
        timer?.cancel()
        timer = nil
        defer { call = nil }
        return call
    }
}
