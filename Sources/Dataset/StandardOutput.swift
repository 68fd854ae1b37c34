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
    /// - Throws: `RunError` where the reader is gone or the disk behind it is full.
    public func write(_ bytes: [UInt8]) throws(RunError) {
        do { try OpenFile.standardOutput.write(bytes) } catch {
            let reason = error == .brokenPipe ? "the reader closed the pipe" : error.description
            throw RunError(.run, "cannot write to standard output: \(reason)")
        }
    }
}
