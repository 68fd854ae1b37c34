import SystemFiles

/// Where records go when no folder is written: standard output.
public struct StandardOutput {
    /// Makes the output.
    public init() {
        CurrentProcess.ignoreBrokenPipes()
        OpenFile.standardOutput.widenPipe()
    }

    /// Writes bytes.
    ///
    /// - Throws: `RunError` where the reader is gone (`closedOutput`) or the disk behind it is full.
    public func write(_ bytes: [UInt8]) throws(RunError) {
        do { try OpenFile.standardOutput.write(bytes) } catch {
            if error == .brokenPipe { throw RunError(.closedOutput, "the reader closed the pipe of standard output") }
            throw RunError(.run, "cannot write to standard output: \(error)")
        }
    }
}
