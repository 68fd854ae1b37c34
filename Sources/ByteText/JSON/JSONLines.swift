/// Reads a text with one JSON value a line; blank lines are passed over.
package struct JSONLines: Sequence, IteratorProtocol {
    /// One line.
    package struct Line {
        /// Counted from 1.
        package var number: Int
        /// The line's value, or what is wrong with the line.
        package var result: Result<JSONValue, JSONSyntaxError>
    }

    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var lines = TextLines()

    /// Begins at the first line of a text in UTF-8.
    ///
    /// - Parameter maximumDepth: How many levels of arrays and objects a line may have.
    package init(_ bytes: [UInt8], maximumDepth: Int = JSONScanner.maximumDepth) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    package mutating func next() -> Line? {
        let bytes = bytes
        let text = bytes.span
        while let line = lines.next(in: text) {
            if line.isBlank { continue }
            do throws(JSONSyntaxError) {
                let value = try JSONValue.parse(text.extracting(line.content), maximumDepth: maximumDepth)
                return Line(number: line.number, result: .success(value))
            } catch {
                return Line(number: line.number, result: .failure(error))
            }
        }
        return nil
    }
}
