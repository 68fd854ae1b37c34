package import ByteText
public import Delivery

/// The result of one delivery run: the account, how long it took, how long records took.
public struct RunReport: Sendable {
    /// What became of the records.
    public var account: Account
    /// From the start of the run to its end.
    public var elapsed: Duration
    /// The latency percentiles.
    public var latency: LatencyReport
    /// Whether the run was stopped before its end.
    public var isInterrupted = false

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
    public var jsonText: String { json(impaired: nil) }

    /// The same, with what an impairment did as the last key where there was one.
    public func json(impaired: Impairment.Counts?) -> String {
        JSONWriter.object { json in
            putMembers(into: &json)
            if let impaired { json.member("impaired", impaired) }
        }
    }

    /// Puts the keys of the result into an object.
    package func putMembers(into json: inout JSONWriter) {
        json.member("generated", account.generated)
        json.member("acknowledged", account.acknowledged)
        json.member("refused", account.refused)
        json.member("givenUp", account.givenUp)
        json.member("possibleDuplicates", account.possibleDuplicates)
        json.member("lost", account.lost)
        json.member("seconds", JSONNumber(seconds))
        json.member("recordsPerSecond", JSONNumber(recordsPerSecond))
        json.member("megabytesPerSecond", JSONNumber(megabytesPerSecond))
        json.object("latency") { json in
            let values = [("p50", latency.p50), ("p90", latency.p90), ("p99", latency.p99), ("p999", latency.p999)]
            for (name, value) in values {
                json.member(name, latency.records == 0 ? nil : JSONNumber(fixed: value, decimals: 3))
            }
            json.member("from", latency.from.rawValue)
        }
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
        if account.unanswered > 0 {
            lines.append(
                counted(account.unanswered, "of the given up were sent and not answered: the receiver may hold them"))
        }
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
