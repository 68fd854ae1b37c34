import Delivery
import Generation
import LogFormats
import NIOCore
import SimTime
import TailnetModel

/// Cuts one log into batches that are as large as the limit allows.
///
/// Where a batch ends depends on the records and the limit alone: not on the pieces in which the records come, nor on
/// who makes them.
struct BatchCutter {
    let log: LogKind
    private let limit: BatchLimit
    /// The most simulated time between a batch's first record and its last.
    private let span: TimeSpan
    private var open: CutBatch?
    /// How many records were taken.
    private var ordinal = 0
    /// When the last full batch closed: batches of a log close in their order, also where records are out of theirs.
    private var lastClosed = Instant(nanoseconds: .min)

    /// The longest span where the limit sets none: receivers judge by time, and the logs should stay together.
    static let longestSpan = TimeSpan.minutes(5)

    init(log: LogKind, limit: BatchLimit) {
        self.log = log
        self.limit = limit
        span = min(limit.span ?? BatchCutter.longestSpan, BatchCutter.longestSpan)
    }

    /// Takes records, and appends the batches that they complete.
    mutating func take(_ part: LogPart, into cuts: inout [CutBatch]) {
        var next = 0
        while next < part.records.count {
            let logged = part.records[next].logged
            var cut = open ?? CutBatch(log: log, logged: logged, closed: logged + span)
            // Taken out, so that the buffers have one owner and grow in place.
            open = nil
            let first = next
            var size = 0
            while next < part.records.count {
                let record = part.records[next]
                let length = Int(record.length) - 1
                let held = cut.bytes.readableBytes + size
                guard record.logged <= cut.closed,
                    limit.admits(length: length, count: cut.records.count, size: held)
                else { break }
                cut.records.append(
                    BatchRecord(
                        ordinal: ordinal, logged: record.logged, offset: UInt32(held), length: UInt32(length)))
                ordinal += 1
                size += length + 1
                next += 1
            }
            if size > 0 {
                let begin = Int(part.records[first].offset)
                cut.bytes.writeBytes(part.bytes[begin..<begin + size])
            }
            guard next < part.records.count else {
                open = cut
                return
            }
            // Full, or too old for the record that comes next.
            cut.closed = min(cut.closed, part.records[next].logged)
            close(cut, into: &cuts)
        }
    }

    /// Appends the open batch if no record from `instant` on could join it.
    mutating func close(before instant: Instant, into cuts: inout [CutBatch]) {
        guard let cut = open, cut.closed < instant else { return }
        finish(into: &cuts)
    }

    /// Appends the open batch, whatever its size.
    mutating func finish(into cuts: inout [CutBatch]) {
        guard let cut = open else { return }
        open = nil
        close(cut, into: &cuts)
    }

    private mutating func close(_ cut: CutBatch, into cuts: inout [CutBatch]) {
        var cut = cut
        cut.closed = max(cut.closed, lastClosed)
        lastClosed = cut.closed
        cuts.append(cut)
    }
}
