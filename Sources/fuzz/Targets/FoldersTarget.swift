import ByteText
import Foundation
import SystemFiles

/// Generated folders with damaged files: whoever reads a file that the manifest lists must see the damage.
final class FoldersTarget: FuzzTarget {
    static let name = "folders"
    static let patience: UInt32 = 60

    private let workplace: Workplace
    private let folders: [String: [String: [UInt8]]]
    private let names: [String]
    private let mutator = TextMutator([])
    private var folder = ""
    private var file = ""
    /// The file's bytes after the change; nil where it is gone.
    private var changed: [UInt8]?
    private var isScored = false

    init(_ workplace: Workplace) throws {
        self.workplace = workplace
        let range = ["quickstart", "--from", "+4h", "--duration", "6m"]
        try workplace.generate("plain", range[0], range[1], range[2], range[3], range[4])
        try workplace.generate("gzip", range[0], range[1], range[2], range[3], range[4], "--compress", "gzip")
        try workplace.generate(
            "stream", range[0], range[1], range[2], range[3], range[4], "--channel", "stream", "--mark", "--log",
            "network")
        try workplace.generate(
            "lists", range[0], range[1], range[2], "--duration", "20m", "--snapshots", "5m", "--shard", "1/3")
        var folders: [String: [String: [UInt8]]] = [:]
        for folder in ["plain", "gzip", "stream", "lists"] {
            var files: [String: [UInt8]] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: workplace.path(folder))
            where PathKind.at("\(workplace.path(folder))/\(name)") == .file {
                files[name] = try InputFile.bytes(of: "\(workplace.path(folder))/\(name)")
            }
            folders[folder] = files
        }
        self.folders = folders
        names = folders.keys.sorted()
    }

    func prepare(_ draws: inout CaseDraws) throws -> [UInt8] {
        folder = draws.pick(names)
        let files = folders[folder] ?? [:]
        file = draws.pick(files.keys.sorted())
        let original = files[file] ?? []
        changed = original
        let what = change(original, files, &draws)
        let isLog = file.hasPrefix("network") || file.hasPrefix("configuration")
        // Scores read the log only where labels name it.
        isScored = !isLog && (file != "manifest.json" || draws.once(in: 2))
        let place = workplace.path("damaged")
        Folder.removeAll(place)
        for name in files.keys.sorted() {
            guard let bytes = name == file ? changed : files[name] else { continue }
            let path = "\(place)/\(name)"
            try Folder.makeAll(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
            let target = try OpenFile(writing: path, .replace)
            try target.write(bytes)
        }
        return Array("\(folder): \(file) \(what); \(isScored ? "score" : "replay")\n".utf8)
    }

    private func change(_ original: [UInt8], _ files: [String: [UInt8]], _ draws: inout CaseDraws) -> String {
        var bytes = original
        var what = ""
        switch draws.below(10) {
        case 0:
            changed = nil
            return "is gone"
        case 1:
            bytes.removeSubrange(draws.below(bytes.count + 1)...)
            what = "is cut to \(bytes.count) bytes"
        case 2:
            bytes = []
            what = "is empty"
        case 3:
            bytes += draws.pick([[0x0A], [0], bytes, Array("{}\n".utf8)])
            what = "is longer"
        case 4:
            let other = draws.pick(files.keys.sorted())
            bytes = files[other] ?? []
            what = "is \(other)"
        case 5:
            bytes = mutator.mutated(bytes, among: [], &draws)
            what = "is changed"
        case 6:
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
            let (left, right) = (draws.below(lines.count), draws.below(lines.count))
            lines.swapAt(left, right)
            bytes = Array(lines.joined(separator: [0x0A]))
            what = "has swapped lines \(left + 1) and \(right + 1)"
        default:
            guard !bytes.isEmpty else { return "stays" }
            let place = draws.below(bytes.count)
            bytes[place] ^= 1 << UInt8(draws.below(8))
            what = "has another bit in byte \(place)"
        }
        changed = bytes
        return what
    }

    func judge() async -> Verdict {
        do {
            let arguments =
                isScored
                ? ["score", "--truth", "damaged", "--alerts", "/dev/null", "--json"]
                : ["replay", "damaged", "--to", "file:held"] + (folder == "stream" ? ["--log", "network"] : [])
            Folder.removeAll(workplace.path("held"))
            let run = try ProgramRun.start(workplace.program, arguments, in: workplace, patience: 15)
            if let complaint = run.complaint { return .finding(complaint) }
            if run.wasInterrupted { return .finding("it took more than 15 seconds") }
            guard let code = run.code, code == 0 || code == 2 else {
                return .finding("exit code \(run.code ?? 0) for a folder that is damaged: \(run.messages)")
            }
            // A replay that begins and then finds damage would leave a part of the records behind.
            if code == 2, PathKind.isThere(workplace.path("held")) {
                return .finding("it was refused and is half delivered")
            }
            if code == 0, mustBeRefused { return .finding("it succeeds on a damaged folder") }
            return code == 0 ? .accepted : .refused
        } catch { return .finding("\(error)") }
    }

    /// Whether the damaged file is one that the manifest lists and the command reads.
    private var mustBeRefused: Bool {
        guard changed != folders[folder]?[file] else { return false }
        // What no command reads next to a run; the manifest has members that say nothing about files.
        let unread = ["manifest.json", "tailnet/policy.hujson", "tailnet/devices.ndjson"]
        if file != "manifest.json" { return !unread.contains(file) }
        // A score says that it cannot check a folder without one, and goes on.
        return changed == nil ? !isScored : changed?.isEmpty == true
    }
}
