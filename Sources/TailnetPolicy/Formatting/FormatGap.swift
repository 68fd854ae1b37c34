/// White space and comments between two tokens.
struct FormatGap {
    var bytes: [UInt8]

    init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    var isEmpty: Bool { bytes.isEmpty }
    /// What is not white space in a gap is a comment.
    var hasComment: Bool { bytes.contains { !isBlank($0) } }
    var hasNewline: Bool { bytes.contains(newline) }
    var newlines: Int { bytes.count { $0 == newline } }

    mutating func dropLeadingBlanks() {
        bytes.removeFirst(blanks(bytes[...]))
    }

    /// Leaves exactly one newline behind everything else.
    mutating func endWithNewline() {
        bytes = Array(trimmed(bytes[...])) + [newline]
    }

    /// Where the comment that begins at `start` ends: behind its newline or `*/`.
    ///
    /// - Returns: nil where no comment begins, or it has no end.
    static func endOfComment(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        guard start + 1 < bytes.endIndex, bytes[start] == UInt8(ascii: "/") else { return nil }
        var offset = start + 2
        switch bytes[start + 1] {
        case UInt8(ascii: "/"):
            return bytes[offset...].firstIndex(of: newline).map { $0 + 1 }
        case UInt8(ascii: "*"):
            while offset + 1 < bytes.endIndex {
                if bytes[offset] == UInt8(ascii: "*"), bytes[offset + 1] == UInt8(ascii: "/") { return offset + 2 }
                offset += 1
            }
            return nil
        default:
            return nil
        }
    }

    /// How wide the comments are on the gap's first and last line.
    var widths: FormatWidths {
        guard let first = bytes.firstIndex(of: newline), let last = bytes.lastIndex(of: newline) else {
            return FormatWidths(FormatGap.width(bytes[...]))
        }
        return FormatWidths(
            first: FormatGap.width(bytes[..<first]), last: FormatGap.width(bytes[(last + 1)...]), isMultiline: true)
    }

    /// The width of the comments of one line; a comment that goes on behind the line counts up to its end.
    private static func width(_ line: ArraySlice<UInt8>) -> Int {
        var rest = line
        var width = 0
        while true {
            rest = rest.dropFirst(blanks(rest))
            guard rest.count > 1, rest.first == UInt8(ascii: "/") else { break }
            guard let end = endOfComment(rest, from: rest.startIndex) else {
                return width + 1 + rest.count
            }
            width += 1 + end - rest.startIndex
            rest = rest[end...]
        }
        return width == 0 ? 0 : width + 1
    }

    // MARK: Laying out

    /// Lays out the comments and the white space anew.
    ///
    /// - Parameters:
    ///   - depth: How many tabs indent a line.
    ///   - startsLine: Whether what follows must not stand on the line of what precedes.
    ///   - endsLine: Whether the gap must end with a newline.
    ///   - dropsFirstEmptyLines: Whether empty lines at its beginning go.
    ///   - dropsLastEmptyLines: Whether empty lines at its end go.
    ///   - closes: Whether a closing bracket follows, which is indented less than the comments.
    ///   - isNeverEmpty: Whether there is a space where there would be nothing.
    mutating func layOut(
        depth: Int, startsLine: Bool = false, endsLine: Bool = false, dropsFirstEmptyLines: Bool = false,
        dropsLastEmptyLines: Bool = false, closes: Bool = false, isNeverEmpty: Bool = false
    ) {
        removeCarriageReturns()
        var result: [UInt8] = startsLine && !hasNewline ? [newline] : []
        appendContent(to: &result, depth: depth)
        if endsLine && result.last != newline { result.append(newline) }
        if dropsFirstEmptyLines {
            while result.starts(with: [newline, newline]) { result.removeFirst() }
        }
        if dropsLastEmptyLines {
            while result.suffix(2) == [newline, newline] { result.removeLast() }
        }
        if result.last == newline {
            indent(&result, closes ? depth - 1 : depth)
        } else if !result.isEmpty || isNeverEmpty {
            result.append(UInt8(ascii: " "))
        }
        bytes = result
    }

    private func appendContent(to result: inout [UInt8], depth: Int) {
        var offset = 0
        while offset < bytes.count {
            let blank = blanks(bytes[offset...])
            if blank > 0 {
                // At most one line stays empty.
                let breaks = bytes[offset..<offset + blank].count { $0 == newline }
                result.append(contentsOf: repeatElement(newline, count: min(2, breaks)))
                offset += blank
                continue
            }
            guard let end = FormatGap.endOfComment(bytes[...], from: offset) else { return }
            if result.last == newline { indent(&result, depth) } else { result.append(UInt8(ascii: " ")) }
            let comment = bytes[offset..<end]
            let isLine = bytes[offset + 1] == UInt8(ascii: "/")
            if isLine || !comment.contains(newline) {
                result += trimmed(comment)
            } else {
                BlockComment(comment).append(to: &result, depth: depth)
            }
            // The newline of a line's comment is white space like any other.
            offset = isLine ? end - 1 : end
        }
    }

    /// Makes every end of a line a newline; other carriage returns become spaces.
    private mutating func removeCarriageReturns() {
        let carriageReturn = UInt8(ascii: "\r")
        guard bytes.contains(carriageReturn) else { return }
        bytes = joined(joined(bytes, carriageReturn, newline), newline, carriageReturn)
            .map { $0 == carriageReturn ? UInt8(ascii: " ") : $0 }
    }

    /// The bytes with a newline for each pair.
    private func joined(_ bytes: [UInt8], _ first: UInt8, _ second: UInt8) -> [UInt8] {
        var result: [UInt8] = []
        var offset = 0
        while offset < bytes.count {
            let isPair = bytes[offset] == first && offset + 1 < bytes.count && bytes[offset + 1] == second
            result.append(isPair ? newline : bytes[offset])
            offset += isPair ? 2 : 1
        }
        return result
    }
}
