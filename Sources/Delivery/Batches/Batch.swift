package import NIOCore

/// Whole records of one log, the unit that is sent, answered and accounted for at once.
public struct Batch: Sendable {
    /// What names the batch; a part of a batch has the name of the whole.
    package var identity: BatchIdentity
    /// The records, in the log's order.
    package var records: [BatchRecord]
    /// The records' text, each followed by one newline.
    package var bytes: ByteBuffer
    /// The batch's number in the order of submission; it comes back in `DeliveryEvent`.
    package var sequence: Int
    /// When the batch is to be sent; nil sends it as soon as a connection is free.
    package var due: ContinuousClock.Instant?

    /// How many records the batch holds.
    package var count: Int { records.count }

    /// Makes a batch; the records' lengths and one newline for each must add up to the bytes.
    package init(
        identity: BatchIdentity, records: [BatchRecord], bytes: ByteBuffer, sequence: Int,
        due: ContinuousClock.Instant? = nil
    ) {
        precondition(
            records.reduce(0) { $0 + Int($1.length) + 1 } == bytes.readableBytes,
            "the records of a batch must add up to its bytes")
        self.identity = identity
        self.records = records
        self.bytes = bytes
        self.sequence = sequence
        self.due = due
    }

    /// The part of the batch that holds the records at some places, in their order.
    package func part(_ places: [Int]) -> Batch {
        var part = self
        part.records = []
        part.bytes = ByteBuffer()
        let view = bytes.readableBytesView
        for place in places {
            var record = records[place]
            let start = view.startIndex + Int(record.offset)
            record.offset = UInt32(part.bytes.readableBytes)
            part.bytes.writeBytes(view[start..<start + Int(record.length) + 1])
            part.records.append(record)
        }
        return part
    }
}
