import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP server on loopback that answers as a test tells it to.
final class TestServer: Sendable {
    /// One request as it arrived.
    struct Request: Sendable {
        var head: HTTPRequestHead
        var body: ByteBuffer

        var text: String { String(buffer: body) }
    }

    /// What becomes of a request.
    enum Reply: Sendable {
        /// A complete answer.
        case status(Int, headers: [String: String] = [:], body: String = "")
        /// A complete answer without a body, after some time.
        case late(Int, TimeAmount)
        /// The head and half of the body of an answer that says 200, then the end of the connection.
        case breaksMidAnswer
        /// The end of the connection without a byte.
        case closes
        /// No answer, ever.
        case silence
    }

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let listener: any Channel
    private let journal: Journal

    /// The port that it listens on.
    let port: Int

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - prepare: adds to a new connection what stands before HTTP.
    ///   - reply: is given the number of the request, from 0, and the request.
    init(
        port: Int = 0, prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in },
        reply: @escaping @Sendable (Int, Request) -> Reply
    ) async throws {
        let journal = Journal(reply: reply)
        self.journal = journal
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try prepare(channel)
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(ReplyHandler(journal: journal))
                }
            }
        listener = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
        self.port = listener.localAddress?.port ?? 0
    }

    /// The requests that arrived, in order.
    var requests: [Request] { journal.state.withLock { $0.requests } }

    /// How many connections were made.
    var connections: Int { journal.state.withLock { $0.channels.count } }

    /// Stops to listen and breaks every connection.
    func stop() async throws {
        try await listener.close()
        for channel in journal.state.withLock({ $0.channels }) { channel.close(promise: nil) }
        try await group.shutdownGracefully()
    }
}

/// What a server has seen, and how it answers.
private final class Journal: Sendable {
    struct State {
        var requests: [TestServer.Request] = []
        var channels: [any Channel] = []
    }

    let state = Mutex(State())
    private let reply: @Sendable (Int, TestServer.Request) -> TestServer.Reply

    init(reply: @escaping @Sendable (Int, TestServer.Request) -> TestServer.Reply) { self.reply = reply }

    func answer(to request: TestServer.Request) -> TestServer.Reply {
        let number = state.withLock {
            $0.requests.append(request)
            return $0.requests.count - 1
        }
        return reply(number, request)
    }
}

private final class ReplyHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let journal: Journal
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(journal: Journal) { self.journal = journal }

    func channelActive(context: ChannelHandlerContext) {
        journal.state.withLock { $0.channels.append(context.channel) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ByteBuffer()
        case .body(let part):
            body.writeImmutableBuffer(part)
        case .end:
            guard let head else { return }
            send(journal.answer(to: TestServer.Request(head: head, body: body)), context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func send(_ reply: TestServer.Reply, context: ChannelHandlerContext) {
        switch reply {
        case .status(let code, let headers, let text):
            var fields = HTTPHeaders([("Content-Length", "\(text.utf8.count)")])
            for (name, value) in headers { fields.add(name: name, value: value) }
            write(code, fields, text, context: context)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .late(let code, let time):
            context.eventLoop.assumeIsolated().scheduleTask(in: time) {
                self.send(.status(code), context: context)
            }
        case .breaksMidAnswer:
            write(200, HTTPHeaders([("Content-Length", "8")]), "half", context: context)
            context.flush()
            context.close(promise: nil)
        case .closes:
            context.close(promise: nil)
        case .silence:
            break
        }
    }

    private func write(_ code: Int, _ fields: HTTPHeaders, _ text: String, context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: code), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
    }
}
