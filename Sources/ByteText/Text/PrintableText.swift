extension String {
    /// The most characters of a name in a message.
    package static let nameLimit = 200
    /// The most characters of a line of a message.
    package static let messageLineLimit = 2_000

    /// The text on one line, shortened to `nameLimit`, with everything that a terminal could obey or hide written as an
    /// escape.
    ///
    /// Control characters, line separators and marks of writing direction become `\n`, `\t` or `\u{1b}`. For names that
    /// come from outside: of files, of rules, of people.
    package var printable: String { shortened(to: String.nameLimit).escaped { _ in false } }

    /// As `printable`, but whole: for lines of output.
    package var printableLine: String { escaped { _ in false } }

    /// As `printableLine`, but newlines and tabs stay: for output of several lines.
    package var printableLines: String { escaped { $0 == "\n" || $0 == "\t" } }

    /// As `printableLines`, with each line shortened to `messageLineLimit`: for messages, which may name anything.
    package var printableMessage: String {
        // Most messages are short, and no line is longer than the whole.
        if utf8.count <= String.messageLineLimit { return printableLines }
        return unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0).shortened(to: String.messageLineLimit).printableLines
        }.joined(separator: "\n")
    }

    /// The text with `…` in place of its middle where it is longer than so many characters (Unicode scalars): the end of
    /// a path tells as much as its beginning, and the end of a sentence says what to do.
    package func shortened(to limit: Int) -> String {
        // As many bytes are never more scalars; a long text is only looked at where it is kept.
        if utf8.count <= limit { return self }
        let scalars = unicodeScalars
        // Scalars of several bytes may fit after all.
        if utf8.count <= 4 * limit, scalars.count <= limit { return self }
        let head = limit * 3 / 5
        return String(scalars.prefix(head)) + "…" + String(scalars.suffix(limit - head - 1))
    }

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
