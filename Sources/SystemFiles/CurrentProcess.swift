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

    /// How many files the process may have open at once; nil where the system does not say.
    package static var openFileLimit: Int? { SystemCalls.openFileLimit }

    /// The most memory that the process has had, in megabytes.
    package static var peakMegabytes: Int { SystemCalls.peakKilobytes / 1_000 }
}
