package import Hummingbird
import NIOCore

extension Response {
    package static func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// A sentence for people.
    package static func text(_ status: HTTPResponse.Status, _ sentence: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/plain"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: sentence + "\n")))
    }

    /// An answer in the shape of the HTTP event collector; `event` is the number of the first bad event.
    package static func collector(
        _ status: HTTPResponse.Status, _ text: String, _ code: Int, event: Int? = nil
    ) -> Response {
        let number = event.map { ",\"invalid-event-number\":\($0)" } ?? ""
        return json(status, "{\"text\":\"\(text)\",\"code\":\(code)\(number)}")
    }

    /// The answer of a receiver that takes nothing now.
    package static var busy: Response { collector(.serviceUnavailable, "Server is busy", 9) }
}
