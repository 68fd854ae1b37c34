public import TailnetModel
import ByteText

/// Reads the text of both logs, in the form of objects, and says what is in it: metrics to compare with those of real
/// tailnets, and all that departs from the form of real records.
///
/// Text is taken chunk by chunk, cut anywhere. Memory follows the number of nodes and is bounded otherwise: by
/// histograms, by a sample of flows, by a series that gets coarser. Records must come in the log's order.
///
/// It reads what was generated; nothing is generated from it, so floating point is allowed here.
public final class LogSummary {
    private var network: NetworkStatistics
    private var configuration = ConfigurationStatistics()
    /// The beginning of a line whose end has not come yet, for each log.
    private var rests: [LogKind: [UInt8]] = [:]

    /// Makes a summary of nothing.
    ///
    /// - Parameter codecStride: of how many network records one is also decoded and encoded again by the codec of
    ///   `LogFormats`, which is slower than the one-pass reader by far; 1 for all. The reader takes only text that the
    ///   codec writes, so this is a check on the reader. Records that the reader refuses always go to the codec.
    public init(codecStride: Int = 64) {
        precondition(codecStride > 0, "every record is the most that can be decoded")
        network = NetworkStatistics(codecStride: codecStride)
    }

    /// Adds the next part of a log's text.
    public func add(_ log: LogKind, _ bytes: Span<UInt8>) {
        switch log {
        case .network: network.addText(bytes)
        case .configuration: configuration.addText(bytes)
        }
        var offset = 0
        if var rest = rests[log], !rest.isEmpty {
            guard let newline = bytes.nextNewline(from: 0) else {
                rests[log] = rest + bytes.array
                return
            }
            rest += bytes.extracting(..<newline).array
            rests[log] = []
            addRecord(log, rest.span)
            offset = newline + 1
        }
        while let newline = bytes.nextNewline(from: offset) {
            addRecord(log, bytes.extracting(offset..<newline))
            offset = newline + 1
        }
        if offset < bytes.count { rests[log] = bytes.extracting(offset...).array }
    }

    /// Adds the next part of a log's text.
    public func add(_ log: LogKind, _ bytes: [UInt8]) {
        add(log, bytes.span)
    }

    /// What was found; a last line without newline is taken for a record first.
    public func report() -> StatisticsReport {
        for log in LogKind.allCases {
            let rest = rests.removeValue(forKey: log) ?? []
            if !rest.isEmpty { addRecord(log, rest.span) }
        }
        return StatisticsReport(
            metrics: network.metrics() + configuration.metrics(),
            networkRecords: network.records, configurationRecords: configuration.records,
            networkDeviations: network.deviations, configurationDeviations: configuration.deviations,
            hours: network.hours, weekdays: network.weekdays, events: configuration.eventCounts)
    }

    private func addRecord(_ log: LogKind, _ bytes: Span<UInt8>) {
        guard !bytes.isEmpty else { return }
        switch log {
        case .network: network.add(bytes)
        case .configuration: configuration.add(bytes)
        }
    }
}
