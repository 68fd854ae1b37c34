extension String {
    /// The text without blanks, line breaks and no-break spaces around it.
    var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return "" }
        // What begins and ends with visible ASCII, as nearly all texts do.
        if (0x21..<0x7F).contains(first), (0x21..<0x7F).contains(last) { return String(self) }
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.isBlank }),
            let end = scalars.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(scalars[start...end])
    }
}

extension Unicode.Scalar {
    /// Whether the character is a blank, a line break, or a space that does not break.
    var isBlank: Bool {
        switch value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }
}
