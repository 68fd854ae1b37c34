import ByteText

/// Quotes rules of a policy file, with the numbers of their lines.
struct PolicyQuotation {
    /// The file's name.
    private let file: String
    private let bytes: [UInt8]
    private let root: JSONValue?
    private let textLines: [Substring]

    init(file: String, text: String) {
        self.file = file
        bytes = ByteOrderMark.dropped(from: text)
        root = try? JSONValue.parse(bytes, syntax: .hujson)
        textLines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The lines of the entry with an index in a section; it begins on `line`.
    func lines(of section: String, at index: Int, line: Int) -> [String] {
        let value = root?.object?.first { $0.key.foldedKey == section }?.value.array
        guard let value, value.indices.contains(index) else { return [] }
        let last = TextPosition(offset: value[index].range.upperBound, in: bytes).line
        let quoted = textLines.prefix(last).dropFirst(line - 1)
        let indent = quoted.map { $0.prefix { $0 == " " || $0 == "\t" }.count }.min() ?? 0
        return quoted.enumerated().map {
            "  \(file):\(line + $0.offset): \($0.element.dropFirst(indent).trimmingCarriageReturn)"
        }
    }
}

extension Substring {
    /// The line without the first half of a line break of Windows.
    fileprivate var trimmingCarriageReturn: Substring { hasSuffix("\r") ? dropLast() : self }
}
