import LogFormats
public import Generation
import KeyedRandom
public import Dataset
public import SimTime
import TailnetModel

/// Records as a bad pipeline lets them through: some late, some twice, some never, some out of order.
///
/// What becomes of a record depends on its log, its place in it and the seed alone, not on threads or connections. Each
/// record's `logged` becomes the instant at which it is let go, by which a paced delivery sends it; its text stays. What is
/// held back within the delay is held in memory.
public struct ImpairedRecords<Source: RecordSource>: RecordSource {
    /// A record that waits for its time.
    private struct Held {
        var release: Instant
        /// The record's place in its log; a duplicate has that of its original.
        var ordinal: Int
        var text: [UInt8]
    }

    private struct Lane {
        var log: LogKind
        var key: RandomKey
        var next = 0
        var held: [Held] = []
        /// The greatest ordinal that was let go.
        var last = -1
    }

    private var source: Source
    private let impairment: Impairment
    private let tally: ImpairmentTally
    private var lanes: [Lane] = []
    private var isAtEnd = false

    /// Impairs the records of a source.
    ///
    /// - Parameter tally: where what was done is counted.
    public init(_ source: Source, impairment: Impairment, tally: ImpairmentTally) {
        self.source = source
        self.impairment = impairment
        self.tally = tally
    }

    public var name: String { "\(source.name), impaired" }

    public var start: Instant { source.start }

    public mutating func next() async throws(RunError) -> LogChunk? {
        if !isAtEnd {
            if let chunk = try await source.next() {
                for part in chunk.parts { take(part) }
                return release(before: chunk.window)
            }
            isAtEnd = true
        }
        // What is still on its way when the source has ended arrives as well, minute by minute.
        guard let first = lanes.compactMap({ $0.held.map(\.release).min() }).min() else { return nil }
        return release(before: TimeWindow(start: first, end: first + .minutes(1)))
    }

    private mutating func take(_ part: LogPart) {
        let place = lanes.firstIndex { $0.log == part.log } ?? lanes.count
        if place == lanes.count {
            let key = RandomKey(seed: impairment.seed).key("impairment").key(part.log.rawValue)
            lanes.append(Lane(log: part.log, key: key))
        }
        var counts = Impairment.Counts()
        for record in part.records {
            let ordinal = lanes[place].next
            lanes[place].next += 1
            counts.produced += 1
            let key = lanes[place].key.key(UInt64(ordinal))
            if key.draw(0, below: 1_000_000) < UInt64(impairment.loss) {
                counts.dropped += 1
                continue
            }
            let copies = key.draw(1, below: 1_000_000) < UInt64(impairment.duplicate) ? 2 : 1
            counts.duplicated += copies - 1
            let text = Array(part.bytes[record.range])
            for copy in 0..<copies {
                var late = impairment.delay
                if impairment.reorder > .zero {
                    let draw = key.draw(UInt64(2 + copy), below: UInt64(impairment.reorder.nanoseconds))
                    late = late + .nanoseconds(Int64(draw))
                }
                if late > .zero { counts.delayed += 1 }
                lanes[place].held.append(Held(release: record.logged + late, ordinal: ordinal, text: text))
            }
        }
        tally.add(counts)
    }

    /// Lets go what is due before the end of a window.
    private mutating func release(before window: TimeWindow) -> LogChunk {
        var parts: [LogPart] = []
        var counts = Impairment.Counts()
        for place in lanes.indices {
            // Duplicates of one instant stand behind their originals, and equal instants in the log's order.
            let order = lanes[place].held.indices.sorted { left, right in
                let (a, b) = (lanes[place].held[left], lanes[place].held[right])
                return (a.release, a.ordinal, left) < (b.release, b.ordinal, right)
            }
            var part = LogPart(log: lanes[place].log)
            var rest: [Held] = []
            for index in order {
                let held = lanes[place].held[index]
                guard held.release < window.end else {
                    rest.append(held)
                    continue
                }
                part.text.append(logged: held.release, text: held.text)
                if held.ordinal < lanes[place].last { counts.reordered += 1 }
                lanes[place].last = max(lanes[place].last, held.ordinal)
            }
            lanes[place].held = rest
            parts.append(part)
        }
        tally.add(counts)
        return LogChunk(window: window, parts: parts)
    }
}
