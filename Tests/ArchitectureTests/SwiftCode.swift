/// Swift source without what is not code.
enum SwiftCode {
    /// The text with every comment and every content of a string literal left out; interpolated code stays, and so do
    /// all line feeds.
    static func stripped(_ text: String) -> String {
        var scanner = Scanner(Array(text.utf8))
        scanner.code(until: nil)
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private struct Scanner {
        private let input: [UInt8]
        private var index = 0
        var output: [UInt8] = []

        init(_ input: [UInt8]) {
            self.input = input
            output.reserveCapacity(input.count)
        }

        private func starts(with word: StaticString) -> Bool {
            let count = word.utf8CodeUnitCount
            guard index + count <= input.count else { return false }
            return (0..<count).allSatisfy { input[index + $0] == word.utf8Start[$0] }
        }

        /// Copies code up to the closing parenthesis of an interpolation, or up to the end.
        mutating func code(until end: UInt8?) {
            var depth = 0
            while index < input.count {
                let byte = input[index]
                if starts(with: "//") {
                    while index < input.count, input[index] != UInt8(ascii: "\n") { index += 1 }
                    continue
                }
                if starts(with: "/*") {
                    comment()
                    continue
                }
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "#"), literal() { continue }
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if depth == 0, end != nil { return }
                    depth -= 1
                }
                output.append(byte)
                index += 1
            }
        }

        private mutating func comment() {
            var depth = 0
            while index < input.count {
                if starts(with: "/*") {
                    depth += 1
                    index += 2
                } else if starts(with: "*/") {
                    depth -= 1
                    index += 2
                    if depth == 0 { return }
                } else {
                    if input[index] == UInt8(ascii: "\n") { output.append(input[index]) }
                    index += 1
                }
            }
        }

        /// Reads a string literal with any number of `#`; false if there is none here.
        private mutating func literal() -> Bool {
            var pounds = 0
            while index + pounds < input.count, input[index + pounds] == UInt8(ascii: "#") { pounds += 1 }
            guard index + pounds < input.count, input[index + pounds] == UInt8(ascii: "\"") else { return false }
            index += pounds
            let quotes = starts(with: "\"\"\"") ? 3 : 1
            index += quotes
            output.append(UInt8(ascii: "\""))
            while index < input.count {
                let byte = input[index]
                if byte == UInt8(ascii: "\\"), repeats(UInt8(ascii: "#"), pounds, at: index + 1) {
                    index += 1 + pounds
                    guard index < input.count else { break }
                    if input[index] == UInt8(ascii: "(") {
                        output.append(input[index])
                        index += 1
                        code(until: UInt8(ascii: ")"))
                        output.append(UInt8(ascii: ")"))
                    } else if input[index] == UInt8(ascii: "\n") {
                        output.append(input[index])
                    }
                    index += 1
                    continue
                }
                if repeats(UInt8(ascii: "\""), quotes, at: index),
                    repeats(UInt8(ascii: "#"), pounds, at: index + quotes)
                {
                    index += quotes + pounds
                    break
                }
                if byte == UInt8(ascii: "\n") { output.append(byte) }
                index += 1
            }
            output.append(UInt8(ascii: "\""))
            return true
        }

        private func repeats(_ byte: UInt8, _ count: Int, at start: Int) -> Bool {
            start + count <= input.count && (start..<start + count).allSatisfy { input[$0] == byte }
        }
    }
}
