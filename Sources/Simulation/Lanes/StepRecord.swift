public import TailnetModel

/// A record that is logged in a step, with what its order follows from.
public struct StepRecord: BitwiseCopyable, Sendable {
    /// Nanoseconds between the step's beginning and `logged`.
    public var offset: UInt64
    public var place: FlowRecordPlace

    /// Makes a record of a step.
    public init(offset: UInt64, place: FlowRecordPlace) {
        self.offset = offset
        self.place = place
    }
}
