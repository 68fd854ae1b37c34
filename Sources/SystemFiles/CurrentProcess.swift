/// What a program asks of the system about itself.
package enum CurrentProcess {
    /// Makes a reader that goes away an error of writing, not the end of the process without a word.
    package static func ignoreBrokenPipes() { SystemCalls.ignoreBrokenPipes() }

    /// Ends the process.
    package static func exit(_ code: Int32) -> Never { SystemCalls.endProcess(code) }
}
