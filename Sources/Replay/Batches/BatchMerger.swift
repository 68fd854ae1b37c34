package import Delivery
package import Generation
import LogFormats
import SimTime
package import TailnetModel

/// Cuts the logs of a run into batches and gives these in one order, in which they are numbered, due and sent.
///
/// Batches come in the order in which they close. That follows from the records and the limits alone, so that a run makes
/// the same requests with any number of threads and from pieces of any size; and no batch waits for the other log.
package struct BatchMerger {
    private var cutters: [BatchCutter]
    /// Batches that closed no earlier than records still to come were logged.
    private var waiting: [CutBatch] = []

    /// Makes a merger of some logs, each with the limit of its batches.
    package init(_ logs: [(log: LogKind, limit: BatchLimit)]) {
        cutters = logs.map { BatchCutter(log: $0.log, limit: $0.limit) }
    }

    /// Takes what comes next, and gives the batches that nothing can come before any more.
    package mutating func take(_ chunk: LogChunk) -> [CutBatch] {
        for part in chunk.parts {
            guard let place = cutters.firstIndex(where: { $0.log == part.log }) else { continue }
            cutters[place].take(part, into: &waiting)
        }
        for place in cutters.indices { cutters[place].close(before: chunk.window.end, into: &waiting) }
        let ready = waiting.filter { $0.closed < chunk.window.end }
        waiting.removeAll { $0.closed < chunk.window.end }
        return BatchMerger.ordered(ready)
    }

    /// The batches that are left at the end.
    package mutating func finish() -> [CutBatch] {
        for place in cutters.indices { cutters[place].finish(into: &waiting) }
        defer { waiting = [] }
        return BatchMerger.ordered(waiting)
    }

    private static func ordered(_ cuts: [CutBatch]) -> [CutBatch] {
        cuts.sorted { left, right in
            (left.closed, left.log.rawValue, left.records[0].ordinal)
                < (right.closed, right.log.rawValue, right.records[0].ordinal)
        }
    }
}
