import ByteText
import Compression

/// Turns the bytes of a file of alerts into text: unpacks gzip, reads UTF-16, drops a byte order mark.
enum AlertEncoding {
    /// The most bytes that a packed file may unpack to.
    static let unpackedLimit = 1 << 29

    /// Why bytes are no text, and on which line.
    struct Problem: Error {
        var line = 1
        var message: String
    }

    /// Beginnings of files that hold no text.
    private static let otherFormats: [(beginning: [UInt8], advice: String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "the file is a ZIP archive or a workbook; export the alerts as CSV or JSON"),
        ([0xD0, 0xCF, 0x11, 0xE0], "the file is a workbook; export the alerts as CSV or JSON"),
        ([0x28, 0xB5, 0x2F, 0xFD], "the file is packed with zstd; unpack it first, or pack it with gzip"),
        ([0x42, 0x5A, 0x68], "the file is packed with bzip2; unpack it first, or pack it with gzip"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "the file is packed with xz; unpack it first, or pack it with gzip"),
        ([0xFF, 0xFE, 0x00, 0x00], "the file is UTF-32; save it as UTF-8"),
        ([0x00, 0x00, 0xFE, 0xFF], "the file is UTF-32; save it as UTF-8"),
    ]

    /// The text in UTF-8 without a byte order mark.
    ///
    /// Bytes that are no UTF-8 are left to whoever reads the form.
    static func text(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
        let plain = bytes.starts(with: [0x1F, 0x8B]) ? try unpacked(bytes) : bytes
        if plain.starts(with: [0x1F, 0x8B]) {
            throw Problem(message: "the file is packed with gzip twice; unpack it once")
        }
        for format in otherFormats where plain.starts(with: format.beginning) { throw Problem(message: format.advice) }
        let text = try decoded(plain)
        if let end = text.firstIndex(of: 0) {
            let line = text[..<end].count { $0 == 0x0A } + 1
            throw Problem(line: line, message: "the text has a NUL byte; the file is damaged, or is no text")
        }
        let start = text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        if start == UInt8(ascii: "<") {
            throw Problem(message: "the file is XML or HTML; export the alerts as JSON or CSV")
        }
        return text
    }

    private static func unpacked(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
        let decompressor = GzipDecompressor()
        var text: [UInt8] = []
        // Small pieces, so that a piece that grows a thousandfold does not exceed the limit by much.
        let piece = 1 << 14
        for start in stride(from: 0, to: bytes.count, by: piece) {
            do {
                try decompressor.decompress(
                    bytes.span.extracting(start..<min(start + piece, bytes.count)), into: &text)
            } catch {
                throw Problem(message: "the file begins as gzip but is damaged; pack it again")
            }
            if text.count > unpackedLimit {
                throw Problem(
                    message:
                        "the file unpacks to more than \(unpackedLimit >> 20) MiB; if that is right, unpack it first")
            }
        }
        guard decompressor.isComplete else {
            throw Problem(message: "the gzip file is cut off; copy or pack it again")
        }
        return text
    }

    private static func decoded(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
        if ByteOrderMark.length(in: bytes.span) > 0 { return ByteOrderMark.dropped(from: bytes) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf8(bytes.dropFirst(2), isBigEndian: false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf8(bytes.dropFirst(2), isBigEndian: true) }
        // Without a mark: the first two characters of JSON and CSV are ASCII.
        guard bytes.count >= 4 else { return bytes }
        switch (bytes[0] == 0, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0) {
        case (false, true, false, true): return try utf8(bytes[...], isBigEndian: false)
        case (true, false, true, false): return try utf8(bytes[...], isBigEndian: true)
        default: return bytes
        }
    }

    private static func utf8(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) throws(Problem) -> [UInt8] {
        guard bytes.count.isMultiple(of: 2) else {
            throw Problem(message: "the UTF-16 text is cut off in the middle of a character; copy it again")
        }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).lazy.map { index -> UInt16 in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 2)
        let isBroken = transcode(
            units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
        ) { text.append($0) }
        if isBroken {
            let line = text.count { $0 == 0x0A } + 1
            throw Problem(line: line, message: "the text is not valid UTF-16; save it as UTF-8")
        }
        return text
    }
}
