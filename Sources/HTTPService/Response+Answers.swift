package import ByteText
package import Hummingbird
import NIOCore

extension Response {
    /// An answer in JSON.
    package static func json(_ status: HTTPResponse.Status, _ members: (inout JSONWriter) -> Void) -> Response {
        json(status, JSONWriter.object(.compact, members))
    }

    /// An answer in JSON that is written already.
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
        json(status) { json in
            json.member("text", text)
            json.member("code", code)
            if let event { json.member("invalid-event-number", event) }
        }
    }

    /// The answer of a receiver that takes nothing now.
    package static var busy: Response { collector(.serviceUnavailable, "Server is busy", 9) }
}
