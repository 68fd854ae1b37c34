import ControlAPI
import Truth
public import Generation
import ScenarioSpec
import LogFormats
import Scoring
public import SimTime
import Simulation
import SystemFiles
import TailnetModel

/// Writes a generator's records, truth, inventory and manifest to a folder.
public struct GeneratedFolder {
    /// What was written.
    public struct Summary: Sendable {
        public var configurationRecords = 0
        public var networkRecords = 0
        public var bytes = 0
        public var labels = 0
        public var incidents = 0
    }

    /// The names that the tool writes in a folder.
    static let names = [
        "configuration.ndjson", "configuration.ndjson.gz", "network.ndjson", "network.ndjson.gz",
        "tailnet/devices.json", "tailnet/devices.ndjson", "tailnet/users.json", "tailnet/policy.hujson",
        "truth/incidents.ndjson",
        "truth/labels.ndjson", "manifest.json",
    ]

    private let path: String
    private let compression: LogCompression
    private let snapshots: TimeSpan?
    /// What is written beside the run's own files.
    private let extras: Extras
    private let staged: StagedFolder
    /// The files of an earlier run, which are replaced or removed.
    private let earlier: [String]

    /// Files that a caller adds to a folder.
    struct Extras: Sendable {
        /// Names of documents and their text, made from what was written.
        var documents: @Sendable (Summary) -> [(name: String, text: String)] = { _ in [] }
        /// Names of symbolic links and what they point to.
        var links: [(name: String, destination: String)] = []
        /// The names of all that earlier runs may have added.
        var names: [String] = []
        /// Whether what is at a path under one of `names` was written by an earlier run; the manifest does not name it.
        var isOwn: @Sendable (_ path: String) -> Bool = { _ in false }
    }

    /// Takes a folder for a new run.
    ///
    /// - Parameters:
    ///   - path: the folder; made where it is missing.
    ///   - force: whether to remove what an earlier run left in it. Other files are never touched.
    ///   - compression: of the logs; truth, inventory and manifest stay plain.
    ///   - snapshots: how long after each other the devices are listed again; nil for once, at the beginning.
    /// - Throws: `RunError` where the folder holds something and `force` is false, another process writes to it, or it
    ///   cannot be written to.
    public init(
        path: String, force: Bool, compression: LogCompression = .none, snapshots: TimeSpan? = nil
    ) throws(RunError) {
        try self.init(path: path, force: force, compression: compression, snapshots: snapshots, extras: Extras())
    }

    init(
        path: String, force: Bool, compression: LogCompression = .none, snapshots: TimeSpan?, extras: Extras
    ) throws(RunError) {
        self.path = path
        self.compression = compression
        self.snapshots = snapshots
        self.extras = extras
        if path.isEmpty { throw RunError(.input, "the folder to write to has an empty name; name a folder with --out") }
        earlier = try EarlierRun.files(in: path, force: force, extras: extras)
        do {
            staged = try StagedFolder(path, names: GeneratedFolder.names + extras.names)
            for folder in ["tailnet", "truth"] { try Folder.make("\(staged.stagingPath)/\(folder)") }
        } catch { throw RunError(error) }
    }

    /// Writes everything.
    ///
    /// The files appear at the end, all together; until then, and where this fails, an earlier run's stay.
    ///
    /// - Parameter progress: is called after each chunk of time with the instant that is reached.
    public func write(
        _ generator: LogGenerator, progress: (Instant, Summary) -> Void
    ) async throws(RunError) -> Summary {
        var summary = Summary()
        var writers: [LogKind: LogWriter] = [:]
        let labelText = LabelText(
            nodes: generator.world.plan.nodes, incidents: generator.world.plan.incidents.map(\.id))
        for log in generator.options.logs {
            writers[log] = LogWriter(
                log: log,
                file: try output("\(log.rawValue).ndjson\(compression.suffix)"),
                labels: labelText, compression: compression, threads: generator.options.threads)
        }
        // The files' digests and the disk take their time while the next chunk is made.
        try await generator.forEachChunk { (chunk) async throws(RunError) in
            if Task.isCancelled {
                throw RunError(.run, "interrupted: nothing was written to \(path)")
            }
            for part in chunk.parts { try await writers[part.log]?.write(part) }
            summary.configurationRecords = writers[.configuration]?.records ?? 0
            summary.networkRecords = writers[.network]?.records ?? 0
            summary.bytes = writers.values.reduce(0) { $0 + $1.file.byteCount }
            progress(chunk.window.end, summary)
        }
        for log in generator.options.logs { try await writers[log]?.finish() }
        summary.bytes = writers.values.reduce(0) { $0 + $1.file.byteCount }
        var files: [Manifest.File] = []
        for log in LogKind.allCases {
            guard let writer = writers[log] else { continue }
            let digest = try writer.file.finish() ?? ""
            files.append(
                Manifest.File(
                    path: "\(log.rawValue).ndjson\(compression.suffix)", records: writer.records,
                    bytes: writer.file.byteCount, sha256: digest))
        }
        files += try writeInventory(generator)
        let labels = LogKind.allCases.flatMap { writers[$0]?.lines ?? [] }
        let incidents =
            generator.options.withIncidents ? generator.world.incidents(in: generator.options.window) : []
        files.append(
            try writeLines("truth/incidents.ndjson", incidents.map { IncidentText.encode($0) }))
        files.append(try writeLines("truth/labels.ndjson", labels))
        summary.labels = labels.count
        summary.incidents = incidents.count
        let manifest = Manifest(
            plan: generator.world.plan, options: generator.options, compression: compression, files: files,
            digests: LogKind.allCases.compactMap { log in writers[log].map { (log, $0.digests) } })
        for (name, text) in extras.documents(summary) { _ = try writeDocument(name, text) }
        _ = try writeDocument("manifest.json", manifest.text())
        try commit(files.map(\.path))
        return summary
    }

    /// Makes the run's files appear, the manifest last.
    private func commit(_ files: [String]) throws(RunError) {
        do {
            for (name, destination) in extras.links {
                try Folder.link("\(staged.stagingPath)/\(name)", to: destination)
            }
            let documents = extras.names.filter { PathKind.isThere("\(staged.stagingPath)/\($0)") }
            try staged.commit(files + documents + ["manifest.json"], removing: earlier)
        } catch { throw RunError(error) }
    }

    private func writeInventory(_ generator: LogGenerator) throws(RunError) -> [Manifest.File] {
        let (plan, options) = (generator.world.plan, generator.options)
        let timeline = AuditTimeline(world: generator.world, withIncidents: options.withIncidents)
        let inventory = InventoryText(timeline, of: plan, at: options.window.start)
        var files = [
            try writeDocument("tailnet/devices.json", inventory.devices()),
            try writeDocument("tailnet/users.json", inventory.users()),
            try writeDocument("tailnet/policy.hujson", inventory.policy()),
        ]
        if let snapshots { files.append(try writeSnapshots(timeline, plan, options.window, every: snapshots)) }
        return files
    }

    /// The devices at every round instant of the window, one list a line.
    private func writeSnapshots(
        _ timeline: AuditTimeline, _ plan: Plan, _ window: TimeWindow, every span: TimeSpan
    ) throws(RunError) -> Manifest.File {
        let name = "tailnet/devices.ndjson"
        let file = try output(name)
        var lines = 0
        var instant = window.start.floored(to: span)
        if instant < window.start { instant = instant + span }
        while instant < window.end {
            try file.write(InventoryText(timeline, of: plan, at: instant).line())
            lines += 1
            instant = instant + span
        }
        let digest = try file.finish() ?? ""
        return Manifest.File(path: name, records: lines, bytes: file.byteCount, sha256: digest)
    }

    /// Opens a file of the run where it is written; errors call it what it will be called.
    private func output(_ name: String) throws(RunError) -> OutputFile {
        try OutputFile(path: "\(staged.stagingPath)/\(name)", name: "\(path)/\(name)", withDigest: true)
    }

    private func writeDocument(_ name: String, _ text: String) throws(RunError) -> Manifest.File {
        let file = try output(name)
        try file.write(text)
        let digest = try file.finish() ?? ""
        return Manifest.File(path: name, records: nil, bytes: file.byteCount, sha256: digest)
    }

    private func writeLines(_ name: String, _ lines: [String]) throws(RunError) -> Manifest.File {
        var file = try writeDocument(name, lines.map { $0 + "\n" }.joined())
        file.records = lines.count
        return file
    }
}
