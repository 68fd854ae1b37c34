import ByteText
import Dataset
import Generation
import ScenarioSpec
import SimTime
import SystemFiles
import TailnetModel
import Truth

/// Changed manifests, truth and inventories, with digests that match them: what a reader meets behind the digests.
final class TruthTarget: FuzzTarget {
    static let name = "truth"

    private static let names = [
        "manifest.json", "truth/incidents.ndjson", "truth/labels.ndjson", "tailnet/devices.json", "tailnet/users.json",
        "configuration.ndjson", "network.ndjson",
    ]

    private let folder: String
    private let originals: [String: [UInt8]]
    private let mutator: TextMutator
    private var alerts: [Alert] = []
    /// The file that is changed.
    private var name = ""

    init(_ workplace: Workplace) throws {
        try workplace.generate("run", "quickstart", "--from", "+4h", "--duration", "75s")
        folder = workplace.path("run")
        var originals: [String: [UInt8]] = [:]
        for name in TruthTarget.names { originals[name] = try InputFile.bytes(of: "\(folder)/\(name)") }
        self.originals = originals
        // The logs have thousands of words that say nothing here.
        mutator = TextMutator(TruthTarget.names.prefix(5).map { originals[$0] ?? [] })
        alerts = [
            Alert(
                time: Instant(seconds: 1_772_449_290), rule: "a/b", entities: ["carla-laptop", "100.117.222.68"],
                score: 0.5),
            Alert(time: Instant(seconds: 1_772_449_390), rule: "mocktail/port-22-spike", entities: ["nobody"]),
        ]
    }

    func prepare(_ draws: inout CaseDraws) throws -> [UInt8] {
        var files = originals
        // The logs matter less: their own readers are fuzzed by `ingest`.
        name = TruthTarget.names[draws.once(in: 8) ? draws.below(7) : draws.below(5)]
        let original = originals[name] ?? []
        // A case changes one line, or some, of a long file.
        files[name] = mutator.mutated(original, among: [], &draws)
        if name != "manifest.json" { files["manifest.json"] = manifest(with: name, files[name] ?? []) }
        for name in TruthTarget.names { try write(files[name] ?? [], to: "\(folder)/\(name)") }
        return Array("\(name)\n".utf8) + (files[name] ?? [])
    }

    /// The manifest with the size and digest of a changed file.
    private func manifest(with name: String, _ bytes: [UInt8]) -> [UInt8] {
        let digest = RecordDigest.sha256(bytes.span).hex
        let lines = String(decoding: originals["manifest.json"] ?? [], as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        return Array(
            lines.map { line -> String in
                guard line.contains("\"path\": \"\(name)\"") || line.contains("\"path\":\"\(name)\"") else {
                    return String(line)
                }
                let isLast = !line.hasSuffix(",")
                return
                    "{\"path\": \"\(name)\", \"bytes\": \(bytes.count), \"sha256\": \"\(digest)\"}\(isLast ? "" : ",")"
            }.joined(separator: "\n").utf8)
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = try OpenFile(writing: path, .replace)
        try file.write(bytes)
    }

    func judge() async -> Verdict {
        var verdicts = [scored()]
        if name.hasSuffix("manifest.json") || name == "network.ndjson" || name == "configuration.ndjson" {
            verdicts.append(await replayed())
        }
        if name.hasPrefix("tailnet/") { verdicts.append(listed()) }
        return verdicts.first { if case .finding = $0 { true } else { false } }
            ?? verdicts.first { if case .refused = $0 { true } else { false } } ?? .accepted
    }

    /// As `score` reads the folder.
    private func scored() -> Verdict {
        do {
            let truth = try ScoreFiles.truth(at: folder)
            let complaint = AlertsTarget.complaint(about: alerts, truth.incidents, true, window: truth.window)
            return complaint.map { .finding($0) } ?? .accepted
        } catch { return refusal(error) }
    }

    /// As `replay` reads the folder.
    private func replayed() async -> Verdict {
        do {
            let manifest = try FolderManifest(folder: folder)
            for channel in Channel.allCases {
                var records = try FolderRecords(manifest, logs: LogKind.allCases, channels: Channels(channel))
                while try await records.next() != nil {}
            }
            return .accepted
        } catch { return refusal(error) }
    }

    /// As the policy commands read the inventory.
    private func listed() -> Verdict {
        do {
            let files = try ["devices", "users"].map { name in
                let file = "\(folder)/tailnet/\(name).json"
                return (file: file, text: try InputFile.text(of: file))
            }
            _ = try InventoryFile.decode(devices: files[0], users: files[1])
            return .accepted
        } catch let error as ScenarioProblems {
            return error.problems.isEmpty ? .finding("refused without a problem") : .refused
        } catch { return .refused }
    }

    private func refusal(_ error: any Error) -> Verdict {
        guard let error = error as? RunError else { return .finding("an error that is no sentence: \(error)") }
        return error.cause == .input ? .refused : .finding("damaged input ends with exit code 1: \(error)")
    }
}
