import Generation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Measures what one machine makes of scenarios, beside reference loops in the same run. Digests are off.
//
//     bench [RUNS] [SECTION...]
//
// The sections are throughput, encoder, gzip, scale, seek and policy; all by default. "scale N" and "seek N"
// measure one size in this process.

signal(SIGPIPE, SIG_IGN)
var arguments = CommandLine.arguments.dropFirst()
var runs = 5
if let first = arguments.first, let count = Int(first) {
    runs = max(1, count)
    arguments = arguments.dropFirst()
}
if arguments.count == 2, let nodes = arguments.last.flatMap({ Int($0) }) {
    switch arguments.first {
    case "scale": try await ScaleBench.run(nodes: nodes)
    case "seek": try await SeekBench.run(nodes: nodes)
    default: talk("usage: bench [RUNS] [SECTION...]")
    }
    exit(0)
}
let all = ["throughput", "encoder", "gzip", "scale", "seek", "policy"]
let sections = arguments.isEmpty ? all : Array(arguments)
guard sections.allSatisfy(all.contains) else {
    talk("usage: bench [RUNS] [SECTION...]; sections: \(all.joined(separator: " "))")
    exit(64)
}
for section in sections {
    switch section {
    case "throughput": try await ThroughputBench.run(runs: runs)
    case "encoder": try await EncoderBench.run(runs: runs)
    case "gzip": try await GzipBench.run(runs: runs)
    case "scale": ScaleBench.run()
    case "seek": await SeekBench.run(runs: runs)
    default: await PolicyBench.run(runs: runs)
    }
}
