/// An HTTP server that takes newline-delimited JSON: the body is the batch as it is.
package struct NDJSONSink: HTTPSink {
    package static let schemes = ["http", "https"]

    package let address: WebAddress
    private let head: RequestHead

    package init(_ url: DestinationURL) throws(DeliveryError) {
        address = try WebAddress(url)
        var fields = [("Content-Type", "application/x-ndjson"), ("User-Agent", "mocktail")]
        if let user = address.user { fields.append(RequestHead.basic(user: user, password: address.password ?? "")) }
        head = RequestHead("POST", address.target, of: address.server, fields: fields)
    }

    package func requests(for batch: Batch) -> [OutgoingRequest] {
        [OutgoingRequest(batch, head: head, body: batch.bytes)]
    }
}
