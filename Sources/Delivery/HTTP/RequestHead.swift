import ByteText
package import NIOCore

/// Request line and header fields of an HTTP request, prepared once for all requests to one place.
///
/// What depends on the body (its length, its coding) is added as the request is sent.
package struct RequestHead: Sendable, Hashable {
    /// The lines, each with its CRLF, without the empty line at the end.
    package let bytes: ByteBuffer

    /// Prepares a head; the Host field is added.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - fields: names and values in their order, without line breaks.
    package init(
        _ method: String, _ target: String, of server: HTTPServerAddress, fields: [(name: String, value: String)]
    ) {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: \(server.authority)\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        bytes = ByteBuffer(string: text)
    }

    /// The field of basic authentication.
    package static func basic(user: String, password: String) -> (name: String, value: String) {
        ("Authorization", "Basic \(Array("\(user):\(password)".utf8).base64)")
    }
}
