import ByteText
public import Delivery

/// The result of one delivery run: the account, how long it took, how long records took.
public struct RunReport: Sendable {
    /// What became of the records.
    public var account: Account
    /// From the start of the run to its end.
    public var elapsed: Duration
    /// The latency percentiles.
    public var latency: LatencyReport

    /// Makes a report.
    public init(account: Account, elapsed: Duration, latency: LatencyReport) {
        self.account = account
        self.elapsed = elapsed
        self.latency = latency
    }

    private var nanoseconds: Int {
        Int(elapsed.components.seconds) * 1_000_000_000 + Int(elapsed.components.attoseconds / 1_000_000_000)
    }

    /// The run's length in seconds, with three decimals.
    public var seconds: String { DecimalText.fixed(nanoseconds / 1_000_000, decimals: 3) }

    /// Acknowledged records a second, with one decimal.
    public var recordsPerSecond: String {
        DecimalText.ratio(account.acknowledged, nanoseconds, scale: 1_000_000_000, decimals: 1)
    }

    /// Acknowledged megabytes (10^6 bytes, before compression) a second, with three decimals.
    public var megabytesPerSecond: String {
        DecimalText.ratio(account.bytes, nanoseconds, scale: 1_000, decimals: 3)
    }

    /// The result as one line of JSON, with its keys always in the same order.
    public var jsonText: String { json(more: []) }

    /// The same with further keys at the end, whose values are JSON.
    public func json(more: [(name: String, value: String)]) -> String {
        let fields =
            [
                ("generated", "\(account.generated)"),
                ("acknowledged", "\(account.acknowledged)"),
                ("refused", "\(account.refused)"),
                ("givenUp", "\(account.givenUp)"),
                ("possibleDuplicates", "\(account.possibleDuplicates)"),
                ("lost", "\(account.lost)"),
                ("seconds", seconds),
                ("recordsPerSecond", recordsPerSecond),
                ("megabytesPerSecond", megabytesPerSecond),
                ("latency", latencyJSON),
            ] + more.map { ($0.name, $0.value) }
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private var latencyJSON: String {
        let values = [("p50", latency.p50), ("p90", latency.p90), ("p99", latency.p99), ("p999", latency.p999)]
        let texts = values.map { name, value in
            "\"\(name)\":\(latency.records == 0 ? "null" : DecimalText.fixed(value, decimals: 3))"
        }
        return "{\(texts.joined(separator: ",")),\"from\":\"\(latency.from.rawValue)\"}"
    }

    /// The result for a terminal, a few lines without a final newline.
    public var text: String {
        func counted(_ records: Int, _ label: String) -> String { "\(DecimalText.grouped(records)) \(label)" }
        var lines = [
            "\(counted(account.acknowledged, "records")) in \(seconds) s: \(recordsPerSecond)/s,"
                + " \(megabytesPerSecond) MB/s",
            [
                counted(account.generated, "generated ="), counted(account.acknowledged, "acknowledged +"),
                counted(account.refused, "refused +"), counted(account.givenUp, "given up +"),
                counted(account.inFlight, "in flight"),
            ].joined(separator: " ") + "; \(DecimalText.grouped(account.lost)) lost",
        ]
        if account.possibleDuplicates > 0 {
            lines.append(counted(account.possibleDuplicates, "possible duplicates (sent again as an answer was lost)"))
        }
        if latency.records > 0 {
            let label = latency.from == .due ? "latency from due" : "service time from sent"
            let values = [("p50", latency.p50), ("p90", latency.p90), ("p99", latency.p99), ("p99.9", latency.p999)]
            lines.append(
                "\(label), ms: "
                    + values.map { "\($0) \(DecimalText.fixed($1, decimals: 3))" }.joined(separator: ", "))
        }
        let statuses = account.statusCounts.map { ", \($0.count) x \($0.status)" }.joined()
        lines.append(
            "\(counted(account.requests, "requests")), \(counted(account.retries, "retries")),"
                + " \(counted(account.brokenConnections, "broken connections"))\(statuses)")
        return (lines + account.failures.map { "failure: \($0)" }).joined(separator: "\n")
    }
}
