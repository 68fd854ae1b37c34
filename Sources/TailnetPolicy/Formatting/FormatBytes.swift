let newline = UInt8(ascii: "\n")

/// Whether a byte is white space between tokens.
func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == newline || byte == UInt8(ascii: "\r")
}

/// How many bytes of white space a text begins with.
func blanks(_ bytes: ArraySlice<UInt8>) -> Int {
    (bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex) - bytes.startIndex
}

/// The text without white space at its end, that of Unicode included.
func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while true {
        let character = rest.suffix(rest.reversed().prefix { $0 & 0xC0 == 0x80 }.count + 1)
        let scalar = String(decoding: character, as: UTF8.self).unicodeScalars.first
        guard let scalar, scalar.properties.isWhitespace else { return rest }
        rest = rest.dropLast(character.count)
    }
}

/// Begins a line.
func indent(_ result: inout [UInt8], _ depth: Int) {
    result.append(contentsOf: repeatElement(UInt8(ascii: "\t"), count: depth))
}
