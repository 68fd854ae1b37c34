import Delivery
import Replay
import Testing

/// Latency percentiles.
@Suite("Latency", .timeLimit(.minutes(15))) struct LatencyTests {
    private func event(
        records: Int = 1, due: Duration?, sent: Duration?, settled: Duration, outcome: Outcome = .acknowledged
    ) -> DeliveryEvent {
        let zero = ContinuousClock.now
        return DeliveryEvent(
            sequence: 0, records: records, bytes: 0, due: due.map { zero + $0 }, firstSentAt: sent.map { zero + $0 },
            settledAt: zero + settled, outcome: outcome)
    }

    private let paced = Pace.rate(recordsPerSecond: 100)

    @Test("A paced run is measured from its due instants") func aPacedRunIsMeasuredFromItsDueInstants() {
        let recorder = LatencyRecorder(pace: paced)
        // Sent late: the record waited all the same.
        recorder.record(event(due: .zero, sent: .milliseconds(900), settled: .milliseconds(1_000)))
        #expect(recorder.report.from == .due)
        #expect(recorder.report.p50 == 1_000_000)
    }

    @Test("A flat out run is measured from sending") func aFlatOutRunIsMeasuredFromSending() {
        let recorder = LatencyRecorder(pace: .flatOut)
        recorder.record(event(due: nil, sent: .milliseconds(900), settled: .milliseconds(901)))
        #expect(recorder.report.from == .sent)
        #expect(recorder.report.p50 == 1_000)
    }

    @Test("Records weigh not batches") func recordsWeighNotBatches() {
        let recorder = LatencyRecorder(pace: paced)
        recorder.record(event(records: 989, due: .zero, sent: .zero, settled: .microseconds(100)))
        recorder.record(event(records: 10, due: .zero, sent: .zero, settled: .microseconds(200)))
        recorder.record(event(records: 1, due: .zero, sent: .zero, settled: .microseconds(300)))
        let report = recorder.report
        #expect(report == LatencyReport(from: .due, records: 1_000, p50: 100, p90: 100, p99: 200, p999: 200))
    }

    @Test("Only acknowledged records have a latency") func onlyAcknowledgedRecordsHaveALatency() {
        let recorder = LatencyRecorder(pace: paced)
        recorder.record(event(due: .zero, sent: .zero, settled: .seconds(1), outcome: .refused))
        recorder.record(event(due: .zero, sent: nil, settled: .seconds(1), outcome: .givenUp))
        #expect(recorder.report == LatencyReport(from: .due, records: 0, p50: 0, p90: 0, p99: 0, p999: 0))
    }

    @Test("Percentiles keep three digits and an hour is the longest")
    func percentilesKeepThreeDigitsAndAnHourIsTheLongest() {
        let recorder = LatencyRecorder(pace: paced)
        recorder.record(event(due: .zero, sent: .zero, settled: .microseconds(1_234_567)))
        #expect(abs(recorder.report.p50 - 1_234_567) <= 1_234)
        recorder.record(event(records: 9, due: .zero, sent: .zero, settled: .seconds(86_400)))
        #expect(abs(recorder.report.p90 - 3_600_000_000) <= 3_600_000)
    }
}
