import NIOCore
import NIOPosix
import Synchronization

/// A connection over which any bytes go, in pieces.
final class RawConnection: Sendable {
    /// What came back.
    struct Answer {
        var bytes: [UInt8]
        /// Whether the other side closed the connection.
        var isClosed: Bool

        /// The number of the status line; nil where there is none.
        var status: Int? {
            let line = final.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
            let words = line.split(separator: " ")
            guard words.count > 1, words[0].hasPrefix("HTTP/1.") else { return nil }
            return Int(words[1])
        }

        /// What follows an interim answer that asks for the body.
        private var final: Substring {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.hasPrefix("HTTP/1.1 100 "), let end = text.firstRange(of: "\r\n\r\n") else { return text[...] }
            return text[end.upperBound...]
        }

        /// Whether there is nothing, or only what asks for the body.
        var isMissing: Bool { final.isEmpty }

        /// Whether the whole answer is there.
        fileprivate var isComplete: Bool {
            let text = final
            guard let head = text.firstRange(of: "\r\n\r\n") else { return false }
            let lines = text[..<head.lowerBound].lowercased().split(separator: "\r\n")
            guard let field = lines.first(where: { $0.hasPrefix("content-length:") }) else { return true }
            let length = Int(field.dropFirst("content-length:".count).filter(\.isNumber)) ?? 0
            return text[head.upperBound...].utf8.count >= length
        }
    }

    private struct State {
        var bytes: [UInt8] = []
        var isClosed = false
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let connection: RawConnection

        init(_ connection: RawConnection) { self.connection = connection }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            connection.state.withLock { $0.bytes += unwrapInboundIn(data).readableBytesView }
        }

        func channelInactive(context: ChannelHandlerContext) { connection.state.withLock { $0.isClosed = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private let state = Mutex(State())

    /// Connects to the loopback, sends pieces, and waits for an answer.
    ///
    /// - Parameter patience: how long to wait; an answer that comes in part is given as it is then.
    static func exchange(_ pieces: [[UInt8]], port: Int, patience: Duration) async throws -> Answer {
        let connection = RawConnection()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(connection))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        // The other side may close before it has read everything.
        for piece in pieces { _ = try? await channel.writeAndFlush(ByteBuffer(bytes: piece)).get() }
        let end = ContinuousClock.now + patience
        var answer = connection.answer
        while !answer.isClosed, !answer.isComplete, ContinuousClock.now < end {
            try await Task.sleep(for: .microseconds(200))
            answer = connection.answer
        }
        _ = try? await channel.close().get()
        return answer
    }

    private var answer: Answer { state.withLock { Answer(bytes: $0.bytes, isClosed: $0.isClosed) } }
}
