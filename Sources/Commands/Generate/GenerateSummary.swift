import Generation
import Dataset
import ScenarioSpec
import SimTime
import Simulation
import LogStatistics
import TailnetModel

/// Summarizes what a scenario generates: metrics beside those of a real tailnet, and every deviation from the form of
/// real records.
///
/// The records are produced for the summary alone, in the form of objects and without marks: the same that go to a
/// folder, which may be compressed or in another form.
enum GenerateSummary {
    /// Produces the records and prints the report to standard output.
    ///
    /// - Parameters:
    ///   - world: the scenario.
    ///   - options: which range, logs and lanes; form, marks and digests are not looked at.
    ///   - json: whether to print one JSON object instead of a table.
    /// - Throws: `RunError` where the user interrupts or standard output takes nothing more.
    static func run(world: World, options: GeneratorOptions, json: Bool) async throws {
        var options = options
        options.channels = Channels(.object)
        options.withMarks = false
        options.hash = nil
        let generator = LogGenerator(world: world, options: options)
        let summary = LogSummary()
        let window = options.window
        var progress = ProgressLine(title: "summary of \(world.plan.name)")
        var records = 0
        try await generator.forEachChunk { (chunk) async throws(RunError) in
            if Task.isCancelled {
                progress.end()
                throw RunError(.run, "interrupted: the summary of \(world.plan.name) is not finished")
            }
            for part in chunk.parts {
                summary.add(part.log, part.bytes)
                records += part.records.count
            }
            progress.update(
                done: (chunk.window.end - window.start).nanoseconds / 1_000_000,
                of: window.length.nanoseconds / 1_000_000, detail: "\(records) records")
        }
        progress.end()
        let report = summary.report()
        // What is printed gets its newline there.
        try printData(String((json ? report.json : Console.fittingTables(report.text)).dropLast()))
    }
}
