extension String {
    /// The text with escapes for what a terminal would obey or hide: control characters but tabs, marks that turn the
    /// direction of writing, and separators of lines.
    ///
    /// It is for messages that quote what somebody else wrote.
    package var escapingControls: String {
        guard unicodeScalars.contains(where: \.isHidden) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            if scalar.isHidden { result += scalar.escape } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// The same for a text of several lines: their ends stay.
    package var escapingControlsInLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escapingControls }
            .joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control: self != "\t"
        case .lineSeparator, .paragraphSeparator, .surrogate: true
        case .format: properties.isBidiControl || value == 0xFEFF
        default: false
        }
    }

    /// The character as Go writes it in a quoted text that has no short form for it: `\x1b`, `\u200e`, `\U000e0001`.
    package var escape: String {
        let digits = String(value, radix: 16)
        if value < 0x20 || value == 0x7F { return "\\x" + String(repeating: "0", count: 2 - digits.count) + digits }
        let width = value < 0x1_0000 ? 4 : 8
        return (width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - digits.count) + digits
    }
}
