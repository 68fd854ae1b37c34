import Truth

/// Reads separated values (RFC 4180): quoted cells, doubled quotes, line breaks in cells, LF or CRLF.
struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var offset: Int
    /// The line on which the next row begins, counted from 1.
    private(set) var line: Int

    /// Begins at an offset that stands on a line.
    init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ","), from offset: Int = 0, line: Int = 1) {
        self.bytes = bytes
        self.separator = separator
        self.offset = offset
        self.line = line
    }

    /// The cells of the next row that is not blank, and its line; nil at the end.
    ///
    /// - Throws: `FieldProblem` where a quoted cell does not end or goes on behind its closing quote, or a cell is no
    ///   UTF-8; the next call goes on with the next line.
    mutating func next() throws(FieldProblem) -> (cells: [String], line: Int)? {
        while offset < bytes.count {
            let first = line
            var cells: [String] = []
            repeat { cells.append(try cell()) } while take(separator)
            endLine()
            if cells.count == 1, cells[0].utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            return (cells, first)
        }
        return nil
    }

    private mutating func cell() throws(FieldProblem) -> String {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            let start = offset
            while offset < bytes.count, !isEnd(bytes[offset]) { offset += 1 }
            return try text(bytes[start..<offset])
        }
        offset += 1
        var content: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == 0x0A { line += 1 }
            if byte != UInt8(ascii: "\"") {
                content.append(byte)
            } else if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
                content.append(byte)
                offset += 1
            } else {
                if offset < bytes.count, !isEnd(bytes[offset]) {
                    skipLine()
                    throw FieldProblem(
                        "a quoted cell goes on behind its closing quote; double a quote inside of a cell")
                }
                return try text(content[...])
            }
        }
        throw FieldProblem("a quoted cell has no closing quote")
    }

    private mutating func text(_ bytes: ArraySlice<UInt8>) throws(FieldProblem) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        skipLine()
        throw FieldProblem("a cell is not valid UTF-8; save the file as UTF-8")
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
        endLine()
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
