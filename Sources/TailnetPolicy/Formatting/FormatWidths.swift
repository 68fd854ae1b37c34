/// How many bytes the first and the last line of a part of the text take.
struct FormatWidths {
    var first: Int
    var last: Int
    /// Whether there is more than one line.
    var isMultiline: Bool

    init(first: Int, last: Int, isMultiline: Bool) {
        self.first = first
        self.last = last
        self.isMultiline = isMultiline
    }

    /// The widths of a part on one line.
    init(_ width: Int) {
        self.init(first: width, last: width, isMultiline: false)
    }
}

/// The widths of the lines that parts of the text make together.
struct FormatLines {
    private var first: Int?
    private var last = 0
    private var widestBefore = 0

    mutating func add(_ width: Int) {
        last += width
    }

    mutating func add(_ widths: FormatWidths) {
        last += widths.first
        guard widths.isMultiline else { return }
        first = first ?? last
        widestBefore = max(widestBefore, last)
        last = widths.last
    }

    var widest: Int { max(widestBefore, last) }

    var widths: FormatWidths { FormatWidths(first: first ?? last, last: last, isMultiline: first != nil) }
}
