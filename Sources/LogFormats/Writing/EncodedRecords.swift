import ByteText
public import SimTime

/// Records as text, one after the other in one block, with an index.
///
/// A plain value: it may be handed from one thread to another, and `removeAll` keeps its memory for the next batch
/// unless someone still holds a copy.
public struct EncodedRecords: Sendable {
    /// The text of all records, each with a newline behind it.
    public private(set) var bytes: [UInt8] = []
    /// The records in the order in which they were written.
    public private(set) var records: [EncodedRecord] = []

    /// The longest block: offsets have 32 bits.
    public static let largestBlock = Int(UInt32.max)

    /// Makes an empty block with space for that many bytes.
    public init(byteCapacity: Int = 0) {
        bytes.reserveCapacity(byteCapacity)
    }

    /// Forgets the records and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
    }

    /// Appends a record that is text already; the newline is added.
    public mutating func append(logged: Instant, text: [UInt8]) {
        precondition(bytes.count + text.count < EncodedRecords.largestBlock, "a block holds less than 4 GiB")
        records.append(
            EncodedRecord(logged: logged, offset: UInt32(bytes.count), length: UInt32(text.count + 1)))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Puts some text into the last record, so many bytes before its end; the newline does not count.
    public mutating func insertIntoLast(_ text: [UInt8], beforeEnd count: Int) {
        guard let last = records.last else { return }
        bytes.insert(contentsOf: text, at: last.range.upperBound - count)
        records[records.count - 1].length += UInt32(text.count)
    }

    /// Appends a record: what `write` puts at a cursor, at most `bound` bytes, its newline included.
    mutating func append(atMost bound: Int, logged: Instant, _ write: (inout ByteCursor) -> Void) {
        appendAll(atMost: bound) { cursor, index in
            write(&cursor)
            index.add(logged: logged, endingAt: cursor)
        }
    }

    /// Appends records: what `write` puts at a cursor, at most `bound` bytes, newlines included; it notes each record's
    /// end in the index.
    ///
    /// This is the one bounds check of all of them.
    @inline(__always)
    mutating func appendAll(atMost bound: Int, _ write: (inout ByteCursor, inout RecordIndex) -> Void) {
        let used = bytes.count
        precondition(used + bound <= EncodedRecords.largestBlock, "a block of records holds less than 4 GiB")
        // Moved out and back, so that it stays the only owner of its memory.
        var index = RecordIndex(records: records, offset: used)
        records = []
        bytes.append(addingCapacity: bound + TextSlot.overhang) { space in
            unsafe space.withUnsafeMutableBufferPointer { buffer, count in
                guard let base = buffer.baseAddress else { return }
                var cursor = unsafe ByteCursor(base + count)
                unsafe index.begin = cursor.pointer
                write(&cursor, &index)
                // No more than `bound` bytes were put, so this many are the array's.
                count = unsafe cursor.pointer - base
            }
        }
        records = index.records
    }
}
