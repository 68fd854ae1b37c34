import NIOCore

/// What requests to one kind of HTTP receiver look like.
protocol HTTPForm: Sendable {
    /// Headers of every request beside those that the body and the connection bring along.
    var headers: [(name: String, value: String)] { get }
    /// Whether bodies are sent in chunks, without saying their length first.
    var isChunked: Bool { get }
    /// The body of the request that carries a batch.
    func body(of batch: Batch) -> ByteBuffer
}
