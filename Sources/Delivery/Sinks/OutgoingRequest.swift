package import NIOCore

/// A batch, or a part of one, as a destination wants it.
package struct OutgoingRequest: Sendable {
    /// The records that the request carries: an answer to it speaks of them.
    package var batch: Batch
    /// What stands before the body, for destinations that speak HTTP.
    package var head: RequestHead?
    /// The records' bytes, framed.
    package var body: ByteBuffer
    /// Whether an HTTP body goes in chunks, without saying its length first.
    package var isChunked: Bool
    /// Whether the body was compressed; set by whoever compresses it.
    package var isCompressed = false

    /// Makes a request with a plain body.
    package init(_ batch: Batch, head: RequestHead? = nil, body: ByteBuffer, isChunked: Bool = false) {
        self.batch = batch
        self.head = head
        self.body = body
        self.isChunked = isChunked
    }
}
