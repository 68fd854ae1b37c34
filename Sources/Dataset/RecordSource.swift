public import Generation
public import SimTime

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where a delivery's records come from, one slice of time after another.
public protocol RecordSource {
    /// The instant at which the records begin.
    var start: Instant { get }
    /// The next slice; nil at the end.
    mutating func next() async throws(RunError) -> LogChunk?
}
