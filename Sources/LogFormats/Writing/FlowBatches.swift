public import TailnetModel

/// Batches whose records are written in an order that goes across all of them.
public struct FlowBatches: Sendable {
    private let batches: [FlowRecordBatch]

    /// Takes some batches.
    public init(_ batches: [FlowRecordBatch]) {
        self.batches = batches
    }

    /// The head of a record.
    public func head(_ place: FlowRecordPlace) -> FlowRecordHead {
        batches[Int(place.batch)].heads[Int(place.record)]
    }

    /// Calls `body` with the memory of all batches, each at its place; it is not to be kept.
    func withSources(_ body: ([FlowSource]) -> Void) {
        var sources: [FlowSource] = []
        sources.reserveCapacity(batches.count)
        addSources(to: &sources, body)
    }

    /// Adds the memory of the batches that are not among the sources yet: each stays where it is until `body` is over.
    private func addSources(to sources: inout [FlowSource], _ body: ([FlowSource]) -> Void) {
        guard sources.count < batches.count else { return body(sources) }
        let batch = batches[sources.count]
        unsafe batch.heads.withUnsafeBufferPointer { heads in
            unsafe batch.entries.withUnsafeBufferPointer { entries in
                unsafe batch.peers.withUnsafeBufferPointer { peers in
                    unsafe sources.append(FlowSource(heads: heads, entries: entries, peers: peers))
                    addSources(to: &sources, body)
                }
            }
        }
    }
}
