import TailnetModel

/// The memory that the records of one batch are written from, for as long as `FlowBatches.withSources` lends it.
struct FlowSource {
    let heads: UnsafeBufferPointer<FlowRecordHead>
    let entries: UnsafeBufferPointer<FlowEntry>
    let peers: UnsafeBufferPointer<UInt32>
}
