import ByteText

/// The text of a policy file, ready to turn offsets into positions.
struct PolicySource: Sendable {
    let bytes: [UInt8]
    /// Offset of the first byte of each line.
    private let lineStarts: [Int]

    init(_ text: String) {
        bytes = ByteOrderMark.dropped(from: text)
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == 10 { starts.append(offset + 1) }
        lineStarts = starts
    }

    func position(_ offset: Int) -> TextPosition {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return TextPosition(line: low + 1, column: offset - lineStarts[low] + 1)
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        let scalars = Substring(self).unicodeScalars
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: isText), let last = scalars.lastIndex(where: isText) else {
            return ""
        }
        return String(scalars[first...last])
    }

    /// The text as keys of objects are compared: Go's JSON reader takes letters of either case for the same.
    var foldedKey: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "A"..."Z": result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) + 32))
            // Two letters outside of ASCII are the other case of one in ASCII.
            case "\u{17F}": result += "s"
            case "\u{212A}": result += "k"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The text in double quotes, as Go prints it.
    var quoted: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{7}": result += "\\a"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{B}": result += "\\v"
            default:
                if scalar.isPrintable { result.unicodeScalars.append(scalar) } else { result += scalar.escape }
            }
        }
        return result + "\""
    }
}

extension Unicode.Scalar {
    /// Whether Go prints the character as it is: letters, marks, numbers, punctuation, symbols and the space.
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: self == " "
        default: true
        }
    }
}

extension Unicode.Scalar {
    /// The character as Go writes it in a quoted text that has no short form for it: `\x1b`, `\u200e`, `\U000e0001`.
    fileprivate var escape: String {
        let digits = String(value, radix: 16)
        if value < 0x20 || value == 0x7F { return "\\x" + String(repeating: "0", count: 2 - digits.count) + digits }
        let width = value < 0x1_0000 ? 4 : 8
        return (width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - digits.count) + digits
    }
}
