import SystemFiles
import Generation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where records go when no folder is written: standard output.
public struct StandardOutput {
    /// Makes the sink.
    public init() {
        // A reader that goes away is an error of `write`, not the end of the process without a word.
        signal(SIGPIPE, SIG_IGN)
        widenPipe(STDOUT_FILENO)
    }

    /// Writes bytes.
    ///
    /// - Throws: `RunError` where the reader is gone or the disk behind it is full.
    public func write(_ bytes: [UInt8]) throws(RunError) {
        guard let code = writeAll(bytes, to: STDOUT_FILENO) else { return }
        let reason = code == EPIPE ? "the reader closed the pipe" : systemMessage(code)
        throw RunError(.run, "cannot write to standard output: \(reason)")
    }
}
