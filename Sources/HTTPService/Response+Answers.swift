package import ByteText
import NIOCore
package import NIOHTTP1

extension Response {
    /// An answer in JSON.
    package static func json(_ status: HTTPResponseStatus, _ members: (inout JSONWriter) -> Void) -> Response {
        json(status, JSONWriter.object(.compact, members))
    }

    /// An answer in JSON that is written already.
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
        json(status) { json in
            json.member("text", text)
            json.member("code", code)
            if let event { json.member("invalid-event-number", event) }
        }
    }

    /// The answer of a receiver that takes nothing now.
    package static var busy: Response { collector(.serviceUnavailable, "Server is busy", 9) }

    /// The answer of a receiver that has no space for a body now, and asks for it again in a second.
    package static var crowded: Response {
        var response = busy
        response.headers.add(name: "Retry-After", value: "1")
        return response
    }
}
