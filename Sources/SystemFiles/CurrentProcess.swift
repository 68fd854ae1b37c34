/// What a program asks of the system about itself.
package enum CurrentProcess {
    /// Makes a reader that goes away an error of writing, not the end of the process without a word.
    package static func ignoreBrokenPipes() { SystemCalls.ignoreBrokenPipes() }

    /// The signals by which a user interrupts a process, ready to be watched.
    package static var interrupts: [Int32] { SystemCalls.watchableInterrupts }

    /// Ends the process.
    package static func exit(_ code: Int32) -> Never { SystemCalls.endProcess(code) }

    /// Ends the process by a signal after some seconds, unless this is called again before; 0 takes it back.
    package static func endAfter(seconds: UInt32) { SystemCalls.setAlarm(seconds) }

    /// The first argument of the process that is not UTF-8, with a mark in place of what is not; nil where all are.
    ///
    /// It cannot be told from others that have the same mark.
    package static var invalidArgument: String? {
        for index in 0..<Int(CommandLine.argc) {
            guard let text = unsafe CommandLine.unsafeArgv[index] else { continue }
            if unsafe String(validatingCString: text) == nil { return unsafe String(cString: text) }
        }
        return nil
    }

    /// How many files the process may have open at once; nil where the system does not say.
    package static var openFileLimit: Int? { SystemCalls.openFileLimit }

    /// The most memory that the process has had, in megabytes.
    package static var peakMegabytes: Int { SystemCalls.peakKilobytes / 1_000 }
}
