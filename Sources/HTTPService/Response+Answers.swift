import NIOCore
package import NIOHTTP1

extension Response {
    package static func json(_ status: HTTPResponseStatus, _ text: String) -> Response {
        Response(status: status, headers: ["Content-Type": "application/json"], body: ByteBuffer(string: text))
    }

    /// A sentence for people.
    package static func text(_ status: HTTPResponseStatus, _ sentence: String) -> Response {
        Response(status: status, headers: ["Content-Type": "text/plain"], body: ByteBuffer(string: sentence + "\n"))
    }

    /// An answer in the shape of the HTTP event collector; `event` is the number of the first bad event.
    package static func collector(
        _ status: HTTPResponseStatus, _ text: String, _ code: Int, event: Int? = nil
    ) -> Response {
        let number = event.map { ",\"invalid-event-number\":\($0)" } ?? ""
        return json(status, "{\"text\":\"\(text)\",\"code\":\(code)\(number)}")
    }

    /// The answer of a receiver that takes nothing now.
    package static var busy: Response { collector(.serviceUnavailable, "Server is busy", 9) }
}
