import ByteText
import SystemFiles
import TailnetPolicy

// Puts changed policy texts through the whole policy engine for some time: reading, judging, tests, filters, SSH rules,
// verdicts, layout. It ends with 1 and leaves the text in a file where something breaks: a crash, a text that takes too
// long, memory that grows.
//
//     policy-fuzz SECONDS SEED CRASHFILE [FILE ...]
//
// Each file is a policy, or lines of JSON objects with a text or an object under "policy".

func say(_ text: String) { try? OpenFile.standardOutput.write(Array("\(text)\n".utf8)) }

let arguments = CommandLine.arguments
guard arguments.count >= 4, let limit = Int(arguments[1]), let seed = UInt64(arguments[2]) else {
    say("usage: policy-fuzz SECONDS SEED CRASHFILE [FILE ...]")
    CurrentProcess.exit(64)
}
let crashFile = arguments[3]
var texts = Subject.inline.map { Array($0.utf8) }
for path in arguments[4...] {
    let bytes = (try? InputFile.bytes(of: path)) ?? []
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

/// Puts changed texts through the engine until the time is over, or something breaks.
func fuzz(_ texts: [[UInt8]]) throws {
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
    let crash: OpenFile
    do { crash = try OpenFile(writing: crashFile, .replace) } catch {
        say("cannot write \(crashFile): \(error)")
        CurrentProcess.exit(1)
    }
    while last - begin < .seconds(limit) {
        let bytes = mutator.mutated(numbers.pick(texts), &numbers)
        _ = crash.cut(to: 0)
        try crash.write(bytes)
        // A hang ends the process.
        CurrentProcess.endAfter(seconds: 20)
        let found = Subject.complaint(about: bytes)
        CurrentProcess.endAfter(seconds: 0)
        let now = clock.now
        slowest = max(slowest, now - last)
        last = now
        count += 1
        let reading = PolicyFile.parse(String(decoding: bytes, as: UTF8.self))
        if reading.file != nil { readable += 1 }
        if reading.valid != nil { accepted += 1 }
        if let found {
            say("policy \(count): \(found); the text is in \(crashFile)")
            CurrentProcess.exit(1)
        }
        if CurrentProcess.peakMegabytes > 1_000 {
            say("policy \(count): memory grew to \(CurrentProcess.peakMegabytes) MB; the text is in \(crashFile)")
            CurrentProcess.exit(1)
        }
    }
    say(
        "\(count) policies, \(readable) of them readable, \(accepted) valid; slowest \(slowest), "
            + "peak memory \(CurrentProcess.peakMegabytes) MB")
    say("no crash, no hang, no runaway memory")
}

try fuzz(texts)
