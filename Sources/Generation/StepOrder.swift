import Simulation
import TailnetModel

/// Brings the records of a step into the order of the log, with memory that is used again.
struct StepOrder {
    private var spare: [StepRecord] = []
    private var counts = [UInt32](repeating: 0, count: 1 << StepOrder.digitBits)

    /// Bits that one pass sorts by: three passes for steps of 15 seconds.
    private static let digitBits = 12
    /// Fewer records are not worth the passes.
    private static let fewest = 256

    /// Sorts records by time; where times are equal, by `precedes`.
    ///
    /// - Parameter length: the step's length in nanoseconds; all offsets are below it.
    mutating func sort(
        _ records: inout [StepRecord], length: UInt64, tiesBy precedes: (FlowRecordPlace, FlowRecordPlace) -> Bool
    ) {
        if records.count < StepOrder.fewest {
            records.sort { $0.offset < $1.offset }
        } else {
            spare.removeAll(keepingCapacity: true)
            spare.append(contentsOf: records)
            var shift = 0
            while length >> UInt64(shift) > 0 {
                pass(&records, shift: UInt64(shift))
                shift += StepOrder.digitBits
            }
        }
        sortTies(&records, precedes)
    }

    /// One stable pass of a radix sort, from `records` by way of `spare` back to `records`.
    private mutating func pass(_ records: inout [StepRecord], shift: UInt64) {
        let mask = UInt64(counts.count - 1)
        for digit in counts.indices { counts[digit] = 0 }
        for record in records { counts[Int((record.offset >> shift) & mask)] += 1 }
        var sum: UInt32 = 0
        for digit in counts.indices {
            let count = counts[digit]
            counts[digit] = sum
            sum += count
        }
        for record in records {
            let digit = Int((record.offset >> shift) & mask)
            spare[Int(counts[digit])] = record
            counts[digit] += 1
        }
        swap(&records, &spare)
    }

    private func sortTies(
        _ records: inout [StepRecord], _ precedes: (FlowRecordPlace, FlowRecordPlace) -> Bool
    ) {
        var first = 0
        while first < records.count {
            var end = first + 1
            while end < records.count, records[end].offset == records[first].offset { end += 1 }
            if end - first > 1 { records[first..<end].sort { precedes($0.place, $1.place) } }
            first = end
        }
    }
}
