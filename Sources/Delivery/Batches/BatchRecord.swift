package import SimTime

/// One record of a batch.
package struct BatchRecord: Sendable, Hashable, BitwiseCopyable {
    /// The record's place in what the run delivers of its log, from 0.
    package var ordinal: Int
    /// When the record was logged.
    package var logged: Instant
    /// Where the record begins in the batch's bytes.
    package var offset: UInt32
    /// The record's length without its newline.
    package var length: UInt32

    /// Makes a record.
    package init(ordinal: Int, logged: Instant, offset: UInt32, length: UInt32) {
        self.ordinal = ordinal
        self.logged = logged
        self.offset = offset
        self.length = length
    }

    /// Where the record lies in the batch's bytes, without its newline.
    package var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}
