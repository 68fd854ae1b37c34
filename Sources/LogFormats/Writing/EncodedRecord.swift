public import SimTime

/// Where one record lies in a block of text, and when it was logged.
public struct EncodedRecord: Hashable, Sendable, BitwiseCopyable {
    /// When the log service took the record.
    public var logged: Instant
    /// Where the record begins in the block.
    public var offset: UInt32
    /// The record's length with the newline behind it.
    public var length: UInt32

    /// Where the record lies, without its newline.
    @inlinable public var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) - 1 }
    /// Where the record lies, with its newline.
    @inlinable public var lineRange: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}
