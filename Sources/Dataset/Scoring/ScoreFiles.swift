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
    /// - Throws: `RunError` if there is no truth, or with every line that is invalid.
    package static func truth(at path: String) throws(RunError) -> ScoreTruth {
        let given = URL(filePath: path)
        let above = given.deletingLastPathComponent()
        // The folder itself, its truth folder, or a file in that.
        let roots = PathKind.isFolder(path) ? [given, above] : [above.deletingLastPathComponent()]
        let root = roots.map(\.path).first {
            FolderManifest.exists(at: $0) && PathKind.isThere($0 + "/truth")
        }
        let manifest = try root.map { (root) throws(RunError) in try FolderManifest(folder: root) }
        try manifest?.check(["truth/incidents.ndjson", "truth/labels.ndjson"])
        var truth = ScoreTruth(incidents: try TruthFile.incidents(at: path), window: manifest?.window)
        guard let root, let manifest else { return truth }
        truth.names = TailnetNames.read(at: root)
        let labels = "\(root)/truth/labels.ndjson"
        guard PathKind.isReadable(labels) else { return truth }
        var first: FirstRecords
        do { first = try FirstRecords(labels: try UserFile.bytes(of: labels)) } catch let error as NDJSONProblems {
            throw RunError(.input, listed(error, in: labels))
        } catch let error as RunError { throw error } catch { throw RunError(.input, "\(labels): \(error)") }
        // Truth may be passed on without its logs: then the times are not known.
        let files = Set(first.places.map(\.file)).sorted().filter { PathKind.isThere("\(root)/\($0)") }
        try manifest.check(files)
        for file in files {
            guard let reader = try? LineReader("\(root)/\(file)") else { continue }
            do { try first.read(file) { try reader.next() } } catch { throw RunError(.input, "\(error)") }
        }
        truth.loggedOf = first.loggedOf
        return truth
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
        var files: [String] = []
        for path in paths {
            guard PathKind.isFolder(path) else {
                files.append(path)
                continue
            }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            let results = names.filter { $0.hasSuffix(".json") }.sorted().map { "\(path)/\($0)" }
            if results.isEmpty { throw RunError(.input, "there is no .json file in \(path)") }
            files += results
        }
        var runs: [ScoreSeries.Run] = []
        var problems: [String] = []
        for file in files {
            do { runs.append(try ScoreSeries.Run(name: file, result: try UserFile.bytes(of: file))) } catch let error
                as RunError
            {
                problems.append(error.description)
            } catch { problems.append("\(file): \(error)") }
        }
        if problems.isEmpty { return runs }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    private static func listed(_ problems: NDJSONProblems, in file: String) -> String {
        let file = file.printable
        let shown = problems.problems.prefix(problemLimit).map { "\(file):\($0.line): \($0.message)" }
        let rest = problems.problems.count - shown.count
        return (shown + (rest > 0 ? ["\(file): and \(rest) more invalid lines"] : [])).joined(separator: "\n")
    }
}
