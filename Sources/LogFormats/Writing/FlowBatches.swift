import CPrefetch
public import TailnetModel

/// Batches whose records are written in an order that goes across all of them.
///
/// It keeps their arrays, so that these stay where they are; nobody else's changes show.
public final class FlowBatches: @unchecked Sendable {
    private let batches: [FlowRecordBatch]
    /// The memory of each batch.
    let sources: UnsafeMutablePointer<FlowSource>

    /// Keeps some batches.
    public init(_ batches: [FlowRecordBatch]) {
        self.batches = batches
        sources = .allocate(capacity: batches.count)
        for (index, batch) in batches.enumerated() {
            (sources + index).initialize(
                to: FlowSource(
                    heads: FlowSource.base(batch.heads), entries: FlowSource.base(batch.entries),
                    peers: FlowSource.base(batch.peers)))
        }
    }

    deinit { sources.deallocate() }

    /// The head of a record.
    public func head(_ place: FlowRecordPlace) -> FlowRecordHead {
        batches[Int(place.batch)].heads[Int(place.record)]
    }
}
