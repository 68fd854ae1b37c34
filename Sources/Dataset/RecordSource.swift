public import Generation
public import SimTime

/// Where a delivery's records come from, one chunk of time after another.
public protocol RecordSource {
    /// What the records are of, in short; it names a delivery's batches.
    var name: String { get }
    /// The instant at which the records begin.
    var start: Instant { get }
    /// The next chunk; nil at the end.
    mutating func next() async throws(RunError) -> LogChunk?
}
