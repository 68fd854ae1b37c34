import Histogram

/// Percentiles of a run's latencies, in microseconds.
public struct LatencyReport: Sendable, Hashable {
    /// From when latency was measured.
    public var from: LatencyOrigin
    /// How many records were measured.
    public var records: Int
    /// The latency that half of the records stay within.
    public var p50: Int
    /// The latency that 90 % of the records stay within.
    public var p90: Int
    /// The latency that 99 % of the records stay within.
    public var p99: Int
    /// The latency that 99.9 % of the records stay within.
    public var p999: Int

    /// Makes a report.
    public init(from: LatencyOrigin, records: Int, p50: Int, p90: Int, p99: Int, p999: Int) {
        self.from = from
        self.records = records
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.p999 = p999
    }
}
