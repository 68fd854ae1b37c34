public import Delivery
import Histogram
import Synchronization

/// Collects the latencies of acknowledged records, to a microsecond, from any task.
public final class LatencyRecorder: Sendable {
    /// Longer latencies count as this one: an hour.
    private static let longest: UInt64 = 3_600_000_000

    private let from: LatencyOrigin
    private let histogram = Mutex(
        Histogram<UInt64>(highestTrackableValue: longest, numberOfSignificantValueDigits: .three))

    /// Makes a recorder for a run at `pace`: a paced run is measured from its due instants.
    public init(pace: Pace) {
        from = pace == .flatOut ? .sent : .due
    }

    /// Notes how long the records of an acknowledged batch took; other batches have no latency.
    public func record(_ event: DeliveryEvent) {
        guard event.outcome == .acknowledged, let start = from == .due ? event.due : event.firstSentAt else { return }
        let duration = max(.zero, start.duration(to: event.settledAt)).components
        let microseconds = UInt64(duration.seconds) * 1_000_000 + UInt64(duration.attoseconds / 1_000_000_000_000)
        histogram.withLock {
            _ = $0.record(min(microseconds, LatencyRecorder.longest), count: UInt64(event.records))
        }
    }

    /// The percentiles of what was recorded so far.
    public var report: LatencyReport {
        histogram.withLock { histogram in
            func value(_ percentile: Double) -> Int { Int(histogram.valueAtPercentile(percentile)) }
            return LatencyReport(
                from: from, records: Int(histogram.totalCount), p50: value(50), p90: value(90), p99: value(99),
                p999: value(99.9))
        }
    }
}
