import Delivery
import Replay
import Testing

/// The result of a run as text and as JSON.
@Suite("Run report", .timeLimit(.minutes(15))) struct RunReportTests {
    private var report: RunReport {
        var account = Account()
        account.generated = 50_000
        account.acknowledged = 48_000
        account.refused = 1_000
        account.givenUp = 1_000
        account.possibleDuplicates = 1_000
        account.requests = 53
        account.retries = 3
        account.brokenConnections = 1
        account.statusCounts = [.init(status: 200, count: 48), .init(status: 400, count: 1)]
        account.bytes = 24_000_000
        account.failures = [Account.Failure(kind: "refused", text: "connection refused by 127.0.0.1:9", count: 3)]
        return RunReport(
            account: account, elapsed: .seconds(9.6) + .microseconds(499),
            latency: LatencyReport(from: .due, records: 48_000, p50: 1_200, p90: 2_050, p99: 14_007, p999: 120_000))
    }

    @Test("The keys of the JSON stand in order") func theKeysOfTheJSONStandInOrder() {
        #expect(
            report.jsonText == """
                {"generated":50000,"acknowledged":48000,"refused":1000,"givenUp":1000,"possibleDuplicates":1000,\
                "lost":0,"seconds":9.600,"recordsPerSecond":4999.7,"megabytesPerSecond":2.500,\
                "latency":{"p50":1.200,"p90":2.050,"p99":14.007,"p999":120.000,"from":"due"}}
                """)
    }

    @Test("The text says the same") func theTextSaysTheSame() {
        #expect(
            report.text == """
                48,000 records in 9.600 s: 4999.7/s, 2.500 MB/s
                50,000 generated = 48,000 acknowledged + 1,000 refused + 1,000 given up + 0 in flight; 0 lost
                1,000 possible duplicates (sent again as an answer was lost)
                latency from due, ms: p50 1.200, p90 2.050, p99 14.007, p99.9 120.000
                53 requests, 3 retries, 1 broken connections, 48 x 200, 1 x 400
                failure: connection refused by 127.0.0.1:9 (3 times)
                """)
    }

    @Test("Nothing delivered has no latency") func nothingDeliveredHasNoLatency() {
        let report = RunReport(
            account: Account(), elapsed: .zero,
            latency: LatencyReport(from: .sent, records: 0, p50: 0, p90: 0, p99: 0, p999: 0))
        #expect(
            report.jsonText == """
                {"generated":0,"acknowledged":0,"refused":0,"givenUp":0,"possibleDuplicates":0,"lost":0,\
                "seconds":0.000,"recordsPerSecond":0.0,"megabytesPerSecond":0.000,\
                "latency":{"p50":null,"p90":null,"p99":null,"p999":null,"from":"sent"}}
                """)
        #expect(
            report.text == """
                0 records in 0.000 s: 0.0/s, 0.000 MB/s
                0 generated = 0 acknowledged + 0 refused + 0 given up + 0 in flight; 0 lost
                0 requests, 0 retries, 0 broken connections
                """)
    }
}
