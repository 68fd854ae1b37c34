import ByteText

/// Reads JSON documents that stand one after the other, on one line or on many.
enum JSONDocuments {
    /// Passes each document on, with the offset at which its text begins; its ranges count from there.
    ///
    /// - Throws: What is wrong with the first that cannot be read; those before it were passed on.
    static func forEach(
        in bytes: [UInt8], _ body: (_ document: JSONValue, _ start: Int) -> Void
    ) throws(JSONSyntaxError) {
        try ranges(in: bytes) { range throws(JSONSyntaxError) in
            body(try JSONValue.parse(bytes.span.extracting(range)), range.lowerBound)
        }
    }

    /// How many documents there are; nil where one cannot be read.
    static func count(in bytes: [UInt8]) -> Int? {
        var count = 0
        do throws(JSONSyntaxError) {
            try ranges(in: bytes) { _ throws(JSONSyntaxError) in count += 1 }
            return count
        } catch { return nil }
    }

    private static func ranges(
        in bytes: [UInt8], _ body: (Range<Int>) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        var offset = 0
        while bytes[offset...].contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) {
            let (range, end) = try bytes.span.scanned(from: offset) { (scanner) throws(JSONSyntaxError) in
                (try scanner.skipValue(), scanner.offset)
            }
            try body(range)
            offset = end
        }
    }
}

/// Counts the lines of a text as it is read.
struct LineCounter {
    private let bytes: [UInt8]
    private var counted = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The line on which a byte is; offsets behind one that was asked for give that one's line.
    mutating func line(at offset: Int) -> Int {
        while counted < offset, counted < bytes.count {
            if bytes[counted] == 0x0A { line += 1 }
            counted += 1
        }
        return line
    }
}
