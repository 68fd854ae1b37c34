import NIOCore
import NIOHTTP1

/// Asks that a client be told to send the body that it has announced.
struct SendContinue: Sendable {}

/// Closes connections whose client is too slow, sends what is not HTTP, or reads no answer, and tells the client why.
///
/// Only time in which this server reads counts: where it does not keep up itself, nobody is to blame. The handler stands
/// between the decoder and all that waits for answers; `ArrivalCounter` stands before the decoder.
final class ConnectionWatch: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart

    private enum Phase {
        /// Before the first byte of a request.
        case idle
        case head
        case body
        /// The request is whole, and its answer is due.
        case answer
        /// The connection was refused, and what still comes is passed over until it is closed.
        case refused
    }

    /// Pauses of reading that are longer are this server's own.
    private static let pause = TimeAmount.milliseconds(100)
    /// How long a refused client may take to read why: a connection that is closed with bytes unread breaks the answer.
    private static let farewell = Duration.seconds(1)

    private let limits: ServerLimits
    private let counts: ServerCounts
    private let arrivals: ArrivalCounter
    private var phase = Phase.idle
    private var isFirst = true
    private var timer: Scheduled<Void>?
    /// When the timer fires; it is left alone where that is early enough, for timers cost more than looks at the clock.
    private var due = NIODeadline.distantFuture
    /// When the client is too late.
    private var deadline = NIODeadline.distantFuture
    /// The phase that the deadline is for.
    private var timed: Phase?
    /// Whether the channel has been asked for bytes that have not come.
    private var isReading = false
    private var lastRead = NIODeadline.now()
    /// Bytes of the body since its deadline was set.
    private var progress = 0
    /// Requests that have no answer yet.
    private var owed = 0
    private var isAnswering = false
    /// An answer for what came after requests that are not answered yet.
    private var deferred: (status: String, sentence: String)?

    init(_ limits: ServerLimits, _ counts: ServerCounts, _ arrivals: ArrivalCounter) {
        self.limits = limits
        self.counts = counts
        self.arrivals = arrivals
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    // MARK: What comes

    func read(context: ChannelHandlerContext) {
        if !isReading {
            isReading = true
            if timed == nil || NIODeadline.now() - lastRead > ConnectionWatch.pause { restart(context: context) }
        }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .refused else { return }
        switch unwrapInboundIn(data) {
        case .head:
            phase = .body
            owed += 1
            progress = 0
            arrivals.bytes = 0
            isFirst = false
        case .body(let bytes):
            progress += bytes.readableBytes
            arrivals.bytes = 0
        case .end:
            phase = owed > 0 ? .answer : .idle
            arrivals.bytes = 0
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        lastRead = .now()
        switch phase {
        case .idle where arrivals.bytes > 0: phase = .head
        case .body where arrivals.bytes > limits.headBytes:
            refuse(
                "400 Bad Request", "the line with a chunk's size is too long", counts.countMalformed, context: context)
        case .refused: context.read()
        default: break
        }
        if phase != timed { restart(context: context) }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError || error is ByteToMessageDecoderError else {
            context.fireErrorCaught(error)
            return
        }
        // A client that goes away in the middle is not told so, and is no sender of something else.
        if let error = error as? HTTPParserError, error == .invalidEOFState { return }
        refuse("400 Bad Request", "what came is not a valid HTTP/1.1 request", counts.countMalformed, context: context)
    }

    // MARK: What goes

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard phase != .refused else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard case .end = unwrapOutboundIn(data) else {
            isAnswering = true
            context.write(data, promise: promise)
            return
        }
        isAnswering = false
        owed -= 1
        context.write(data, promise: promise)
        guard owed == 0 else { return }
        if let deferred {
            context.flush()
            refuse(deferred.status, deferred.sentence, {}, context: context)
        } else if phase == .answer {
            phase = .idle
            restart(context: context)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is SendContinue else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if phase == .body, owed == 1, !isAnswering { arrivals.send("HTTP/1.1 100 Continue\r\n\r\n") }
        promise?.succeed()
    }

    // MARK: Time

    /// Gives the client the whole time of its phase.
    private func restart(context: ChannelHandlerContext) {
        // The first head's time begins with the connection.
        let isFirstHead = phase == .head && isFirst && timed == .idle
        timed = phase
        guard !isFirstHead else { return }
        progress = 0
        let time =
            switch phase {
            case .idle: isFirst ? limits.headTime : limits.idleTime
            case .head: limits.headTime
            case .body, .answer: limits.bodyTime
            case .refused: ConnectionWatch.farewell
            }
        deadline = .now() + TimeAmount(time)
        if timer == nil || deadline < due { schedule(context: context) }
    }

    private func schedule(context: ChannelHandlerContext) {
        timer?.cancel()
        due = deadline
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.timeOut(context: context) }
    }

    private func timeOut(context: ChannelHandlerContext) {
        timer = nil
        guard deadline <= .now() else { return schedule(context: context) }
        switch phase {
        case .idle where isReading:
            if isFirst { counts.countTimedOut() }
            context.close(promise: nil)
        case .head where isReading:
            refuse("408 Request Timeout", "the request's head took too long", counts.countTimedOut, context: context)
        case .body where isReading && progress < limits.leastBytes:
            refuse("408 Request Timeout", "the request's body came too slowly", counts.countTimedOut, context: context)
        case .answer where !context.channel.isWritable:
            counts.countTimedOut()
            context.close(promise: nil)
        case .refused: context.close(promise: nil)
        default: restart(context: context)
        }
    }

    /// Answers, if nothing else is to be answered before, and closes the connection.
    private func refuse(
        _ status: String, _ sentence: String, _ count: () -> Void, context: ChannelHandlerContext
    ) {
        guard phase != .refused, deferred == nil || owed == 0 else { return }
        count()
        let isBody = phase == .body
        guard !isAnswering, owed == (isBody ? 1 : 0) else {
            if isBody {
                context.close(promise: nil)
            } else {
                deferred = (status, sentence)
            }
            return
        }
        phase = .refused
        arrivals.send(ConnectionWatch.answer(status, sentence))
        restart(context: context)
        context.close(mode: .output, promise: nil)
        context.read()
    }

    /// An answer that ends its connection.
    static func answer(_ status: String, _ sentence: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/plain\r\nContent-Length: \(sentence.utf8.count + 1)\r\n"
            + (status.hasPrefix("503") ? "Retry-After: 1\r\n" : "") + "Connection: close\r\n\r\n\(sentence)\n"
    }
}

/// Counts the bytes of a connection before they are decoded, and writes what is not to be encoded.
final class ArrivalCounter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Bytes since the decoder has made something of them.
    var bytes = 0
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytes
        context.fireChannelRead(data)
    }

    /// Writes a text as it is.
    func send(_ text: String) {
        context?.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }
}
