import ByteText
public import SimTime

/// Where one record lies in a block of text, and what else its receiver's frame and the account need of it.
public struct EncodedRecord: Hashable, Sendable, BitwiseCopyable {
    /// When the log service took the record.
    public var logged: Instant
    /// Where the record begins in the block.
    public var offset: UInt32
    /// The record's length with the newline behind it.
    public var length: UInt32
    /// Index of the reporting node; 0 for audit records.
    public var node: UInt32
    /// Index of the record in the batch that it was written from.
    public var recordIndex: UInt32

    /// Where the record lies, without its newline.
    @inlinable public var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) - 1 }
    /// Where the record lies, with its newline.
    @inlinable public var lineRange: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

/// Records as text, one after the other in one block, with an index.
///
/// A plain value: it may be handed from one thread to another, and `removeAll` keeps its memory for the next batch.
public struct EncodedRecords: Sendable {
    /// The memory of the text: only the first `byteCount` bytes are text, the rest is room.
    public private(set) var block: [UInt8] = []
    /// How many bytes of the block are text.
    public private(set) var byteCount = 0
    /// The records in the order in which they were written.
    public private(set) var records: [EncodedRecord] = []

    /// The longest block: offsets have 32 bits.
    public static let largestBlock = Int(UInt32.max)

    /// Makes an empty block with room for that many bytes.
    public init(byteCapacity: Int = 0) {
        if byteCapacity > 0 { grow(to: byteCapacity) }
    }

    /// Forgets the records and keeps the memory.
    public mutating func removeAll() {
        byteCount = 0
        records.removeAll(keepingCapacity: true)
    }

    /// Calls `body` with the bytes of a stretch of the text.
    public func withBytes<Result>(
        in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        precondition(range.upperBound <= byteCount, "the block's text is shorter")
        return try block.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Calls `body` with the bytes of all the text.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withBytes(in: 0..<byteCount, body)
    }

    /// Appends a record: what `write` puts at a cursor, at most `bound` bytes, its newline included.
    ///
    /// This is the one bounds check of a record.
    @inline(__always)
    mutating func append(
        atMost bound: Int, logged: Instant, node: UInt32, recordIndex: UInt32,
        _ write: (inout ByteCursor) -> Void
    ) {
        if block.count - byteCount < bound + TextSlot.overhang { grow(by: bound + TextSlot.overhang) }
        let begin = byteCount
        let length = block.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var cursor = ByteCursor(base + begin)
            write(&cursor)
            return cursor.pointer - (base + begin)
        }
        byteCount = begin + length
        records.append(
            EncodedRecord(
                logged: logged, offset: UInt32(truncatingIfNeeded: begin), length: UInt32(truncatingIfNeeded: length),
                node: node, recordIndex: recordIndex))
    }

    /// Makes room for `more` bytes behind the text, at least doubling the block.
    @inline(never)
    private mutating func grow(by more: Int) {
        precondition(byteCount + more <= EncodedRecords.largestBlock, "a block of records holds less than 4 GiB")
        grow(to: min(max(byteCount + more, 2 * block.count, 1 << 16), EncodedRecords.largestBlock))
    }

    private mutating func grow(to size: Int) {
        block.append(contentsOf: repeatElement(0, count: size - block.count))
    }
}
