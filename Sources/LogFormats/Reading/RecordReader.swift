import ByteText
import SimTime

/// Reads the members of a record and notes what the service would have written differently.
///
/// It borrows the bytes, and lives no longer than the call that hands them in.
@safe
struct RecordReader {
    private var scanner: JSONScanner
    private let bytes: UnsafeRawBufferPointer
    private(set) var deviations: [RecordDeviation] = []
    private var lastEnd: Int

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
        unsafe self.bytes = bytes
        scanner = unsafe JSONScanner(bytes, from: offset)
        lastEnd = offset
    }

    /// Offset of the first byte that has not been read.
    var offset: Int { scanner.offset }

    mutating func note(_ kind: RecordDeviation.Kind, at offset: Int) {
        deviations.append(RecordDeviation(kind, at: offset))
    }

    /// The next token.
    mutating func next() throws(RecordError) -> JSONToken {
        do {
            let token = try scanner.next()
            noteBlanks(upTo: token.start)
            lastEnd = token.end
            return token
        } catch {
            throw RecordError(offset: error.offset, message: error.message)
        }
    }

    /// Reads a whole value and gives its bytes.
    mutating func skipValue() throws(RecordError) -> Range<Int> {
        do {
            let range = try scanner.skipValue()
            noteBlanks(upTo: range.lowerBound)
            lastEnd = range.upperBound
            return range
        } catch {
            throw RecordError(offset: error.offset, message: error.message)
        }
    }

    /// Takes note of white space between the last token and `offset`; commas and colons may stand there too.
    private mutating func noteBlanks(upTo offset: Int) {
        for index in lastEnd..<max(lastEnd, offset) where unsafe bytes[index] <= 32 {
            note(.blank, at: index)
            return
        }
    }

    /// Reads an object whose opening brace is the next token.
    mutating func object<Key: RecordKey>(
        _ what: String, required: [Key], _ member: (inout RecordReader, Key, JSONToken) throws(RecordError) -> Void
    ) throws(RecordError) {
        let token = try next()
        guard token.kind == .objectStart else {
            throw RecordError(offset: token.start, message: "\(what) is no object")
        }
        try members(what, from: token.start, required: required, member)
    }

    /// Reads the members of an object whose opening brace, at `start`, has been read.
    mutating func members<Key: RecordKey>(
        _ what: String, from start: Int, required: [Key],
        _ member: (inout RecordReader, Key, JSONToken) throws(RecordError) -> Void
    ) throws(RecordError) {
        var seen: [Key] = []
        while true {
            let token = try next()
            if token.kind == .objectEnd { break }
            guard let key = Key(rawValue: scanner.text(token)) else {
                note(.unknownKey, at: token.start)
                _ = try skipValue()
                continue
            }
            if seen.contains(key) {
                note(.duplicateKey, at: token.start)
            } else if let last = seen.last, key.position < last.position {
                note(.keyOrder, at: token.start)
            }
            seen.append(key)
            try member(&self, key, token)
        }
        if let absent = required.first(where: { !seen.contains($0) }) {
            throw RecordError(offset: start, message: "\(what) has no '\(absent.rawValue)'")
        }
    }

    /// Reads an array, calling `element` with the first token of each element; null is an empty array.
    ///
    /// An array that is written has at least one element.
    mutating func array(
        _ key: some RecordKey, _ element: (inout RecordReader, JSONToken) throws(RecordError) -> Void
    ) throws(RecordError) {
        let begin = try next()
        if begin.kind == .null { return note(.null, at: begin.start) }
        guard begin.kind == .arrayStart else { throw mismatch(key, begin, "array") }
        var isEmpty = true
        while true {
            let token = try next()
            if token.kind == .arrayEnd { break }
            isEmpty = false
            try element(&self, token)
        }
        if isEmpty { note(.emptyValue, at: begin.start) }
    }

    /// Reads an array of strings.
    mutating func strings(_ key: some RecordKey) throws(RecordError) -> [String] {
        var values: [String] = []
        try array(key) { (reader, token) throws(RecordError) in
            guard token.kind == .string else { throw reader.mismatch(key, token, "array of strings") }
            values.append(reader.text(token))
        }
        return values
    }

    /// Reads a string; null is an empty one.
    mutating func string(_ key: some RecordKey) throws(RecordError) -> String {
        let token = try next()
        if token.kind == .null {
            note(.null, at: token.start)
            return ""
        }
        guard token.kind == .string else { throw mismatch(key, token, "string") }
        return text(token)
    }

    /// Reads a string that is left out when empty.
    mutating func optionalString(_ key: some RecordKey) throws(RecordError) -> String {
        let place = offset
        let value = try string(key)
        if value.isEmpty { note(.emptyValue, at: place) }
        return value
    }

    /// Reads a timestamp.
    mutating func timestamp(_ key: some RecordKey) throws(RecordError) -> Instant {
        let token = try next()
        guard token.kind == .string, let instant = unsafe Instant(rfc3339: scanner.rawBytes(token)) else {
            throw RecordError(
                offset: token.start,
                message: "'\(key.rawValue)' is not an RFC 3339 timestamp of the years 1678 to 2261")
        }
        if unsafe !scanner.rawBytes(token).elementsEqual(instant.rfc3339.utf8) { note(.timestampForm, at: token.start) }
        return instant
    }

    /// Reads a counter: an unsigned integer that is left out when zero.
    mutating func counter(_ key: some RecordKey) throws(RecordError) -> UInt64 {
        let token = try next()
        guard token.kind == .number, let value = unsafe RecordNumber.unsigned(scanner.rawBytes(token)) else {
            throw mismatch(key, token, "whole number from 0 to 2^64 - 1")
        }
        if value == 0 { note(.emptyValue, at: token.start) }
        return value
    }

    /// The value of a string token, or the raw text of any other.
    func text(_ token: JSONToken) -> String { scanner.text(token) }

    /// The raw bytes of a token, without quotes.
    func rawBytes(_ token: JSONToken) -> UnsafeRawBufferPointer { unsafe scanner.rawBytes(token) }

    /// The text of a range of the bytes.
    func text(_ range: Range<Int>) -> String {
        unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    func mismatch(_ key: some RecordKey, _ token: JSONToken, _ wanted: String) -> RecordError {
        RecordError(offset: token.start, message: "'\(key.rawValue)' is no \(wanted)")
    }
}

/// The keys of an object in wire order.
protocol RecordKey: RawRepresentable<String>, CaseIterable, Equatable {}

extension RecordKey {
    /// Where the key stands in the wire order.
    var position: Int {
        let keys = Self.allCases
        return keys.firstIndex(of: self).map { keys.distance(from: keys.startIndex, to: $0) } ?? 0
    }
}
