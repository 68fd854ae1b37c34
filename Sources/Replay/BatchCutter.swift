import Generation
import Delivery
import LogFormats
import NIOCore
import SimTime
import TailnetModel

/// Cuts one log into batches that are as large as the limit allows, across the steps in which the log is made.
struct BatchCutter {
    /// A batch to be.
    struct Cut {
        var log: LogKind
        /// When its first record is logged.
        var logged: Instant
        var bytes = ByteBuffer()
        var records: [BatchRecord] = []
    }

    let log: LogKind
    let limit: BatchLimit
    private var open: Cut?
    /// How many records were taken.
    private var ordinal = 0

    /// No record waits longer for company, in simulated time: receivers judge by time, and the logs should stay together.
    static let longestWait = TimeSpan.minutes(5)

    init(log: LogKind, limit: BatchLimit) {
        self.log = log
        self.limit = limit
    }

    /// Takes a chunk's records and gives the batches that are full.
    mutating func take(_ part: LogPart) -> [Cut] {
        var full: [Cut] = []
        var next = 0
        while next < part.records.count {
            var cut = open ?? Cut(log: log, logged: part.records[next].logged)
            // Taken out, so that the buffers have one owner and grow in place.
            open = nil
            let first = next
            var size = 0
            while next < part.records.count {
                let record = part.records[next]
                let length = Int(record.length) - 1
                guard
                    limit.admits(
                        length: length, count: cut.records.count, size: cut.bytes.readableBytes + size,
                        after: record.logged - cut.logged)
                else { break }
                cut.records.append(
                    BatchRecord(
                        ordinal: ordinal, logged: record.logged,
                        offset: UInt32(cut.bytes.readableBytes + size), length: UInt32(length)))
                ordinal += 1
                size += length + 1
                next += 1
            }
            if size > 0 {
                let begin = Int(part.records[first].offset)
                cut.bytes.writeBytes(part.bytes[begin..<begin + size])
            }
            if next < part.records.count { full.append(cut) } else { open = cut }
        }
        return full
    }

    /// The open batch, if its first record has waited long enough at `instant`.
    mutating func flush(before instant: Instant) -> [Cut] {
        guard let cut = open, instant - cut.logged >= BatchCutter.longestWait || limit.span != nil else { return [] }
        return flush()
    }

    /// The open batch, whatever its size.
    mutating func flush() -> [Cut] {
        defer { open = nil }
        return open.map { [$0] } ?? []
    }
}
