import NIOCore

/// The requests of a Tailscale log stream to a Splunk HTTP Event Collector, as they were captured on the wire.
///
/// The body is the envelopes one after another with nothing between them, sent in chunks. A URL may hold `user:token@`,
/// `:token@` or `token@`; the user is `user` where it says none.
package struct SplunkSink: HTTPSink {
    package static let schemes = ["splunk+http", "splunk+https"]

    package let recordForm = RecordForm.envelopes
    package let address: WebAddress
    private let head: RequestHead

    package init(_ url: DestinationURL) throws(DeliveryError) {
        address = try WebAddress(url, defaultPath: "/services/collector/event")
        var fields = [("User-Agent", "TailscaleLogStreamPublisher")]
        if let user = address.user {
            let (name, token) = address.password.map { (user.isEmpty ? "user" : user, $0) } ?? ("user", user)
            fields.append(RequestHead.basic(user: name, password: token))
        }
        head = RequestHead("POST", address.target, of: address.server, fields: fields)
    }

    package func requests(for batch: Batch) -> [OutgoingRequest] {
        [OutgoingRequest(batch, head: head, body: SplunkSink.body(of: batch), isChunked: true)]
    }

    /// The envelopes without their newlines.
    private static func body(of batch: Batch) -> ByteBuffer {
        let text = batch.bytes.readableBytesSpan
        var body = ByteBuffer()
        body.reserveCapacity(text.byteCount)
        for record in batch.records { body.writeBytes(text.extracting(record.range)) }
        return body
    }
}
