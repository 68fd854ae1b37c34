/// Rows of bits, all of the same length, in one block of memory.
///
/// A row begins with a summary: a bit for each of its words that is not 0. Two rows are compared by their summaries
/// first, which mostly leaves a word or two to read.
struct BitRows: Sendable {
    /// Words of the summary, in front of each row.
    let summaryWords: Int
    /// Words of bits in each row, behind the summary.
    let dataWords: Int
    private(set) var words: [UInt64] = []

    init(bits: Int) {
        dataWords = max(1, (bits + 63) / 64)
        summaryWords = (dataWords + 63) / 64
    }

    private var wordsPerRow: Int { summaryWords + dataWords }

    /// How many rows there are.
    var count: Int { words.count / wordsPerRow }

    /// Where a row begins.
    func start(of row: Int) -> Int { row * wordsPerRow }

    /// Adds a row without bits and gives its number.
    mutating func append() -> Int {
        words.append(contentsOf: repeatElement(0, count: wordsPerRow))
        return count - 1
    }

    /// Adds the row of another block of the same length and gives its number.
    mutating func append(_ other: BitRows, _ otherRow: Int) -> Int {
        let start = other.start(of: otherRow)
        words.append(contentsOf: other.words[start..<start + wordsPerRow])
        return count - 1
    }

    mutating func clear(_ bit: Int, in row: Int) {
        let start = start(of: row)
        let word = bit >> 6
        words[start + summaryWords + word] &= ~(1 << UInt64(bit & 63))
        if words[start + summaryWords + word] == 0 { words[start + (word >> 6)] &= ~(1 << UInt64(word & 63)) }
    }

    mutating func set(_ bit: Int, in row: Int) {
        let start = start(of: row)
        let word = bit >> 6
        words[start + (word >> 6)] |= 1 << UInt64(word & 63)
        words[start + summaryWords + word] |= 1 << UInt64(bit & 63)
    }

    /// Sets bits that lie next to each other, word by word.
    mutating func set(_ bits: Range<Int>, in row: Int) {
        let start = start(of: row)
        var rest = bits
        while let (word, mask) = BitRows.nextWord(of: &rest) {
            words[start + (word >> 6)] |= 1 << UInt64(word & 63)
            words[start + summaryWords + word] |= mask
        }
    }

    /// Clears bits that lie next to each other, word by word.
    mutating func clear(_ bits: Range<Int>, in row: Int) {
        let start = start(of: row)
        var rest = bits
        while let (word, mask) = BitRows.nextWord(of: &rest) {
            words[start + summaryWords + word] &= ~mask
            if words[start + summaryWords + word] == 0 { words[start + (word >> 6)] &= ~(1 << UInt64(word & 63)) }
        }
    }

    /// The first word that bits lie in and those of its bits, which are taken away; nil where there are none left.
    private static func nextWord(of bits: inout Range<Int>) -> (word: Int, mask: UInt64)? {
        guard !bits.isEmpty else { return nil }
        let first = bits.lowerBound
        let end = min(bits.upperBound, (first | 63) + 1)
        bits = end..<bits.upperBound
        return (first >> 6, (UInt64.max >> UInt64(64 - (end - first))) << UInt64(first & 63))
    }

    /// Adds the bits of another block's row.
    mutating func formUnion(_ row: Int, with other: BitRows, _ otherRow: Int) {
        let start = start(of: row)
        let otherStart = other.start(of: otherRow)
        for word in 0..<wordsPerRow { words[start + word] |= other.words[otherStart + word] }
    }

    /// Takes away the bits of another block's row.
    mutating func subtract(_ row: Int, _ other: BitRows, _ otherRow: Int) {
        let start = start(of: row)
        let otherStart = other.start(of: otherRow)
        for word in 0..<dataWords {
            let index = start + summaryWords + word
            words[index] &= ~other.words[otherStart + summaryWords + word]
            if words[index] == 0 { words[start + (word >> 6)] &= ~(1 << UInt64(word & 63)) }
        }
    }

    /// The first common bit of a row and a row of another block of the same length that a test accepts.
    func firstCommonBit(_ row: Int, _ other: BitRows, _ otherRow: Int, _ accepts: (Int) -> Bool) -> Int? {
        let leftStart = start(of: row)
        let rightStart = start(of: otherRow)
        let left = words.span
        let right = other.words.span
        for part in 0..<summaryWords {
            var filled = left[leftStart + part] & right[rightStart + part]
            while filled != 0 {
                let word = part * 64 + filled.trailingZeroBitCount
                let index = summaryWords + word
                var common = left[leftStart + index] & right[rightStart + index]
                while common != 0 {
                    let bit = word * 64 + common.trailingZeroBitCount
                    if accepts(bit) { return bit }
                    common &= common - 1
                }
                filled &= filled - 1
            }
        }
        return nil
    }
}
