import NIOCore
import NIOPosix
import Synchronization
import Testing

/// An HTTP/1.1 client of one connection, which sends the bytes that a test wants to be sent.
final class HTTPConnection: Sendable {
    struct Answer: Equatable {
        var status: Int
        var body: String
    }

    struct Failure: Error {
        var message: String
    }

    private let channel: any Channel
    private let inbox = Inbox()
    /// The server's port.
    let port: Int

    /// Connects.
    init(port: Int) async throws {
        self.port = port
        let inbox = inbox
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox))
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
        } catch {
            throw Failure(message: "cannot connect")
        }
    }

    deinit { channel.close(promise: nil) }

    /// Sends a request and reads its answer.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], headers: [String] = [], isChunked: Bool = false
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for header in headers { head += header + "\r\n" }
        var bytes: [UInt8] = []
        if isChunked {
            bytes += (head + "Transfer-Encoding: chunked\r\n\r\n").utf8
            for start in stride(from: 0, to: body.count, by: 100) {
                let chunk = body[start..<min(start + 100, body.count)]
                bytes += "\(String(chunk.count, radix: 16))\r\n".utf8
                bytes += chunk
                bytes += "\r\n".utf8
            }
            bytes += "0\r\n\r\n".utf8
        } else {
            bytes += (head + "Content-Length: \(body.count)\r\n\r\n").utf8
            bytes += body
        }
        return try await finish(bytes)
    }

    /// Sends the last bytes of a request and reads its answer; a test that is cancelled breaks the connection.
    func finish(_ bytes: [UInt8]) async throws -> Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                inbox.wait(continuation)
                channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Ends the connection.
    func close() { channel.close(promise: nil) }

    /// Sends bytes.
    func write(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

    /// Sends a request and expects an answer.
    func expect(
        _ status: Int, says text: String? = nil, _ method: String, _ path: String, _ body: [UInt8] = [],
        headers: [String] = [], isChunked: Bool = false, location: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await send(method, path, body, headers: headers, isChunked: isChunked)
        #expect(answer.status == status, sourceLocation: location)
        if let text { #expect(answer.body == text, sourceLocation: location) }
    }
}

/// What came over a connection and is not read yet, and who waits for it.
private final class Inbox: Sendable {
    private struct State {
        var bytes = ByteBuffer()
        var waiting: CheckedContinuation<HTTPConnection.Answer, any Error>?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Waits for the next answer.
    func wait(_ continuation: CheckedContinuation<HTTPConnection.Answer, any Error>) {
        state.withLock { $0.waiting = continuation }
        pass()
    }

    func add(_ bytes: ByteBuffer) {
        state.withLock { _ = $0.bytes.writeImmutableBuffer(bytes) }
        pass()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        pass()
    }

    /// Gives what there is to who waits.
    private func pass() {
        let (waiting, answer) = state.withLock { state in
            let answer = Inbox.parse(String(buffer: state.bytes))
            guard answer != nil || state.isClosed, let waiting = state.waiting.take() else {
                return (CheckedContinuation<HTTPConnection.Answer, any Error>?.none, answer)
            }
            state.bytes.clear()
            return (waiting, answer)
        }
        if let answer {
            waiting?.resume(returning: answer)
        } else {
            waiting?.resume(
                throwing: HTTPConnection.Failure(message: "the server closed the connection, or did not answer"))
        }
    }

    private static func parse(_ text: String) -> HTTPConnection.Answer? {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let lengths = lines.filter { $0.lowercased().hasPrefix("content-length:") }
        let length = lengths.first.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
        let body = text[end.upperBound...]
        guard body.utf8.count >= length, let status = lines.first?.split(separator: " ").dropFirst().first else {
            return nil
        }
        return HTTPConnection.Answer(status: Int(status) ?? 0, body: String(body))
    }
}

/// Puts what arrives into an inbox.
private final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox

    init(_ inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inbox.add(unwrapInboundIn(data)) }

    func channelInactive(context: ChannelHandlerContext) { inbox.close() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
