import Truth
import ByteText
import Dataset
import FoundationEssentials
import Replay
import Scoring
import SimTime
import TailnetModel

/// Reads and writes the files of the score command.
enum ScoreFiles {
    /// The most wrong lines that are printed; the rest is counted.
    private static let problemLimit = 20

    /// What is true, and when the ingester had it.
    struct Truth {
        var incidents: [Incident]
        /// The window of the folder's manifest.
        var window: TimeWindow?
        /// When the ingester had each incident's first record, as far as the folder tells.
        var loggedOf: [String: Instant] = [:]
    }

    /// The truth of a generated folder, of its `truth` folder, or of a file.
    static func truth(at path: String) throws(RunError) -> Truth {
        var truth = Truth(incidents: try TruthFile.incidents(at: path))
        let given = URL(filePath: path)
        let above = given.deletingLastPathComponent()
        // The folder itself, its truth folder, or a file in that.
        let roots = isFolder(path) ? [given, above] : [above.deletingLastPathComponent()]
        let root = roots.first { exists($0.path + "/manifest.json") && exists($0.path + "/truth/incidents.ndjson") }
        guard let root = root?.path else { return truth }
        if let manifest = try? JSONValue.parse(try bytes(of: "\(root)/manifest.json")), let window = manifest["window"],
            let start = window["start"]?.string.flatMap({ Instant(rfc3339: $0) }),
            let end = window["end"]?.string.flatMap({ Instant(rfc3339: $0) }), start < end
        {
            truth.window = TimeWindow(start: start, end: end)
        }
        let labels = "\(root)/truth/labels.ndjson"
        guard exists(labels) else { return truth }
        var first: FirstRecords
        do { first = try FirstRecords(labels: try bytes(of: labels)) } catch let error as NDJSONProblems {
            throw RunError(.input, listed(error, in: labels))
        } catch let error as RunError { throw error } catch { throw RunError(.input, "\(labels): \(error)") }
        for file in Set(first.places.map(\.file)).sorted() {
            // Logs may be left behind when truth is passed on: then the figure is not defined.
            guard let data = try? Data(contentsOf: URL(filePath: "\(root)/\(file)"), options: .alwaysMapped) else {
                continue
            }
            data.withUnsafeBytes { first.look(into: $0, of: file) }
        }
        truth.loggedOf = first.loggedOf
        return truth
    }

    /// The alerts of files.
    ///
    /// - Throws: `RunError` with every line that is wrong in any of them, up to a limit.
    static func alerts(_ paths: [String], format: AlertFormat?, mapping: AlertMapping) throws(RunError) -> [Alert] {
        var alerts: [Alert] = []
        var problems: [String] = []
        var wrong = 0
        for path in paths {
            do {
                let reading = try AlertReader.read(try bytes(of: path), format: format, mapping: mapping)
                alerts += reading.alerts
                if reading.nameless > 0 {
                    Console.say(
                        "\(path): \(reading.nameless) of \(reading.alerts.count) alerts name nobody and cannot match; "
                            + "say with --entity-field where the names are")
                }
                if reading.repeats > 0 { Console.say("\(path): \(reading.repeats) repeated alerts count once") }
                if reading.ends > 0 { Console.say("\(path): \(reading.ends) entries only say that an alert is over") }
            } catch let error as NDJSONProblems {
                wrong += error.problems.count
                problems += error.problems.prefix(max(0, problemLimit - problems.count)).map {
                    "\(path):\($0.line): \($0.message)"
                }
            } catch let error as RunError {
                wrong += 1
                problems.append(error.description)
            } catch {
                wrong += 1
                problems.append("\(path): \(error)")
            }
        }
        if wrong == 0 { return alerts }
        if wrong > problems.count { problems.append("and \(wrong - problems.count) more wrong lines") }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    /// The rule map of options, each a pair or a file of pairs.
    static func ruleMap(_ options: [String]) throws(RunError) -> RuleMap {
        var map = RuleMap()
        var problems: [String] = []
        for option in options {
            guard exists(option) else {
                if !option.contains("=") {
                    problems.append(
                        "--rule-map: there is no file \(option); write RULE=source/slug, or name a file of such lines")
                } else if let problem = map.add(option) {
                    problems.append("--rule-map: \(problem)")
                }
                continue
            }
            do {
                let file = try RuleMap.decode(String(decoding: try bytes(of: option), as: UTF8.self))
                problems += map.add(file).map { "\(option): \($0)" }
            } catch let error as NDJSONProblems {
                problems.append(listed(error, in: option))
            } catch let error as RunError { throw error } catch { problems.append("\(option): \(error)") }
        }
        if problems.isEmpty { return map }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    /// The results of files, and of all files of folders that end in `.json`.
    static func runs(_ paths: [String]) throws(RunError) -> [ScoreSeries.Run] {
        var files: [String] = []
        for path in paths {
            guard isFolder(path) else {
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
            do { runs.append(try ScoreSeries.Run(name: file, result: try bytes(of: file))) } catch let error as RunError
            {
                problems.append(error.description)
            } catch { problems.append("\(file): \(error)") }
        }
        if problems.isEmpty { return runs }
        throw RunError(.input, problems.joined(separator: "\n"))
    }

    /// Writes a text to a file, all of it or nothing.
    static func write(_ text: String, to path: String) throws(RunError) {
        do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            throw RunError(.run, "cannot write \(path); is its folder there, and may it be written to?")
        }
    }

    private static func listed(_ problems: NDJSONProblems, in file: String) -> String {
        let shown = problems.problems.prefix(problemLimit).map { "\(file):\($0.line): \($0.message)" }
        let rest = problems.problems.count - shown.count
        return (shown + (rest > 0 ? ["\(file): and \(rest) more wrong lines"] : [])).joined(separator: "\n")
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path) && !isFolder(path)
    }

    private static func isFolder(_ path: String) -> Bool { FolderManifest.isFolder(path) }

    private static func bytes(of path: String) throws(RunError) -> [UInt8] {
        guard exists(path) else { throw RunError(.input, "there is no file \(path)") }
        do { return Array(try Data(contentsOf: URL(filePath: path))) } catch {
            throw RunError(.input, "cannot read \(path): the system refuses")
        }
    }
}
