import Dispatch
import Testing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A blocking HTTP/1.1 client on a thread of its own, so that it cannot starve the server of threads.
final class HTTPConnection: Sendable {
    struct Answer: Equatable {
        var status: Int
        var body: String
    }

    struct Failure: Error {
        var message: String
    }

    private let descriptor: CInt
    private let queue = DispatchQueue(label: "client")

    /// Connects; no wait takes longer than ten minutes, since a blocked call cannot be cancelled.
    init(port: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 600, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(message: "cannot connect") }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], headers: [String] = [], isChunked: Bool = false
    ) async throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for header in headers { head += header + "\r\n" }
        var bytes: [UInt8] = []
        if isChunked {
            bytes += (head + "Transfer-Encoding: chunked\r\n\r\n").utf8
            for start in stride(from: 0, to: body.count, by: 100) {
                let chunk = body[start..<min(start + 100, body.count)]
                bytes += "\(String(chunk.count, radix: 16))\r\n".utf8
                bytes += chunk
                bytes += "\r\n".utf8
            }
            bytes += "0\r\n\r\n".utf8
        } else {
            bytes += (head + "Content-Length: \(body.count)\r\n\r\n").utf8
            bytes += body
        }
        return try await finish(bytes)
    }

    /// Sends the last bytes of a request and reads its answer.
    func finish(_ bytes: [UInt8]) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [bytes] in
                continuation.resume(
                    with: Result {
                        try self.write(bytes)
                        return try self.readAnswer()
                    })
            }
        }
    }

    /// Sends a request and expects an answer.
    func expect(
        _ status: Int, says text: String? = nil, _ method: String, _ path: String, _ body: [UInt8] = [],
        headers: [String] = [], isChunked: Bool = false, location: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await send(method, path, body, headers: headers, isChunked: isChunked)
        #expect(answer.status == status, sourceLocation: location)
        if let text { #expect(answer.body == text, sourceLocation: location) }
    }

    /// Sends bytes as they are.
    func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                sendto(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL), nil, 0)
            }
            guard count > 0 else { throw Failure(message: "cannot send") }
            sent += count
        }
    }

    private func readAnswer() throws -> Answer {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let answer = HTTPConnection.parse(bytes) { return answer }
            let count = recv(descriptor, &block, block.count, 0)
            guard count > 0 else { throw Failure(message: "the server closed the connection, or did not answer") }
            bytes += block[..<count]
        }
    }

    private static func parse(_ bytes: [UInt8]) -> Answer? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let lengths = lines.filter { $0.lowercased().hasPrefix("content-length:") }
        let length = lengths.first.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
        let body = text[end.upperBound...]
        guard body.utf8.count >= length, let status = lines.first?.split(separator: " ").dropFirst().first else {
            return nil
        }
        return Answer(status: Int(status) ?? 0, body: String(body))
    }
}
