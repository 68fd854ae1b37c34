import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server for the program's own services: one task a connection, one answer a request.
package final class HTTPServer: Sendable {
    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    private typealias Listener = NIOAsyncChannel<any Channel, Never>

    private struct State {
        var listener: (any Channel)?
        var running: Task<Void, any Error>?
        var connections: [ObjectIdentifier: any Channel] = [:]
        /// How many connections have been served, or are.
        var served = 0
        var isStopping = false
    }

    private let limits: ServerLimits
    private let counts: ServerCounts
    private let respond: @Sendable (Request) async -> Response
    private let state = Mutex(State())

    /// Makes a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - limits: what clients may take.
    ///   - counts: counts those who take more.
    ///   - respond: answers one request, on the task of its connection.
    package init(
        limits: ServerLimits = ServerLimits(), counts: ServerCounts = ServerCounts(),
        respond: @escaping @Sendable (Request) async -> Response
    ) {
        self.limits = limits
        self.counts = counts
        self.respond = respond
    }

    /// Begins to listen and gives the port, which the system picks where `port` is 0.
    ///
    /// - Throws: what the system says, most often an `IOError`.
    package func start(host: String, port: Int) async throws -> Int {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Nothing is read before the connection's task is there to take it.
            .childChannelOption(.autoRead, value: false)
            .bind(host: host, port: port) { channel in
                let isAdmitted = self.keep(channel)
                return channel.eventLoop.makeCompletedFuture {
                    if isAdmitted {
                        try self.addHandlers(to: channel)
                    } else {
                        try channel.pipeline.syncOperations.addHandler(TurnAway())
                    }
                    return channel
                }
            }
        let running = Task { try await self.run(listener) }
        state.withLock { state in
            state.listener = listener.channel
            state.running = running
        }
        return listener.channel.localAddress?.port ?? 0
    }

    /// The handlers of a connection: those of NIO's own pipeline, and between them the watch.
    private func addHandlers(to channel: any Channel) throws {
        var heads = NIOHTTPDecoderLimitConfiguration()
        heads.maxHeaderFieldSize = limits.headBytes
        heads.maxHeaderListSize = limits.headBytes
        let arrivals = ArrivalCounter()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(arrivals)
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: heads)))
        try pipeline.addHandler(ConnectionWatch(limits, counts, arrivals))
        try pipeline.addHandler(HTTPServerPipelineHandler())
        try pipeline.addHandler(NIOHTTPResponseHeadersValidator())
    }

    /// Takes no more connections, answers the requests that have begun, and ends.
    ///
    /// - Parameter patience: how long a request may stay unfinished before its connection is broken; a cancelled task has
    ///   none.
    package func stop(patience: Duration = .seconds(5)) async {
        let (listener, running, connections) = state.withLock { state in
            state.isStopping = true
            return (state.listener.take(), state.running.take(), Array(state.connections.values))
        }
        guard let listener, let running else { return }
        listener.close(promise: nil)
        for connection in connections { HTTPServer.finish(connection) }
        let limit = Task {
            try await Task.sleep(for: patience)
            running.cancel()
        }
        await withTaskCancellationHandler {
            _ = await running.result
        } onCancel: {
            running.cancel()
        }
        limit.cancel()
        // Those that were accepted while the listener closed, and have no task.
        for connection in state.withLock({ Array($0.connections.values) }) { connection.close(promise: nil) }
    }

    /// Keeps a connection until it is closed; gives false for one beyond the limit, which is not kept.
    private func keep(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isKept = state.withLock { state in
            guard state.connections.count < limits.connections else { return false }
            state.connections[id] = channel
            return true
        }
        if isKept {
            channel.closeFuture.whenComplete { _ in
                self.state.withLock { _ = $0.connections.removeValue(forKey: id) }
            }
        } else {
            counts.countRefused()
        }
        return isKept
    }

    private func isKept(_ channel: any Channel) -> Bool {
        state.withLock { $0.connections[ObjectIdentifier(channel)] != nil }
    }

    private func run(_ listener: Listener) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await connection in connections where isKept(connection) {
                    group.addTask { await self.serve(connection) }
                }
            }
        }
    }

    /// Answers the requests of one connection until one of its ends has enough.
    private func serve(_ channel: any Channel) async {
        // A channel that is wrapped must be executed, so it is wrapped only here.
        let wrapped = try? await channel.eventLoop.submit {
            (try Connection(wrappingChannelSynchronously: channel), channel.isActive)
        }.get()
        guard let (connection, isActive) = wrapped else {
            channel.close(promise: nil)
            return
        }
        let (isStopping, number) = state.withLock { state in
            state.served += 1
            return (state.isStopping, state.served)
        }
        if isStopping { HTTPServer.finish(channel) }
        // A connection that breaks is its client's affair.
        try? await connection.executeThenClose { inbound, outbound in
            guard isActive else { return }
            try await channel.setOption(.autoRead, value: true).get()
            // The option begins to read past the handlers, which are to know that this server is reading.
            channel.read()
            let parts = RequestParts(inbound.makeAsyncIterator(), of: channel)
            while case .head(let head)? = try await parts.next() {
                let response = await respond(
                    Request(head: head, body: RequestBody(parts: parts), connection: number))
                var fields = response.headers
                fields.replaceOrAdd(name: "Content-Length", value: "\(response.body.readableBytes)")
                // A client that was not told to send its body may or may not send it now: what follows cannot be known.
                let isLast = !head.isKeepAlive || parts.awaitsContinue
                if isLast { fields.replaceOrAdd(name: "Connection", value: "close") }
                let answer = HTTPResponseHead(version: .http1_1, status: response.status, headers: fields)
                try await outbound.write(
                    contentsOf: [.head(answer), .body(.byteBuffer(response.body)), .end(nil)])
                // What the answer did not need to know is in the way of the next request.
                guard try await parts.skipBody(limit: limits.skippedBytes), !isLast else { break }
            }
        }
    }

    /// Ends a connection, after its answer if a request has begun.
    private static func finish(_ channel: any Channel) {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}

/// Tells a client of a connection too many to come back later, and closes it.
private final class TurnAway: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelActive(context: ChannelHandlerContext) {
        let answer = ConnectionWatch.answer("503 Service Unavailable", "too many connections")
        let loopBound = context.loopBound
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))).whenComplete { _ in
            loopBound.value.close(promise: nil)
        }
    }
}
