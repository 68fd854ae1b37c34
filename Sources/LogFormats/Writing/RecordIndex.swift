import ByteText
import SimTime

/// Notes where records end while they are written.
struct RecordIndex {
    var records: [EncodedRecord]
    /// Where the next record begins, in the block and in memory.
    var offset: Int
    var begin: UnsafeMutablePointer<UInt8>?

    init(records: [EncodedRecord], offset: Int) {
        self.records = records
        self.offset = offset
    }

    /// Notes that a record ends where the cursor is.
    @inline(__always)
    mutating func add(logged: Instant, endingAt cursor: ByteCursor) {
        let length = cursor.pointer - begin.unsafelyUnwrapped
        records.append(
            EncodedRecord(
                logged: logged, offset: UInt32(truncatingIfNeeded: offset),
                length: UInt32(truncatingIfNeeded: length)))
        offset += length
        begin = cursor.pointer
    }
}
