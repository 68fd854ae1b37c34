import Assembly
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Writes one log of a scenario to standard output, with no library beside the scenario reader's: what debug builds and
// other machines are compared with.
//
//     mocktail-core SCENARIO network|configuration THREADS [FROM-SECONDS DURATION-SECONDS]

func talk(_ text: String) { _ = writeAll(Array("\(text)\n".utf8), to: STDERR_FILENO) }

let arguments = CommandLine.arguments
guard arguments.count == 4 || arguments.count == 6, let log = LogKind(rawValue: arguments[2]),
    let threads = Int(arguments[3])
else {
    talk("usage: mocktail-core SCENARIO network|configuration THREADS [FROM-SECONDS DURATION-SECONDS]")
    exit(64)
}
do {
    let plan = try Scenario.load(arguments[1])
    var window = plan.span
    if arguments.count == 6, let from = Int64(arguments[4]), let length = Int64(arguments[5]) {
        window = TimeWindow(start: plan.span.start + .seconds(from), end: plan.span.start + .seconds(from + length))
    }
    let production = Production(
        world: try World(plan: plan), options: ProductionOptions(window: window, logs: [log], threads: threads))
    while let slice = await production.next() {
        for chunk in slice.chunks where writeAll(chunk.bytes, to: STDOUT_FILENO) != nil {
            talk("mocktail-core: cannot write to standard output")
            exit(1)
        }
    }
} catch {
    talk("\(error)")
    exit(2)
}
