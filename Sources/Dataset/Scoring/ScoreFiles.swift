import ByteText
import FoundationEssentials
package import Scoring
import SimTime
import SystemFiles
import TailnetModel
package import Truth

/// Reads and writes the files that scores are made from and written to.
package enum ScoreFiles {
    /// As many invalid lines as an error lists; the rest is counted.
    private static let problemLimit = 20

    /// The truth of a generated folder, of its `truth` folder, or of a file.
    ///
    /// What is read of a generated folder is compared with its manifest before.
    ///
    /// - Throws: `RunError` if there is no truth, or with every file that is damaged and every line that is invalid.
    package static func truth(at path: String) throws(RunError) -> ScoreTruth {
        let root = root(of: path)
        var manifest: FolderManifest?
        if let root, FolderManifest.exists(at: root) { manifest = try FolderManifest(folder: root) }
        if let manifest { try checkTruth(of: manifest) }
        var truth = ScoreTruth(incidents: try TruthFile.incidents(at: path), window: manifest?.window)
        truth.isUnchecked = manifest == nil && (root != nil || PathKind.isFolder(path))
        if truth.isUnchecked {
            truth.notes.append("\(path.printable): there is no manifest.json, so the files could not be checked")
        }
        if truth.incidents.isEmpty, manifest?.hasIncidents ?? true {
            truth.notes.append("\(path.printable): the truth has no incident, so every alert is false")
        }
        guard let root else { return truth }
        truth.names = TailnetNames.read(at: root) { manifest?.names($0) ?? true }
        let labels = "truth/labels.ndjson"
        guard PathKind.isThere("\(root)/\(labels)"), manifest?.names(labels) ?? true else { return truth }
        truth.loggedOf = try loggedOf(labels, root, manifest)
        return truth
    }

    /// The generated folder whose truth is at a path; nil where it is a file on its own.
    private static func root(of path: String) -> String? {
        let given = URL(filePath: path)
        let above = given.deletingLastPathComponent()
        let isFolder = PathKind.isFolder(path)
        // The folder itself, its truth folder, or a file in that.
        let roots = (isFolder ? [given, above] : [above.deletingLastPathComponent()]).map(\.path)
        let root = roots.first { FolderManifest.exists(at: $0) && PathKind.isThere("\($0)/truth") }
        if let root { return root }
        // Without a manifest, only the names tell.
        if isFolder, PathKind.isFolder("\(path)/truth") { return given.path }
        let truth = isFolder ? given : above
        return truth.lastPathComponent == "truth" ? truth.deletingLastPathComponent().path : nil
    }

    /// Compares what a score reads with the manifest; the truth may have been passed on without the logs.
    private static func checkTruth(of manifest: FolderManifest) throws(RunError) {
        let incidents = "truth/incidents.ndjson"
        guard manifest.names(incidents) else {
            throw RunError(
                .input, "\(manifest.folder)/manifest.json does not name \(incidents); generate the folder again")
        }
        let others = TailnetNames.files.filter {
            $0.hasPrefix("tailnet/") || PathKind.isThere("\(manifest.folder)/\($0)")
        }
        try manifest.check([incidents, "truth/labels.ndjson"] + others)
    }

    /// When the first record of each incident was logged, by the labels and the logs.
    private static func loggedOf(
        _ labels: String, _ root: String, _ manifest: FolderManifest?
    ) throws(RunError) -> [String: Instant] {
        let path = "\(root)/\(labels)"
        var first: FirstRecords
        let bytes = try UserFile.bytes(of: path, isRegular: true)
        do { first = try FirstRecords(labels: bytes) } catch { throw RunError(.input, listed(error, in: path)) }
        // Labels may name anything; without the logs, the times are not known.
        let named = Set(first.places.map(\.file))
        let files = LogKind.allCases.map { "\($0.rawValue).ndjson" }.filter {
            named.contains($0) && PathKind.isThere("\(root)/\($0)") && manifest?.names($0) ?? true
        }
        try manifest?.check(files)
        for file in files {
            do {
                let reader = try LineReader("\(root)/\(file)", isRegular: true)
                try first.read(file) { try reader.next() }
            } catch { throw RunError(.input, "\(error)") }
        }
        return first.loggedOf
    }

    /// The alerts of files; `-` is the standard input.
    ///
    /// - Parameter areExpected: whether a file without alerts is worth a note.
    /// - Returns: The alerts, and what the user should know about how they were read, a sentence each.
    /// - Throws: `RunError` with every line that is invalid in any of them, up to a limit.
    package static func alerts(
        _ paths: [String], format: AlertFormat?, mapping: AlertMapping, areExpected: Bool
    ) throws(RunError) -> (alerts: [Alert], notes: [String]) {
        var alerts: [Alert] = []
        var notes: [String] = []
        var problems: [String] = []
        var wrong = 0
        for path in paths {
            let isStandardInput = path == "-"
            let name = isStandardInput ? "standard input" : path.printable
            do {
                let bytes = try UserFile.bytes(of: isStandardInput ? "/dev/stdin" : path)
                let reading = try AlertReader.read(bytes, format: format, mapping: mapping)
                alerts += reading.alerts
                notes += self.notes(on: reading).map { "\(name): \($0)" }
                if areExpected, reading.alerts.isEmpty { notes.append("\(name): there is no alert in it") }
            } catch let error as NDJSONProblems {
                wrong += error.problems.count
                problems += error.problems.prefix(max(0, problemLimit - problems.count)).map {
                    "\(name):\($0.line): \($0.message)"
                }
            } catch let error as RunError {
                wrong += 1
                problems.append(error.description)
            } catch {
                wrong += 1
                problems.append("\(name): \(error)")
            }
        }
        if wrong == 0 { return (alerts, notes) }
        if wrong > problems.count { problems.append("and \(wrong - problems.count) more invalid lines") }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    /// What should be known about how a file was read, a sentence each.
    private static func notes(on reading: AlertReading) -> [String] {
        var notes: [String] = []
        if reading.nameless > 0 {
            notes.append(
                "\(reading.nameless) of \(reading.alerts.count) alerts name no entity and cannot match an incident; "
                    + "--entity-field says where the names are")
        }
        if reading.repeats > 0 { notes.append("\(reading.repeats) repeated alerts count once") }
        if reading.ends > 0 {
            notes.append("\(reading.ends) entries only report the end of an alert and are ignored")
        }
        if reading.provisional > 0 {
            notes.append("\(reading.provisional) entries are previews or pending and are ignored")
        }
        return notes
    }

    /// The rule map of options, each a pair or a file of pairs.
    package static func ruleMap(_ options: [String]) throws(RunError) -> RuleMap {
        var map = RuleMap()
        var problems: [String] = []
        for option in options {
            guard PathKind.isReadable(option) else {
                if !option.contains("=") {
                    problems.append(
                        "--rule-map: there is no file \(option.printable); write RULE=source/slug, or name a file of "
                            + "such lines"
                    )
                } else if let problem = map.add(option) {
                    problems.append("--rule-map: \(problem)")
                }
                continue
            }
            do {
                let file = try RuleMap.decode(String(decoding: try UserFile.bytes(of: option), as: UTF8.self))
                problems += map.add(file).map { "\(option): \($0)" }
            } catch let error as NDJSONProblems {
                problems.append(listed(error, in: option))
            } catch let error as RunError { throw error } catch { problems.append("\(option): \(error)") }
        }
        if problems.isEmpty { return map }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    /// The results of files, and of all files of folders that end in `.json`.
    package static func runs(_ paths: [String]) throws(RunError) -> [ScoreSeries.Run] {
        var files: [(path: String, isRegular: Bool)] = []
        for path in paths {
            guard PathKind.isFolder(path) else {
                files.append((path, false))
                continue
            }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            let results = names.filter { $0.hasSuffix(".json") }.sorted().map { ("\(path)/\($0)", true) }
            if results.isEmpty { throw RunError(.input, "there is no .json file in \(path)") }
            files += results
        }
        var runs: [ScoreSeries.Run] = []
        var problems: [String] = []
        for (file, isRegular) in files {
            do {
                runs.append(
                    try ScoreSeries.Run(name: file, result: try UserFile.bytes(of: file, isRegular: isRegular)))
            } catch let error as RunError { problems.append(error.description) } catch {
                problems.append("\(file): \(error)")
            }
        }
        if problems.isEmpty { return runs }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    /// What is wrong with a file, a line each, up to a limit.
    static func listed(_ problems: NDJSONProblems, in file: String) -> String {
        let file = file.printable
        let shown = problems.problems.prefix(problemLimit).map { "\(file):\($0.line): \($0.message)" }
        let rest = problems.problems.count - shown.count
        return (shown + (rest > 0 ? ["\(file): and \(rest) more invalid lines"] : [])).joined(separator: "\n")
    }
}
