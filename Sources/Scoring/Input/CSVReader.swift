import Truth
/// Reads comma-separated values (RFC 4180): quoted cells, doubled quotes, line breaks in cells, LF or CRLF.
struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var offset = 0
    /// The line on which the next row begins, counted from 1.
    private(set) var line = 1

    /// Begins behind a byte order mark, if there is one.
    init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
        self.bytes = bytes
        self.separator = separator
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The cells of the next row that is not blank, and its line; nil at the end.
    ///
    /// - Throws: `FieldProblem` where a quoted cell does not end, or goes on behind its closing quote; the next call goes on
    ///   with the next line.
    mutating func next() throws(FieldProblem) -> (cells: [String], line: Int)? {
        while offset < bytes.count {
            let first = line
            var cells: [String] = []
            repeat { cells.append(try cell(first)) } while take(separator)
            endLine()
            if cells.count == 1, cells[0].utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            return (cells, first)
        }
        return nil
    }

    private mutating func cell(_ first: Int) throws(FieldProblem) -> String {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            let start = offset
            while offset < bytes.count, !isEnd(bytes[offset]) { offset += 1 }
            return String(decoding: bytes[start..<offset], as: UTF8.self)
        }
        offset += 1
        var text: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == 0x0A { line += 1 }
            if byte != UInt8(ascii: "\"") {
                text.append(byte)
            } else if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
                text.append(byte)
                offset += 1
            } else {
                if offset < bytes.count, !isEnd(bytes[offset]) {
                    while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
                    endLine()
                    throw FieldProblem(
                        "a quoted cell goes on behind its closing quote; double a quote inside of a cell")
                }
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw FieldProblem("a quoted cell has no closing quote")
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == 0x0A || byte == 0x0D
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func endLine() {
        _ = take(0x0D)
        if take(0x0A) || offset < bytes.count { line += 1 }
    }
}
