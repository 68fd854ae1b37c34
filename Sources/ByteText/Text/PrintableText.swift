extension String {
    /// The text on one line, with everything that a terminal could obey or hide written as an escape.
    ///
    /// Control characters, line separators and marks of writing direction become `\n`, `\t` or `\u{1b}`. For names that
    /// come from outside: of files, of rules, of people.
    package var printable: String { escaped { _ in false } }

    /// As `printable`, but newlines and tabs stay: for messages of several lines.
    package var printableLines: String { escaped { $0 == "\n" || $0 == "\t" } }

    private func escaped(except isKept: (Unicode.Scalar) -> Bool) -> String {
        let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain { return self }
        var escaped = ""
        for scalar in unicodeScalars {
            if !scalar.isUnprintable || isKept(scalar) {
                escaped.unicodeScalars.append(scalar)
                continue
            }
            switch scalar {
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            default: escaped += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return escaped
    }
}

extension Unicode.Scalar {
    fileprivate var isUnprintable: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Marks of direction, separators of lines and paragraphs, a byte order mark.
        case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
