import ArgumentParser
import ByteText
import Dataset
import IncidentCatalog
import Replay
import ScenarioSpec
import Scoring
import SimTime
import Truth

/// Compares a detector's alerts with the truth.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score a detector's alerts: hits, misses and false positives.",
        discussion: """
            --truth and --alerts score one run. --fixtures shows which variants and mutations of each kind a rule detects. \
            --curve compares results of --json. Docs/Scoring.md defines every metric.
            """)

    @Option(
        help: ArgumentHelp(
            "Generated folder, its truth folder, or an incidents.ndjson.", valueName: "path"))
    var truth: String?

    @Option(
        help: ArgumentHelp(
            "Folder of mocktail fixtures, with a file of alerts in each of its folders.",
            valueName: "dir"))
    var fixtures: String?

    @OptionGroup var input: ScoreInputArguments

    @Option(
        help: ArgumentHelp(
            "How long after an incident's last record an alert still counts.", valueName: "duration"))
    var grace = "15m"

    @Option(
        help: ArgumentHelp(
            "Range over which false alerts a day are counted (default: that of the truth).", valueName: "from/to"))
    var window: String?

    @Option(
        help: ArgumentHelp("Length of an alert in the range-based metrics.", valueName: "duration"))
    var alertSpan = "5m"

    @Option(
        help: ArgumentHelp(
            "Incident kind whose targets an alert may name instead of the actors (repeatable).", valueName: "kind"))
    var matchTargets: [String] = []

    @Flag(help: "Count an alert only for an incident that expects its rule, or expects none.")
    var matchRules = false

    @Option(
        help: ArgumentHelp(
            "Condition of the run, such as load=5000, kept in the result for --curve (repeatable).",
            valueName: "key=value"))
    var condition: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: ArgumentHelp("Also write the score as JUnit XML, for build servers.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("Also write the score as a web page.", valueName: "file"))
    var html: String?

    @Option(help: ArgumentHelp("Exit 3 if a metric is lower, such as recall=0.9,precision=0.8.", valueName: "goals"))
    var failUnder: String?

    @Option(help: ArgumentHelp("Exit 3 if a metric is higher, such as falseAlertsPerDay=2.", valueName: "goals"))
    var failOver: String?

    @Option(
        help: ArgumentHelp(
            "False alerts that a rule may have before its test case in --junit fails.", valueName: "count"))
    var falseBudget = 0

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Results of --json, or folders of them: compare recall and precision by condition.", valueName: "file"))
    var curve: [String] = []

    func validate() throws {
        try input.check(isStandardInputAllowed: fixtures == nil)
        if fixtures != nil {
            guard truth == nil, curve.isEmpty, junit == nil, html == nil, failUnder == nil, failOver == nil else {
                throw ValidationError(
                    "--fixtures goes only with --alerts, --json and the options that say how alerts are read.")
            }
        } else if curve.isEmpty {
            guard truth != nil else {
                throw ValidationError("Give --truth DIR and --alerts FILE..., --fixtures DIR, or --curve FILE...")
            }
            guard !input.alerts.isEmpty else {
                throw ValidationError("Give the detector's alerts with --alerts FILE...")
            }
        } else if truth != nil || !input.alerts.isEmpty || junit != nil || failUnder != nil || failOver != nil {
            throw ValidationError("--curve compares results; it goes only with --json and --html.")
        }
        if let html, html == junit {
            throw ValidationError("--html and --junit both name \(html); give each a file of its own.")
        }
        if falseBudget < 0 { throw ValidationError("--false-budget \(falseBudget): must be 0 or more.") }
    }

    func run() async throws {
        try await reportingErrors {
            if !curve.isEmpty {
                try compare()
                return
            }
            if let fixtures {
                try scoreFixtures(fixtures)
                return
            }
            let goals = try goals()
            let conditions = try conditions()
            var options = try options()
            let map = try ScoreFiles.ruleMap(input.ruleMap)
            let mapping = try input.mapping()
            let truth = try ScoreFiles.truth(at: truth ?? "")
            for note in truth.notes { Console.say(note) }
            try ScoreNames.check(kinds: matchTargets, in: truth.incidents)
            try ScoreNames.check(map, in: truth.incidents)
            options.window = options.window ?? truth.window
            options.loggedOf = truth.loggedOf
            let found = try alerts(input.alerts, mapping, areExpected: true)
            let unknown = unknownEntities(found, truth)
            for note in ScoreNames.notes(onUnusedRules: input.mappedRules, in: found) { Console.say(note) }
            if let window = truth.window, !found.isEmpty, !found.contains(where: { window.contains($0.time) }) {
                Console.say(
                    "no alert lies between \(window.start.rfc3339) and \(window.end.rfc3339): an alert's time must be the "
                        + "simulated time of the event that triggered it")
            }
            let score = Score(of: map.applied(to: found), against: truth.incidents, options: options)
            if let note = ScoreNames.note(onUnmappedRulesOf: score) { Console.say(note) }
            if let junit {
                try UserFile.write(score.junit(goals: goals, falseBudget: falseBudget), to: junit)
            }
            if let html { try UserFile.write(score.html(goals: goals, conditions: conditions), to: html) }
            try printData(
                json
                    ? score.json(conditions: conditions, unknown: unknown)
                    : Console.fittingTables(String(score.table.dropLast())))
            let missed = goals.filter { !$0.isMet(by: score) }
            for goal in missed { Console.say("mocktail: \(goal.sentence(for: score))") }
            if !missed.isEmpty { throw ExitCodes.missed }
        }
    }

    /// Scores each folder of fixtures; exits 3 if the alerts of one are not what they should be.
    private func scoreFixtures(_ path: String) throws {
        let plain = try options()
        let map = try ScoreFiles.ruleMap(input.ruleMap)
        let mapping = try input.mapping()
        try ScoreNames.check(kinds: matchTargets, in: [])
        try ScoreNames.check(map, in: [])
        let names = input.alerts.isEmpty ? ["alerts.ndjson"] : input.alerts
        var unchecked = 0
        var silent = 0
        let scores = try FixtureResults.read(at: path, files: names) { folder, files in
            let truth = try ScoreFiles.truth(at: folder)
            if truth.isUnchecked { unchecked += 1 }
            if files.isEmpty { silent += 1 }
            var options = plain
            options.window = options.window ?? truth.window
            let found = try alerts(files, mapping, areExpected: false)
            _ = unknownEntities(found, truth)
            return Score(of: map.applied(to: found), against: truth.incidents, options: options)
        }
        if unchecked > 0 {
            Console.say(
                "\(path.printable): \(counted(unchecked, "folder")) without a manifest.json, so the files could not be "
                    + "checked")
        }
        if silent > 0 {
            Console.say(
                "\(path.printable): \(counted(silent, "folder")) of \(scores.folders.count) without a file "
                    + "\(names[0].printable), which counts as no alert; did the rule run on all of them?")
        }
        try printData(String((json ? scores.json : Console.fittingTables(scores.table)).dropLast()))
        if scores.folders.contains(where: { !$0.isRight }) { throw ExitCodes.missed }
    }

    /// Reads alerts, and says what should be known about how they were read.
    ///
    /// - Parameter areExpected: whether a file without alerts is worth a note.
    private func alerts(
        _ files: [String], _ mapping: AlertMapping, areExpected: Bool
    ) throws(RunError) -> [Alert] {
        let (alerts, notes) = try ScoreFiles.alerts(
            files, format: input.format?.format, mapping: mapping, areExpected: areExpected)
        for note in notes { Console.say(note) }
        return alerts
    }

    /// Says how many alerts are about nobody in the tailnet, which nothing else would show.
    private func unknownEntities(_ alerts: [Alert], _ truth: ScoreTruth) -> UnknownEntities? {
        guard let names = truth.names,
            let unknown = UnknownEntities(in: alerts, names: names, incidents: truth.incidents)
        else { return nil }
        Console.say(
            "alerts that name only what the tailnet does not have, such as '\(unknown.example.printable)': "
                + "\(unknown.alerts) of \(alerts.count); they are false, unless --entity-field finds other names")
        return unknown
    }

    /// Compares several results by their conditions.
    private func compare() throws {
        let series = ScoreSeries(try ScoreFiles.runs(curve))
        if series.conditions.isEmpty {
            throw RunError(
                .input,
                "none of these results has a condition; give --condition KEY=VALUE, such as load=5000, when you score them"
            )
        }
        if let html { try UserFile.write(series.html, to: html) }
        try printData(json ? series.json : Console.fittingTables(String(series.table.dropLast())))
    }

    private func goals() throws(RunError) -> [ScoreGoal] {
        func read(_ text: String?, _ option: String, upper: Bool) throws(RunError) -> [ScoreGoal] {
            guard let text else { return [] }
            do { return try ScoreGoal.parse(text, upper: upper) } catch {
                throw RunError(.input, "\(option): \(error)")
            }
        }
        return try read(failUnder, "--fail-under", upper: false) + read(failOver, "--fail-over", upper: true)
    }

    private func conditions() throws(RunError) -> [(name: String, value: String)] {
        var conditions: [(name: String, value: String)] = []
        for text in condition {
            guard let divide = text.firstIndex(of: "="), divide != text.startIndex else {
                throw RunError(.input, "--condition '\(text)': write KEY=VALUE, such as load=5000")
            }
            let name = String(text[..<divide])
            guard !conditions.contains(where: { $0.name == name }) else {
                throw RunError(.input, "--condition: '\(name)' is given twice")
            }
            conditions.append((name, String(text[text.index(after: divide)...])))
        }
        return conditions
    }

    private func options() throws(RunError) -> ScoreOptions {
        func span(_ text: String, _ option: String) throws(RunError) -> TimeSpan {
            guard let span = TimeSpan(parsing: text), span <= .days(3_650) else {
                throw RunError(.input, "\(option) \(text): write a duration such as 15m")
            }
            return span
        }
        var options = ScoreOptions(
            grace: try span(grace, "--grace"),
            kindsMatchedByTargets: Set(
                matchTargets + IncidentKinds.all.filter(\.matchesTargets).map(\.name)),
            matchesRules: matchRules,
            alertSpan: try span(alertSpan, "--alert-span"))
        guard options.alertSpan > .zero else {
            throw RunError(.input, "--alert-span \(alertSpan): must be longer than zero")
        }
        if let window {
            let ends = window.split(separator: "/", omittingEmptySubsequences: false).map { Instant(rfc3339: $0) }
            guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else {
                throw RunError(
                    .input, "--window \(window): write two times, such as 2026-03-02T07:00:00Z/2026-03-02T19:00:00Z")
            }
            guard AlertTime.range.start <= start, end <= AlertTime.range.end else {
                throw RunError(.input, "--window \(window): must lie in the years 1970 to 2199")
            }
            options.window = TimeWindow(start: start, end: end)
        }
        return options
    }
}
