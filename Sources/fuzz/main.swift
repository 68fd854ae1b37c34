import SystemFiles

// Gives changed inputs to what reads inputs, and looks for crashes, hangs, memory that grows, wrong exit codes, messages
// that are none, and success on damaged input. It ends with 1 where it finds one, and leaves the input in a folder; what
// crashes in this process ends it by a signal, with the input in the same place.

func say(_ text: String) { try? OpenFile.standardOutput.write(Array("\(text)\n".utf8)) }

guard let options = FuzzOptions(Array(CommandLine.arguments.dropFirst())) else {
    say(FuzzOptions.usage)
    CurrentProcess.exit(64)
}
do {
    for target in options.targets {
        var run = FuzzRun(options)
        if try await !run.run(target) { CurrentProcess.exit(1) }
    }
} catch {
    say("fuzz: \(error)")
    CurrentProcess.exit(1)
}
