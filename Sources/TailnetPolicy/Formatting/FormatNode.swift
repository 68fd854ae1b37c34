import ByteText

/// A value of a policy file with the gaps around it.
struct FormatNode {
    /// What the value is.
    enum Kind {
        /// A string, number, `true`, `false` or `null`.
        case scalar
        case object
        case list
    }

    var kind: Kind
    /// The text of a scalar.
    var text: [UInt8] = []
    /// The elements of a list; of an object each key, followed by its value.
    var children: [FormatNode] = []
    /// The gap in front: behind the bracket, comma or colon, or at the beginning of the text.
    var before = FormatGap()
    /// The gap behind: in front of the comma or colon, or at the end of the text.
    var after = FormatGap()
    /// The gap in front of the closing bracket.
    var closing = FormatGap()
    /// Whether a comma follows the last child.
    var hasTrailingComma = false
    /// Whether each child begins on a line of its own.
    var isSpread = false

    /// The widest line that stays one line.
    private static let widestLine = 80

    /// Whether a child is a key, not a value.
    private func isKey(_ index: Int) -> Bool { kind == .object && index.isMultiple(of: 2) }

    /// Whether a child follows the opening bracket or a comma, not a colon.
    private func beginsEntry(_ index: Int) -> Bool { kind == .list || isKey(index) }

    // MARK: Preparing

    /// Whether the value is plain JSON: no comments, no trailing commas.
    var isStandard: Bool {
        !before.hasComment && !after.hasComment && !closing.hasComment && !hasTrailingComma
            && children.allSatisfy(\.isStandard)
    }

    /// Writes strings without unneeded escapes, and forgets white space that says nothing about the layout.
    mutating func normalize() {
        if text.first == UInt8(ascii: "\""), text.contains(UInt8(ascii: "\\")) { text = FormatNode.rewritten(text) }
        if kind != .scalar, children.isEmpty, !closing.hasComment { closing = FormatGap() }
        for index in children.indices {
            if !children[index].after.hasComment {
                children[index].after = FormatGap()
                if index == children.count - 1 { hasTrailingComma = false }
            }
            children[index].normalize()
        }
    }

    /// A string with the fewest escapes.
    private static func rewritten(_ text: [UInt8]) -> [UInt8] {
        guard let value = try? JSONValue.parse(text).string else { return text }
        return Array(JSONWriter.text(value).utf8)
    }

    /// Decides what is spread over lines, and gives the widths of the value's first and last line.
    mutating func measure() -> FormatWidths {
        guard kind != .scalar else { return FormatWidths(text.count) }
        var lines = FormatLines()
        lines.add(1)
        for index in children.indices {
            if beginsEntry(index), children[index].before.hasNewline { isSpread = true }
            lines.add(children[index].before.widths)
            lines.add(children[index].measure())
            lines.add(children[index].after.widths)
            // What follows a child is a colon or a comma, with a space.
            lines.add(2)
        }
        lines.add(1)
        if closing.hasNewline || children.last?.after.hasNewline == true { isSpread = true }
        if lines.widest > FormatNode.widestLine { isSpread = true }
        guard isSpread else { return lines.widths }
        let first = (children.first?.before ?? closing).widths.first
        return FormatWidths(first: 1 + first, last: 1, isMultiline: true)
    }

    // MARK: Laying out

    /// Lays out the gaps inside the value, which begins at a depth of indentation.
    mutating func layOut(depth: Int, isStandard: Bool) {
        guard kind != .scalar else { return }
        for index in children.indices {
            var inner = depth + (isSpread ? 1 : 0)
            if beginsEntry(index) {
                children[index].before.layOut(
                    depth: depth + 1, startsLine: isSpread, dropsFirstEmptyLines: index == 0, isNeverEmpty: index > 0)
            } else {
                children[index].before.layOut(
                    depth: depth + 2, dropsFirstEmptyLines: true, dropsLastEmptyLines: true, isNeverEmpty: true)
                if children[index].before.hasNewline || children[index - 1].after.hasNewline { inner += 1 }
            }
            children[index].layOut(depth: inner, isStandard: isStandard)
            children[index].after.layOut(depth: depth + 2, dropsFirstEmptyLines: true, dropsLastEmptyLines: true)
        }
        closing.layOut(
            depth: depth + 1, endsLine: isSpread, dropsFirstEmptyLines: children.isEmpty, dropsLastEmptyLines: true,
            closes: true)
        setTrailingComma(isStandard: isStandard)
    }

    private mutating func setTrailingComma(isStandard: Bool) {
        guard let last = children.last else { return }
        let isBetweenComments = !last.after.isEmpty && !closing.isEmpty
        if isSpread {
            if !isStandard { hasTrailingComma = true }
        } else if hasTrailingComma && !isBetweenComments {
            closing.bytes.insert(contentsOf: last.after.bytes, at: 0)
            children[children.count - 1].after = FormatGap()
            hasTrailingComma = false
        }
    }

    /// Lets the values of neighbouring lines begin in the same column.
    mutating func align() {
        if kind == .object { alignValues() }
        for index in children.indices { children[index].align() }
    }

    private mutating func alignValues() {
        var block: [(value: Int, width: Int)] = []
        for key in stride(from: 0, to: children.count, by: 2) {
            let name = children[key]
            let value = children[key + 1]
            let isOneLine =
                name.before.hasNewline && !name.after.hasNewline && !value.before.hasNewline && !value.hasInnerNewline
                && !value.after.hasNewline
            // An empty line or a comment begins a new block.
            if !isOneLine || name.before.newlines > 1 {
                pad(block)
                block = []
            }
            if isOneLine {
                block.append((key + 1, name.text.count + name.after.bytes.count + 1 + value.before.bytes.count))
            }
        }
        pad(block)
    }

    private mutating func pad(_ block: [(value: Int, width: Int)]) {
        let widest = block.lazy.map(\.width).max() ?? 0
        for (value, width) in block {
            children[value].before.bytes.append(
                contentsOf: repeatElement(UInt8(ascii: " "), count: widest - width))
        }
    }

    /// Whether the value's children bring newlines; the gap in front of the closing bracket does not count.
    private var hasInnerNewline: Bool {
        children.contains { $0.before.hasNewline || $0.after.hasNewline || $0.hasInnerNewline }
    }

    /// Appends the value with the gaps around it.
    func write(to result: inout [UInt8]) {
        result += before.bytes
        if kind == .scalar {
            result += text
        } else {
            result.append(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
            for index in children.indices {
                children[index].write(to: &result)
                if isKey(index) {
                    result.append(UInt8(ascii: ":"))
                } else if index < children.count - 1 || hasTrailingComma {
                    result.append(UInt8(ascii: ","))
                }
            }
            result += closing.bytes
            result.append(kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        }
        result += after.bytes
    }
}
