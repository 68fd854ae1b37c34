import Delivery
import NIOCore
import Testing

/// Answers of HTTP servers, as bytes that come in any pieces.
@Suite("HTTP answer reader", .timeLimit(.minutes(15))) struct HTTPAnswerReaderTests {
    /// Reads an answer from pieces of a text; `ends` says that the connection ends behind them.
    private func read(_ text: String, pieces: Int, ends: Bool = false) throws -> HTTPAnswer? {
        var reader = HTTPAnswerReader()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            let piece = ByteBuffer(bytes: bytes[start..<min(bytes.count, start + pieces)])
            if let answer = try reader.take(piece) { return answer }
        }
        return ends ? reader.end() : nil
    }

    /// Reads it whole and byte by byte, which must come to the same.
    private func read(_ text: String, ends: Bool = false) throws -> HTTPAnswer? {
        let whole = try read(text, pieces: max(1, text.utf8.count), ends: ends)
        #expect(try read(text, pieces: 1, ends: ends) == whole)
        return whole
    }

    @Test("A body of a known length") func aBodyOfAKnownLength() throws {
        let answer = try #require(
            try read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nRetry-After:\t7 \r\nX-A: a: b\r\n\r\nhello"))
        #expect(answer.status == 200 && answer.reason == "OK" && answer.keepsConnection)
        #expect(String(buffer: answer.body) == "hello")
        #expect(answer.value(of: "retry-after") == "7" && answer.value(of: "x-a") == "a: b")
        #expect(answer.value(of: "date") == nil)
        #expect(try read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell") == nil)
        #expect(try read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", ends: true) == nil)
    }

    @Test("A body in chunks") func aBodyInChunks() throws {
        let answer = try #require(
            try read(
                "HTTP/1.1 202 \r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n"
                    + "Checksum: 1\r\n\r\n"))
        #expect(answer.status == 202 && answer.reason == "" && answer.keepsConnection)
        #expect(String(buffer: answer.body) == "abc0123456789")
    }

    @Test("No body") func noBody() throws {
        for head in ["204 No Content\r\n", "304 X\r\nContent-Length: 9\r\n", "200 OK\r\nContent-Length: 0\r\n"] {
            let answer = try #require(try read("HTTP/1.1 \(head)\r\n"))
            #expect(answer.body.readableBytes == 0 && answer.keepsConnection)
        }
    }

    @Test("Interim answers are passed") func interimAnswersArePassed() throws {
        let answer = try #require(
            try read(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
                    + "Content-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok"))
        #expect(answer.status == 200 && answer.value(of: "link") == nil && String(buffer: answer.body) == "ok")
    }

    @Test("A body up to the end of the connection") func aBodyUpToTheEndOfTheConnection() throws {
        let text = "HTTP/1.1 200 OK\r\n\r\nall of it"
        #expect(try read(text) == nil)
        let answer = try #require(try read(text, ends: true))
        #expect(String(buffer: answer.body) == "all of it" && !answer.keepsConnection)
        #expect(try read("HTTP/1.1 200 OK\r\n", ends: true) == nil)
        #expect(try read("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx", ends: true)?.status == 200)
    }

    @Test(
        "Whether the connection stays",
        arguments: [
            ("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n", false), ("HTTP/1.0 200 OK\r\n", false),
            ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", true),
            ("HTTP/1.1 500 No\r\nConnection: keep-alive\r\n", true),
        ])
    func whetherTheConnectionStays(_ head: String, _ keeps: Bool) throws {
        #expect(try read(head + "Content-Length: 1\r\n\r\n.")?.keepsConnection == keeps)
    }

    @Test("What comes behind an answer ends the connection") func whatComesBehindAnAnswerEndsTheConnection() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.HTTP/1.1"
        #expect(try read(text, pieces: 1_000)?.keepsConnection == false)
    }

    @Test(
        "What no server writes is refused",
        arguments: [
            "SSH-2.0-OpenSSH\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 099 X\r\n",
            "HTTP/1.1  200 OK\r\n", "HTTP/1.1 200 OK\n", "HTTP/1.1 200 OK\r\nA: 1\n", "HTTP/1.1 200 OK\r\nA : 1\r\n",
            "HTTP/1.1 200 OK\r\n: 1\r\n",
            "HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n", "HTTP/1.1 200 OK\r\nA: \u{0}\r\n", "HTTP/1.1 101 Switch\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n",
        ])
    func whatNoServerWritesIsRefused(_ text: String) {
        for pieces in [1, 1_000] {
            #expect(throws: HTTPAnswerReader.Problem.self) { try read(text, pieces: pieces) }
        }
    }

    @Test("Memory is bounded") func memoryIsBounded() throws {
        let limit = HTTPAnswerReader.limit
        let long = String(repeating: "x", count: limit)
        #expect(throws: HTTPAnswerReader.Problem.self) { try read("HTTP/1.1 200 \(long)", pieces: 4_096) }
        #expect(throws: HTTPAnswerReader.Problem.self) {
            try read("HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: limit / 6 + 1), pieces: 4_096)
        }
        let chunks = String(repeating: "1000\r\n\(String(repeating: "y", count: 4_096))\r\n", count: 17)
        for head in ["Content-Length: 1000000", "Transfer-Encoding: chunked", "X: y"] {
            let body = head.hasPrefix("T") ? chunks : long + long
            let answer = try #require(try read("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n\(body)", pieces: 1_000))
            #expect(answer.body.readableBytes == limit && !answer.keepsConnection)
        }
        let exact = try #require(
            try read("HTTP/1.1 200 OK\r\nContent-Length: \(limit)\r\n\r\n\(long)", pieces: 1_000))
        #expect(exact.body.readableBytes == limit && exact.keepsConnection)
    }
}
