/// Where a record is: in which batch, and at which place.
public struct FlowRecordPlace: Hashable, Sendable, BitwiseCopyable {
    public var batch: UInt32
    public var record: UInt32

    /// Makes a place.
    @inlinable
    public init(batch: UInt32, record: UInt32) {
        self.batch = batch
        self.record = record
    }
}
