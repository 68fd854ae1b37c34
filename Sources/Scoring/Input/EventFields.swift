import ByteText

/// The fields that the text of an event holds.
enum EventFields {
    /// The members of a JSON object, or the pairs of `key="value", key='value', key=value`.
    ///
    /// A key that comes several times has several values.
    static func members(of text: String) -> [JSONMember] {
        if let object = FieldPath.document(in: text)?.object { return object }
        var names: [String] = []
        var values: [String: [String]] = [:]
        var reader = PairReader(text)
        while let (name, value) = reader.next() {
            if value.isEmpty { continue }
            if values[name] == nil { names.append(name) }
            values[name, default: []].append(value)
        }
        return names.map { name in
            let all = (values[name] ?? []).map { JSONValue(.string($0), range: 0..<0) }
            let value = all.count == 1 ? all[0].content : .array(all)
            return JSONMember(key: name, keyRange: 0..<0, value: JSONValue(value, range: 0..<0))
        }
    }
}

/// Finds pairs in a text, and skips what is none.
private struct PairReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    private var byte: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// The next pair; nil at the end.
    mutating func next() -> (name: String, value: String)? {
        while offset < bytes.count {
            let start = offset
            while isNamePart(byte) { offset += 1 }
            guard offset > start, byte == UInt8(ascii: "=") else {
                if offset == start { offset += 1 }
                continue
            }
            let name = String(decoding: bytes[start..<offset], as: UTF8.self)
            offset += 1
            return (name, value())
        }
        return nil
    }

    private mutating func value() -> String {
        let quote = byte
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = offset
            while byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: ";") { offset += 1 }
            return String(decoding: bytes[start..<offset], as: UTF8.self)
        }
        offset += 1
        var value: [UInt8] = []
        while offset < bytes.count, byte != quote {
            // A backslash stands before a quote or another backslash; elsewhere it is itself.
            if byte == UInt8(ascii: "\\"), offset + 1 < bytes.count, [quote, byte].contains(bytes[offset + 1]) {
                offset += 1
            }
            value.append(byte)
            offset += 1
        }
        offset += 1
        return String(decoding: value, as: UTF8.self)
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 48...57: true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "{"),
            UInt8(ascii: "}"):
            true
        default: false
        }
    }
}
