import ByteText
package import NIOCore
package import NIOHTTP1

/// A request, whose body is still to be read.
package struct Request {
    /// Method, target and header fields.
    package let head: HTTPRequestHead
    /// The body, to be read once.
    package let body: RequestBody
    /// Tells the requests of one connection from those of another, for the life of the server.
    package let connection: Int

    /// The method.
    package var method: HTTPMethod { head.method }

    /// The path, without the query.
    package var path: Substring { head.uri.prefix { $0 != "?" } }

    /// The value of the first header field of a name.
    package func header(_ name: String) -> String? { head.headers.first(name: name) }

    /// The value of a parameter of the query, decoded; nil where there is none.
    package func parameter(_ name: String) -> String? {
        let query = head.uri.drop { $0 != "?" }.dropFirst()
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0].percentDecoded == name else { continue }
            return parts.count > 1 ? parts[1].percentDecoded : ""
        }
        return nil
    }
}

/// The body of a request, as the parts in which it comes.
package struct RequestBody: AsyncSequence {
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let parts: RequestParts

        package func next() async throws -> ByteBuffer? { try await parts.nextOfBody() }
    }

    let parts: RequestParts

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: parts) }
}

/// The parts of a connection's requests, one request after another.
final class RequestParts {
    private var iterator: NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    private let channel: any Channel
    /// Whether the parts of a body may follow.
    private var isInBody = false
    /// Whether the client sends the body only when it is told to.
    private(set) var awaitsContinue = false

    init(_ iterator: NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator, of channel: any Channel) {
        self.iterator = iterator
        self.channel = channel
    }

    /// The next part; nil at the end of the connection.
    func next() async throws -> HTTPServerRequestPart? {
        let part = try await iterator.next(isolation: #isolation)
        isInBody = if case .end? = part { false } else { part != nil }
        if case .head(let head)? = part {
            awaitsContinue = head.headers.first(name: "Expect")?.lowercased() == "100-continue"
        }
        return part
    }

    /// The next part of the body; nil at its end.
    ///
    /// - Throws: `CancellationError` where the connection ends before its body does.
    func nextOfBody() async throws -> ByteBuffer? {
        guard isInBody else { return nil }
        if awaitsContinue {
            awaitsContinue = false
            try await channel.triggerUserOutboundEvent(SendContinue()).get()
        }
        switch try await next() {
        case .body(let bytes): return bytes
        case .end: return nil
        case .head, nil: throw CancellationError()
        }
    }

    /// Passes what is left of the body; gives false where that is more than `limit` bytes, or was never asked for.
    func skipBody(limit: Int) async throws -> Bool {
        guard !awaitsContinue || !isInBody else { return false }
        var rest = limit
        while rest >= 0, let part = try await nextOfBody() { rest -= part.readableBytes }
        return rest >= 0
    }
}
