import SystemFiles
import Generation
import Dataset
import ScenarioSpec
import SimTime
import Simulation

// Generates a scenario's folder with nothing that delivers: what debug builds and other machines are compared with.
//
//     byte-check SCENARIO DIR THREADS [FROM-SECONDS DURATION-SECONDS]

func say(_ text: String) { try? OpenFile.standardError.write(Array("\(text)\n".utf8)) }

let arguments = CommandLine.arguments
guard arguments.count == 4 || arguments.count == 6, let threads = Int(arguments[3]) else {
    say("usage: byte-check SCENARIO DIR THREADS [FROM-SECONDS DURATION-SECONDS]")
    CurrentProcess.exit(64)
}
do {
    let plan = try Scenario.load(arguments[1])
    var window = plan.span
    if arguments.count == 6, let from = Int64(arguments[4]), let length = Int64(arguments[5]) {
        window = TimeWindow(start: plan.span.start + .seconds(from), end: plan.span.start + .seconds(from + length))
    }
    let options = GeneratorOptions(window: window, threads: threads, hash: RecordDigest.sha256)
    let generator = LogGenerator(world: try World(plan: plan), options: options)
    _ = try await GeneratedFolder(path: arguments[2], force: true).write(generator) { _, _ in }
} catch {
    say("\(error)")
    CurrentProcess.exit(2)
}
