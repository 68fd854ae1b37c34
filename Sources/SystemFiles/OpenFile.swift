/// A file that is open; it is closed at the end of its life.
package struct OpenFile: ~Copyable {
    /// What becomes of what is there already.
    package enum Mode: Sendable {
        /// It is replaced.
        case replace
        /// It is replaced, and no other process that opens it so may write to it meanwhile; it is no link.
        case alone
        /// Nothing may be there: the file is new, and each write goes to its end.
        case append
    }

    private let descriptor: CInt
    /// Whether the file is closed at the end; standard input and output are not.
    private let isOwned: Bool

    /// The process's standard input.
    package static var standardInput: OpenFile { OpenFile(descriptor: 0) }
    /// The process's standard output.
    package static var standardOutput: OpenFile { OpenFile(descriptor: 1) }
    /// The process's standard error.
    package static var standardError: OpenFile { OpenFile(descriptor: 2) }

    private init(descriptor: CInt) {
        self.descriptor = descriptor
        isOwned = false
    }

    /// Opens a file for reading.
    ///
    /// - Parameter waits: whether to wait at a pipe until somebody writes to it.
    package init(reading path: String, waits: Bool = true) throws(SystemError) {
        descriptor = SystemCalls.openForReading(path, waits: waits)
        isOwned = true
        if descriptor < 0 { throw SystemCalls.lastError }
    }

    /// Opens a file for writing, and makes it where it is missing.
    package init(writing path: String, _ mode: Mode) throws(SystemError) {
        descriptor = mode == .alone ? SystemCalls.openAlone(path) : SystemCalls.openForWriting(path, mode)
        isOwned = true
        if descriptor < 0 { throw SystemCalls.lastError }
    }

    /// What a path of standard output or standard error stands for; nil for other paths.
    package static func standard(_ path: String) -> OpenFile? {
        switch path {
        case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1": .standardOutput
        case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2": .standardError
        default: nil
        }
    }

    deinit { if isOwned, descriptor >= 0 { _ = SystemCalls.closeFile(descriptor) } }

    /// What it is.
    package var kind: PathKind? { SystemCalls.kind(of: descriptor) }

    /// Whether somebody sits before it.
    package var isTerminal: Bool { SystemCalls.isTerminal(descriptor) }

    /// How many columns its terminal has; nil where it is no terminal, or one that does not say.
    package var columns: Int? { SystemCalls.columns(of: descriptor) }

    /// Appends what there is, as far as it fits into `space`; nothing at the end of the file.
    package func read(into space: inout OutputSpan<UInt8>) throws(SystemError) {
        while !SystemCalls.readBytes(into: &space, from: descriptor) {
            let error = SystemCalls.lastError
            if error != .interrupted { throw error }
        }
    }

    /// Writes all bytes.
    package func write(_ bytes: Span<UInt8>) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = SystemCalls.writeBytes(bytes.extracting(written...), to: descriptor)
            if count < 0 {
                let error = SystemCalls.lastError
                if error == .interrupted { continue }
                throw error
            }
            if count == 0 { throw SystemError.inputOutput }
            written += count
        }
    }

    /// Writes all bytes.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try write(bytes.span)
    }

    /// Cuts the file to a length, to whose end the next write goes; tells whether it could.
    package func cut(to length: Int) -> Bool { SystemCalls.cut(descriptor, to: length) }

    /// Lets a pipe hold 1 MiB instead of 64 KiB where the system can: whoever reads it then empties it while the next
    /// part is made, and neither waits for the other at every turn.
    ///
    /// Anything else than a pipe stays as it is, and so does a pipe that may not grow.
    package func widenPipe() { SystemCalls.setPipeSize(descriptor, 1 << 20) }

    /// Closes the file; what was written may still fail here.
    package consuming func close() throws(SystemError) {
        let (descriptor, isOwned) = (descriptor, isOwned)
        discard self
        if isOwned, !SystemCalls.closeFile(descriptor) { throw SystemCalls.lastError }
    }
}
