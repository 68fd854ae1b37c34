import ByteText

/// Collects the names that an alert's texts hold.
struct EntityList {
    /// Whether a text may be a tag (`host:web-1`), and then counts without its key too.
    let takesTags: Bool
    private(set) var names: [String] = []

    init(takesTags: Bool) { self.takesTags = takesTags }

    /// Adds a name, or the names in a text of several.
    ///
    /// Commas, semicolons, tabs, line breaks and broken bars, which Hayabusa writes between fields, separate names; a list
    /// or object in JSON has a name in each of its texts and numbers.
    mutating func add(_ text: String) {
        if let inner = FieldPath.document(in: text) {
            for leaf in FieldPath.leaves(of: inner) { if let text = leaf.plainText { append(text) } }
            return
        }
        // A broken bar is C2 A6.
        guard text.utf8.contains(where: { EntityList.isSeparator($0) || $0 == 0xC2 }) else { return append(text) }
        for part in text.unicodeScalars.split(whereSeparator: {
            $0 == "\u{A6}" || $0.isASCII && EntityList.isSeparator(UInt8(ascii: $0))
        }) {
            append(String(part))
        }
    }

    /// Adds a name as it is.
    mutating func append(_ text: String) {
        let name = text.trimmed
        if name.isEmpty { return }
        names.append(name)
        if takesTags, let value = EntityList.value(ofTag: name) { names.append(value) }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ";"): true
        default: false
        }
    }

    /// The value of a tag; an address with its port and a second colon are none.
    private static func value(ofTag text: String) -> String? {
        let bytes = text.utf8
        guard let first = bytes.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon != bytes.startIndex
        else { return nil }
        let value = bytes[bytes.index(after: colon)...]
        let key = bytes[..<colon]
        guard !value.isEmpty, !value.starts(with: "//".utf8),
            key.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }),
            !EntityName.isAddress(text)
        else { return nil }
        return String(Substring(value)).trimmed
    }
}
