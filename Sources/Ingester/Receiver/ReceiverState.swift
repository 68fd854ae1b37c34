import ByteText
import Detections
import HTTPService
import Truth
import LiveScore
import LogFormats
import NIOCore
import Scoring
import SimTime
import Synchronization
import SystemFiles
import TailnetModel

/// What a receiver holds: counts, identities, detections and files; many requests are counted at the same time.
final class ReceiverState: Sendable {
    fileprivate struct State {
        var stats = ReceiverStats()
        var identities: Set<UInt64> = []
        var detections: DetectionRun
        var clocks = SenderClocks()
        var alerts: [Alert] = []
    }

    private let state: Mutex<State>
    /// What the detections look for.
    let search: HitSearch
    private let configurationFile: AppendedFile?
    private let networkFile: AppendedFile?
    private let alertFile: AppendedFile?
    private let live: RunningScore?
    /// Hides the token in what is quoted of bodies.
    private let mask: SecretMask

    /// Creates the files that the configuration asks for.
    init(_ configuration: ReceiverConfiguration) throws(FileError) {
        if let folder = configuration.folder {
            try Folder.make(folder)
            configurationFile = try AppendedFile(creating: "\(folder)/configuration.ndjson")
            networkFile = try AppendedFile(creating: "\(folder)/network.ndjson")
        } else {
            configurationFile = nil
            networkFile = nil
        }
        alertFile = if let path = configuration.alertFile { try AppendedFile(creating: path) } else { nil }
        live = configuration.live
        mask = SecretMask([configuration.token].compactMap { $0 })
        let detections = DetectionRun(configuration.detections)
        search = detections.search
        state = Mutex(State(detections: detections))
    }

    /// What the server has refused before it was a request.
    let connections = ServerCounts()

    var stats: ReceiverStats {
        var stats = state.withLock { $0.stats }
        stats.refusedConnections = connections.refusedConnections
        stats.timedOutConnections = connections.timedOutConnections
        stats.malformedConnections = connections.malformedConnections
        return stats
    }

    var alerts: [Alert] { state.withLock { $0.alerts } }

    /// Takes note that a connection has begun a request; `end` follows.
    func begin(_ connection: Int) { state.withLock { $0.clocks.begin(connection, now: .now) } }

    /// Takes note that a connection's request has ended.
    func end(_ connection: Int) { state.withLock { $0.clocks.end(connection, now: .now) } }

    /// Counts a request of which nothing is taken.
    func refuse(
        wireBytes: Int, malformed: Int = 0, reasons: [String] = [], isUnstored: Bool = false, isCrowded: Bool = false
    ) {
        state.withLock { state in
            state.stats.requests += 1
            state.stats.refusedRequests += 1
            if isUnstored { state.stats.unstoredRequests += 1 }
            if isCrowded { state.stats.crowdedRequests += 1 }
            state.stats.wireBytes += wireBytes
            state.stats.add(malformed: malformed, reasons.map { mask.masked($0) })
        }
    }

    /// Writes the records of a body to the files and counts them; a body that cannot be written is not counted.
    func take(
        _ checked: CheckedBody, _ body: Span<UInt8>, from connection: Int, wireBytes: Int
    ) throws(FileError) {
        try write(checked, body)
        let median = checked.medianTime
        let alerts = state.withLock { state in
            state.stats.requests += 1
            state.stats.wireBytes += wireBytes
            state.stats.bytes += body.count
            state.stats.configuration += checked.configuration
            state.stats.network += checked.network
            state.stats.add(malformed: checked.malformed, checked.reasons.map { mask.masked($0) })
            var repeated: Set<Int> = []
            for (place, identity) in checked.identities.enumerated()
            where !state.identities.insert(identity).inserted {
                repeated.insert(place)
            }
            state.stats.duplicates += repeated.count
            state.detections.take(checked, body, repeated: repeated)
            if let median { state.clocks.note(connection, at: median) }
            let reached = state.clocks.reached(now: .now)
            var alerts: [Alert] = []
            if let reached { for log in checked.logs { alerts += state.detections.advance(log, to: reached) } }
            state.add(alerts)
            return alerts
        }
        if let live, let median { live.reach(checked.newestTime(near: median)) }
        try write(alerts)
    }

    /// Judges what the detections still wait with, and closes the files.
    func close() throws(FileError) {
        defer { for file in [configurationFile, networkFile, alertFile] { file?.close() } }
        let alerts = state.withLock { state in
            let alerts = state.detections.finish()
            state.add(alerts)
            return alerts
        }
        try write(alerts)
    }

    private func write(_ alerts: [Alert]) throws(FileError) {
        _ = live?.take(alerts)
        guard let alertFile, !alerts.isEmpty else { return }
        let text = alerts.map { AlertText.encode($0) + "\n" }.joined()
        try alertFile.append(Array(text.utf8))
    }

    private func write(_ checked: CheckedBody, _ body: Span<UInt8>) throws(FileError) {
        guard let configurationFile, let networkFile else { return }
        if let piece = checked.pieces.first, checked.pieces.count == 1,
            body[piece.range.upperBound - 1] == UInt8(ascii: "\n")
        {
            let file = piece.log == .configuration ? configurationFile : networkFile
            return try file.append(body.extracting(piece.range))
        }
        for (log, file) in [(LogKind.configuration, configurationFile), (.network, networkFile)] {
            var text: [UInt8] = []
            for piece in checked.pieces where piece.log == log {
                text += body.extracting(piece.range).array
                if text.last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
            }
            try file.append(text)
        }
    }
}

extension ReceiverState.State {
    fileprivate mutating func add(_ alerts: [Alert]) {
        self.alerts += alerts
        stats.alerts += alerts.count
        stats.late = detections.lateCount
        stats.skipped = detections.skippedCount
    }
}

extension ReceiverStats {
    fileprivate mutating func add(malformed: Int, _ reasons: [String]) {
        self.malformed += malformed
        self.reasons += reasons.prefix(max(0, CheckedBody.reasonLimit - self.reasons.count))
    }
}
