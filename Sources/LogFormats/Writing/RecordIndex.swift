import ByteText
import SimTime

/// Notes where records end while they are written.
///
/// The address is compared with the cursor's and never read.
@safe
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
        let length = unsafe begin.map { unsafe cursor.pointer - $0 } ?? 0
        records.append(
            EncodedRecord(
                logged: logged, offset: UInt32(truncatingIfNeeded: offset),
                length: UInt32(truncatingIfNeeded: length)))
        offset += length
        unsafe begin = cursor.pointer
    }
}
