public import ByteText

/// Lays out a policy file anew and keeps its comments.
///
/// What stood on one line stays on one line; anything else gets a line for each element, indented by tabs. One empty
/// line between elements survives. Lists over several lines end with a comma, unless the file is plain JSON.
public enum PolicyFormatter {
    /// The text in its new layout, with a newline at its end.
    ///
    /// - Parameter text: A policy file; it may be wrong as a policy, but must be HuJSON.
    public static func format(_ text: String) throws(JSONSyntaxError) -> String {
        let bytes = Array(text.utf8)
        _ = try JSONValue.parse(bytes, syntax: .hujson)
        var printer = PolicyPrinter(try PolicyItem.items(of: bytes))
        return printer.print()
    }
}

/// Writes the items in the new layout.
private struct PolicyPrinter {
    private let items: [PolicyItem]
    /// For each opening bracket, whether its elements get lines of their own.
    private let isSpread: [Bool]
    /// Whether the file has comments or commas at the end of lists, so that more of these do no harm.
    private let isHuman: Bool
    private var text = ""
    private var open: [Bool] = []
    private var gap = Gap.none

    /// What is due before the next item.
    private enum Gap {
        case none
        case space
        case line
    }

    init(_ items: [PolicyItem]) {
        self.items = items
        var isSpread = [Bool](repeating: false, count: items.count)
        var stack: [Int] = []
        var isHuman = false
        for (index, item) in items.enumerated() {
            if item.breaksBefore > 0 || item.text.utf8.contains(0x0A) { for outer in stack { isSpread[outer] = true } }
            switch item.kind {
            case .open: stack.append(index)
            case .close:
                stack.removeLast()
                let before = items[..<index].last { !$0.kind.isComment }
                if before?.kind == .comma { isHuman = true }
            case .lineComment, .blockComment: isHuman = true
            case .comma, .colon, .scalar: break
            }
        }
        self.isSpread = isSpread
        self.isHuman = isHuman
    }

    mutating func print() -> String {
        for index in items.indices { put(index) }
        return text + "\n"
    }

    private mutating func put(_ index: Int) {
        let item = items[index]
        switch item.kind {
        case .comma:
            return
        case .colon:
            if gap == .line { newLine() }
            text += ":"
            gap = .space
        case .lineComment, .blockComment:
            putComment(item, index)
        case .scalar:
            putGap(item)
            text += item.text
            finishValue(index)
        case .open:
            putGap(item)
            text += item.text
            open.append(isSpread[index])
            gap = isSpread[index] && !isEmpty(index) ? .line : .none
        case .close:
            let spread = open.removeLast()
            if gap == .line && spread {
                newLine()
            } else if gap == .space && endsWithComment(index) {
                text += " "
            }
            gap = .none
            text += item.text
            finishValue(index)
        }
    }

    private mutating func putComment(_ item: PolicyItem, _ index: Int) {
        if item.breaksBefore == 0 && index > 0 {
            // It belongs to what stands before it on its line.
            if !text.hasSuffix("\n") && !text.hasSuffix("\t") { text += " " }
        } else {
            gap = index > 0 ? .line : .none
            putGap(item)
        }
        text += item.text
        let breaks = item.kind == .lineComment || (index + 1 < items.count && items[index + 1].breaksBefore > 0)
        gap = breaks || gap == .line ? .line : .space
    }

    /// Writes the comma that follows a value, if one does.
    private mutating func finishValue(_ index: Int) {
        gap = .none
        guard let spread = open.last else { return }
        let following = items[(index + 1)...].lazy.filter { !$0.kind.isComment }.prefix(2).map(\.kind)
        if following.first == .colon { return }
        let isLast = following.first == .close || Array(following) == [.comma, .close]
        if isLast {
            if spread && isHuman { text += "," }
        } else {
            text += ","
        }
        gap = spread ? .line : isLast ? .none : .space
    }

    private mutating func putGap(_ item: PolicyItem) {
        switch gap {
        case .none: break
        case .space: text += " "
        case .line:
            let isFirst = text.hasSuffix("{") || text.hasSuffix("[")
            if item.breaksBefore > 1 && !isFirst { text += "\n" }
            newLine()
        }
        gap = .none
    }

    private mutating func newLine() {
        text += "\n" + String(repeating: "\t", count: open.count)
    }

    private func isEmpty(_ index: Int) -> Bool {
        items[index + 1].kind == .close
    }

    private func endsWithComment(_ index: Int) -> Bool {
        items[index - 1].kind.isComment
    }
}
