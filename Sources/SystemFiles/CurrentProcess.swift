/// What a program asks of the system about itself.
package enum CurrentProcess {
    /// Makes a reader that goes away an error of writing, not the end of the process without a word.
    package static func ignoreBrokenPipes() { SystemCalls.ignoreBrokenPipes() }

    /// Ends the process.
    package static func exit(_ code: Int32) -> Never { SystemCalls.endProcess(code) }

    /// Ends the process as a signal would have done that nobody watches; a shell shows 128 and the signal's number.
    package static func end(bySignal number: Int32) -> Never { SystemCalls.endProcess(bySignal: number) }

    /// The value of an environment variable; nil where it is not set.
    package static func environment(_ name: String) -> String? { SystemCalls.environment(name) }

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
