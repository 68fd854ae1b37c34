import ByteText
import TailnetPolicy

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Puts changed policy texts through the whole policy engine for some time: reading, judging, tests, filters, SSH rules,
// verdicts, layout. It ends with 1 and leaves the text in a file where something breaks: a crash, a text that takes too
// long, memory that grows.
//
//     policy-fuzz SECONDS SEED CRASHFILE [FILE ...]
//
// Each file is a policy, or lines of JSON objects with a text or an object under "policy".

func say(_ text: String) {
    print(text)
    fflush(nil)
}

func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&part, 1, part.count, file)
        if count == 0 { return bytes }
        bytes += part[..<count]
    }
}

func peakMegabytes() -> Int {
    var usage = rusage()
    _ = getrusage(.init(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) / 1_000
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let limit = Int(arguments[1]), let seed = UInt64(arguments[2]) else {
    say("usage: policy-fuzz SECONDS SEED CRASHFILE [FILE ...]")
    exit(64)
}
let crashFile = arguments[3]
var texts = Subject.inline.map { Array($0.utf8) }
for path in arguments[4...] {
    let bytes = contents(of: path)
    if path.hasSuffix(".jsonl") {
        for line in bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) {
            guard let policy = (try? JSONValue.parse(line))?["policy"] else { continue }
            texts.append(policy.string.map { Array($0.utf8) } ?? Array(line[policy.range]))
        }
    } else if !bytes.isEmpty {
        texts.append(bytes)
    }
}
say("\(texts.count) policies to start from, seed \(seed), \(limit) s")
let mutator = Mutator(texts)
var numbers = SeededNumbers(seed: seed)
let clock = ContinuousClock()
let begin = clock.now
var count = 0
var readable = 0
var accepted = 0
var slowest = Duration.zero
var last = begin
// A text that crashes the process or hangs it is the one in this file.
guard let crash = fopen(crashFile, "wb") else {
    say("cannot write \(crashFile)")
    exit(1)
}
while last - begin < .seconds(limit) {
    let bytes = mutator.mutated(numbers.pick(texts), &numbers)
    rewind(crash)
    _ = ftruncate(fileno(crash), 0)
    _ = fwrite(bytes, 1, bytes.count, crash)
    fflush(crash)
    // A hang ends the process with SIGALRM.
    alarm(20)
    let found = Subject.complaint(about: bytes)
    alarm(0)
    let now = clock.now
    slowest = max(slowest, now - last)
    last = now
    count += 1
    let reading = PolicyFile.parse(String(decoding: bytes, as: UTF8.self))
    if reading.file != nil { readable += 1 }
    if reading.valid != nil { accepted += 1 }
    if let found {
        say("policy \(count): \(found); the text is in \(crashFile)")
        exit(1)
    }
    if peakMegabytes() > 1_000 {
        say("policy \(count): memory grew to \(peakMegabytes()) MB; the text is in \(crashFile)")
        exit(1)
    }
}
fclose(crash)
say(
    "\(count) policies, \(readable) of them readable, \(accepted) valid; slowest \(slowest), peak memory \(peakMegabytes()) MB"
)
say("no crash, no hang, no runaway memory")
