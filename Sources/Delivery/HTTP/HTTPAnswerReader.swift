package import NIOCore

/// Reads one HTTP/1 answer from the bytes of a connection, however they are cut, as RFC 9112 wants it.
///
/// What a strict server would not write is refused: a line that does not end in CRLF, a folded header field, two
/// different lengths, a length beside chunks. Memory is bounded: 64 KiB of header fields, 64 KiB of body.
package struct HTTPAnswerReader {
    /// Why bytes are no answer.
    package struct Problem: Error, Hashable {
        /// What is wrong, as part of a sentence.
        package var reason: String
    }

    /// The most bytes of header fields (or of trailer fields), and of a body that is kept.
    package static let limit = 64 * 1_024

    private enum State {
        case head
        /// A body, or a chunk, of so many bytes to come.
        case sized(Int)
        case untilEnd
        case chunkSize
        case chunk(Int)
        case chunkEnd
        case trailer
    }

    private var state = State.head
    private var bytes = ByteBuffer()
    private var answer = HTTPAnswer(status: 0, reason: "", fields: [])
    private var hasStatusLine = false
    /// Bytes of head or trailer so far.
    private var headLength = 0

    /// Makes a reader for one answer.
    package init() {}

    /// Takes the next bytes, and gives the answer once it is complete.
    package mutating func take(_ part: ByteBuffer) throws(Problem) -> HTTPAnswer? {
        bytes.writeImmutableBuffer(part)
        while true {
            switch state {
            case .head:
                guard let line = try line() else { return nil }
                guard hasStatusLine else {
                    try readStatus(line)
                    continue
                }
                guard line.isEmpty else {
                    answer.fields.append(try field(line))
                    continue
                }
                if try endHead() { return complete() }
            case .sized(let rest):
                let taken = keep(rest)
                if answer.body.readableBytes >= HTTPAnswerReader.limit, taken < rest { return cutShort() }
                guard taken == rest else {
                    state = .sized(rest - taken)
                    return nil
                }
                return complete()
            case .untilEnd:
                _ = keep(.max)
                return answer.body.readableBytes >= HTTPAnswerReader.limit ? cutShort() : nil
            case .chunkSize:
                guard let line = try line() else { return nil }
                let size = try chunkSize(line)
                headLength = 0
                state = size == 0 ? .trailer : .chunk(size)
            case .chunk(let rest):
                let taken = keep(rest)
                if answer.body.readableBytes >= HTTPAnswerReader.limit, taken < rest { return cutShort() }
                state = taken == rest ? .chunkEnd : .chunk(rest - taken)
                if taken < rest { return nil }
            case .chunkEnd:
                guard let line = try line() else { return nil }
                guard line.isEmpty else { throw Problem(reason: "a chunk is longer than it says") }
                headLength = 0
                state = .chunkSize
            case .trailer:
                guard let line = try line() else { return nil }
                if line.isEmpty { return complete() }
                _ = try field(line)
            }
        }
    }

    /// The connection ended: gives the answer if its end is the end of the connection.
    package mutating func end() -> HTTPAnswer? {
        guard case .untilEnd = state else { return nil }
        return cutShort()
    }

    private mutating func complete() -> HTTPAnswer {
        // What comes behind an answer was not asked for.
        if bytes.readableBytes > 0 { answer.keepsConnection = false }
        return answer
    }

    private mutating func cutShort() -> HTTPAnswer {
        answer.keepsConnection = false
        return answer
    }

    /// The next line without its CRLF; nil until all of it is there.
    private mutating func line() throws(Problem) -> [UInt8]? {
        guard let end = bytes.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else {
            guard headLength + bytes.readableBytes <= HTTPAnswerReader.limit else { throw tooLong }
            return nil
        }
        let length = end - bytes.readerIndex + 1
        headLength += length
        guard headLength <= HTTPAnswerReader.limit else { throw tooLong }
        var line = bytes.readBytes(length: length) ?? []
        line.removeLast()
        guard line.popLast() == UInt8(ascii: "\r") else { throw Problem(reason: "a line does not end in CRLF") }
        return line
    }

    private var tooLong: Problem { Problem(reason: "its header is longer than 64 KiB") }

    /// Keeps body bytes, at most `most`; gives how many bytes of the body were passed.
    private mutating func keep(_ most: Int) -> Int {
        let space = HTTPAnswerReader.limit - answer.body.readableBytes
        let count = min(most, bytes.readableBytes, space)
        if count > 0, let part = bytes.readSlice(length: count) { answer.body.writeImmutableBuffer(part) }
        return count
    }

    private mutating func readStatus(_ line: [UInt8]) throws(Problem) {
        let notHTTP = Problem(reason: "it does not begin with a status line")
        guard line.count >= 12, line[..<7].elementsEqual("HTTP/1.".utf8), line[7].isDigit, line[8] == .space,
            line[9...11].allSatisfy(\.isDigit), line.count == 12 || line[12] == .space,
            line[12...].allSatisfy(\.isText)
        else { throw notHTTP }
        let status = line[9...11].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (100...999).contains(status) else { throw notHTTP }
        answer.status = status
        answer.reason = String(decoding: line.dropFirst(13), as: UTF8.self)
        // HTTP/1.0 ends a connection unless it says otherwise.
        answer.keepsConnection = line[7] != UInt8(ascii: "0")
        hasStatusLine = true
    }

    private func field(_ line: [UInt8]) throws(Problem) -> HTTPAnswer.Field {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0, line[..<colon].allSatisfy(\.isToken),
            line[(colon + 1)...].allSatisfy(\.isText)
        else { throw Problem(reason: "a header field is malformed") }
        var value = line[(colon + 1)...]
        while let first = value.first, first.isBlank { value.removeFirst() }
        while let last = value.last, last.isBlank { value.removeLast() }
        return HTTPAnswer.Field(
            name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
            value: String(decoding: value, as: UTF8.self))
    }

    /// The members of a list that stands in all fields of a name, in lower case.
    private func list(_ name: String) -> [String] {
        answer.fields.filter { $0.name == name }.flatMap { field in
            field.value.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.lowercased().trimmed }
        }
    }

    /// Reads from the header how the body is framed; gives true where there is none.
    private mutating func endHead() throws(Problem) -> Bool {
        headLength = 0
        let status = answer.status
        if (100..<200).contains(status) {
            guard status != 101 else { throw Problem(reason: "it switches to another protocol") }
            // An interim answer: the final one follows.
            answer = HTTPAnswer(status: 0, reason: "", fields: [])
            hasStatusLine = false
            return false
        }
        let connection = list("connection")
        if connection.contains("close") {
            answer.keepsConnection = false
        } else if connection.contains("keep-alive") {
            answer.keepsConnection = true
        }
        let codings = list("transfer-encoding").filter { !$0.isEmpty }
        let lengths = list("content-length")
        if status == 204 || status == 304 { return true }
        if let last = codings.last {
            guard lengths.isEmpty else { throw Problem(reason: "it has both a length and a transfer coding") }
            guard codings.dropLast().allSatisfy({ $0 != "chunked" }) else {
                throw Problem(reason: "it is chunked twice")
            }
            state = last == "chunked" ? .chunkSize : .untilEnd
            return false
        }
        if let first = lengths.first {
            guard lengths.allSatisfy({ $0 == first }), !first.isEmpty, first.utf8.allSatisfy(\.isDigit),
                let length = Int(first)
            else { throw Problem(reason: "its length is not one number") }
            state = .sized(length)
            return length == 0
        }
        state = .untilEnd
        return false
    }

    private func chunkSize(_ line: [UInt8]) throws(Problem) -> Int {
        let digits = line.prefix(while: \.isHexDigit)
        let rest = line[digits.endIndex...].drop(while: \.isBlank)
        guard !digits.isEmpty, rest.isEmpty || rest.first == UInt8(ascii: ";"), rest.allSatisfy(\.isText),
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw Problem(reason: "a chunk has no size") }
        return size
    }
}

extension UInt8 {
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self & 0xDF) }
    fileprivate var isBlank: Bool { self == .space || self == UInt8(ascii: "\t") }
    /// What a header's value or a reason may hold.
    fileprivate var isText: Bool { self == UInt8(ascii: "\t") || self >= 0x20 && self != 0x7F }
    /// What a header's name may hold.
    fileprivate var isToken: Bool {
        isDigit || (0x41...0x5A).contains(self & 0xDF) || "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
}

extension String {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
