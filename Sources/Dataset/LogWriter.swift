import Generation
import LogFormats
import Simulation
import TailnetModel
import Truth

/// Writes one log's file and keeps its labels.
final class LogWriter {
    let log: LogKind
    let file: OutputFile
    let labels: LabelText
    private let gzip: GzipLog?
    var records = 0
    var lines: [String] = []
    var digests = HourlyDigests()

    init(log: LogKind, file: OutputFile, labels: LabelText, compression: LogCompression, threads: Int) {
        self.log = log
        self.file = file
        self.labels = labels
        gzip = if case .gzip(let level) = compression { GzipLog(level: level, threads: threads) } else { nil }
    }

    func write(_ part: LogPart) async throws(RunError) {
        if let gzip {
            for member in await gzip.add(part) { try file.write(member) }
        } else {
            try file.write(part.bytes)
        }
        var missing = part.missing[...]
        for item in part.flowLabels {
            while let next = missing.first, next.place <= item.record {
                lines.append(text(missing.removeFirst()))
            }
            lines.append(labels.text(item.label, line: records + item.record + 1))
        }
        lines += missing.map(text)
        for item in part.auditLabels {
            lines.append(labels.text(item.label.event, incident: item.label.incident, line: records + item.record + 1))
        }
        records += part.records.count
        digests.add(part.digests)
    }

    private func text(_ missing: MissingRecord) -> String {
        labels.text(missing.label, suppressed: String(decoding: missing.text, as: UTF8.self))
    }

    /// Writes what compression still holds back.
    func finish() async throws(RunError) {
        guard let gzip else { return }
        for member in await gzip.finish() { try file.write(member) }
    }
}
