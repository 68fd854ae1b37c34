import Foundation
import Scoring
import SystemFiles

/// Changed command lines: exit codes as documented, a sentence for every failure, nothing half-written.
final class CommandsTarget: FuzzTarget {
    static let name = "commands"
    static let patience: UInt32 = 60

    private let workplace: Workplace
    private let mutator = TextMutator([])
    private var arguments: [String] = []
    /// Whether the folder is as the next case needs it.
    private var isFresh = false

    init(_ workplace: Workplace) throws {
        self.workplace = workplace
        let inputs = workplace.path("inputs")
        try Folder.makeAll(inputs)
        try workplace.generate("inputs/run", "quickstart", "--from", "+4h", "--duration", "3m")
        let alerts = AlertSamples.samples(of: .mocktail)[0]
        for (name, text) in [
            ("small.yaml", CommandSamples.scenario), ("broken.yaml", CommandSamples.scenario + "\u{0}\nnodes: 7\n"),
            ("rules.hujson", CommandSamples.policy), ("alerts.ndjson", alerts), ("run.ndjson", "{\"logged\":\"\n"),
        ] { try AtomicFile.write(text, to: "\(inputs)/\(name)") }
        let score = try ProgramRun.start(
            workplace.program,
            ["score", "--truth", "run", "--alerts", "alerts.ndjson", "--json", "--condition", "load=1"], in: workplace,
            folder: inputs)
        try AtomicFile.write(String(decoding: score.output, as: UTF8.self), to: "\(inputs)/result.json")
        let fixtures = try ProgramRun.start(
            workplace.program, ["fixtures", "--kind", "https-off", "--variant", "attack", "--out", "fixtures"],
            in: workplace, folder: inputs,
            patience: 60)
        guard fixtures.code == 0 else { throw FuzzError("fixtures: \(fixtures.messages)") }
    }

    func prepare(_ draws: inout CaseDraws) throws -> [UInt8] {
        arguments = draws.pick(CommandSamples.lines)
        for _ in 0...(draws.once(in: 2) ? 0 : draws.below(4)) { change(&draws) }
        arguments = CommandsTarget.harmless(arguments)
        if !isFresh {
            let folder = workplace.path("here")
            Folder.removeAll(folder)
            try FileManager.default.copyItem(atPath: workplace.path("inputs"), toPath: folder)
        }
        let quoted = arguments.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
        return Array("mocktail \(quoted.joined(separator: " "))\n".utf8)
    }

    private func change(_ draws: inout CaseDraws) {
        let place = draws.below(arguments.count + 1)
        let isInside = place < arguments.count
        switch draws.below(12) {
        case 0: if isInside { arguments.remove(at: place) }
        case 1: if isInside { arguments.insert(arguments[place], at: place) }
        case 2: arguments.insert(draws.pick(CommandSamples.options), at: place)
        case 3: arguments.insert(draws.pick(CommandSamples.values), at: place)
        case 4: if isInside { arguments.swapAt(place, draws.below(arguments.count)) }
        case 5: arguments += draws.pick(CommandSamples.lines).dropFirst()
        case 6, 7:
            if isInside {
                let bytes = mutator.mutated(Array(arguments[place].utf8), among: [], &draws)
                // An argument cannot hold a zero, and the system limits its length.
                arguments[place] = String(decoding: bytes.filter { $0 != 0 }.prefix(100_000), as: UTF8.self)
            }
        default:
            if isInside, !arguments[place].hasPrefix("--"), place > 0 {
                arguments[place] = draws.pick(CommandSamples.values)
            } else {
                arguments.insert(draws.pick(CommandSamples.values), at: place)
            }
        }
    }

    /// Arguments that can reach nothing but the case's folder and the loopback: no other path, host or large scenario.
    private static func harmless(_ arguments: [String]) -> [String] {
        let known = Set(CommandSamples.lines.joined() + CommandSamples.values)
        var result = arguments.map { argument in
            known.contains(argument)
                ? argument : argument.replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "..", with: "_")
        }
        for index in result.indices where !known.contains(result[index]) {
            let lower = result[index].lowercased()
            if ["http", "host", "score"].contains(where: lower.contains), lower.contains("=") || lower.contains(":") {
                result[index] = "x"
            }
        }
        for index in result.indices.dropFirst() where ["--host", "--score"].contains(result[index - 1]) {
            if !["127.0.0.1", "127.0.0.1:0", "run", ""].contains(result[index]) { result[index] = "127.0.0.1" }
        }
        return result
    }

    func judge() async -> Verdict {
        do {
            let here = workplace.path("here")
            let run = try ProgramRun.start(workplace.program, arguments, in: workplace, folder: here, patience: 3)
            if let complaint = run.complaint { return .finding(complaint) }
            if let complaint = try halfWritten(in: here, run) { return .finding(complaint) }
            // What is refused by its command line touches nothing.
            isFresh = run.code == 64
            return run.code == 0 || run.code == 3 ? .accepted : .refused
        } catch { return .finding("\(error)") }
    }

    /// What a run left behind that is not whole.
    private func halfWritten(in folder: String, _ run: ProgramRun) throws -> String? {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
        for path in paths {
            let name = path.split(separator: "/").last ?? ""
            // The file of a replay that was interrupted or failed is kept under this name for its user.
            // A replay that follows the clock always ends by an interrupt, and its file is never whole.
            let isPart =
                name.hasSuffix(".part") && run.code == 0
                && !arguments.contains { $0.contains(".part") || $0 == "--follow" }
            if name.hasPrefix(".mocktail") || isPart { return "it left \(path) behind" }
            if name == "devices.json", let root = path.split(separator: "/").dropLast(2).last,
                !paths.contains(where: { $0.hasSuffix("\(root)/manifest.json") })
            {
                return "\(root) has no manifest"
            }
        }
        let failed = run.code == 2 || run.code == 64
        if failed, let new = paths.first(where: { $0.hasPrefix("new/") }) { return "it failed and left \(new) behind" }
        return nil
    }
}
