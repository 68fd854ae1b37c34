import SystemFiles
import Generation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is written beside its final name and renamed when it is whole.
///
/// An interrupted run leaves `NAME.part` behind, never a half-written NAME.
public final class OutputFile {
    /// The file's name when it is whole.
    public let path: String
    private let temporaryPath: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var hash: SHA256?
    /// What was written so far.
    public private(set) var byteCount = 0

    private static let bufferSize = 1 << 18

    /// Opens a file for writing.
    ///
    /// - Throws: `RunError` where the folder is missing or may not be written to.
    public init(path: String, withDigest: Bool) throws(RunError) {
        self.path = path
        temporaryPath = path + ".part"
        hash = withDigest ? SHA256() : nil
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else {
            throw RunError(.run, "cannot write \(path): \(systemMessage(errno))")
        }
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(temporaryPath)
        }
    }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws(RunError) {
        byteCount += bytes.count
        bytes.withUnsafeBytes { hash?.update($0) }
        if bytes.count >= OutputFile.bufferSize {
            try flush()
            try drain(bytes)
            return
        }
        buffer.append(contentsOf: bytes)
        if buffer.count >= OutputFile.bufferSize { try flush() }
    }

    /// Appends text.
    public func write(_ text: String) throws(RunError) { try write(Array(text.utf8)) }

    /// Closes the file and gives it its name; what is at that name is replaced.
    ///
    /// - Returns: the SHA-256 of the content in hex, if it was asked for.
    @discardableResult
    public func finish() throws(RunError) -> String? {
        try flush()
        let result = close(descriptor)
        descriptor = -1
        guard result == 0, rename(temporaryPath, path) == 0 else {
            let message = systemMessage(errno)
            unlink(temporaryPath)
            throw RunError(.run, "cannot finish \(path): \(message)")
        }
        return hash?.finish().hex
    }

    private func flush() throws(RunError) {
        guard !buffer.isEmpty else { return }
        try drain(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func drain(_ bytes: [UInt8]) throws(RunError) {
        if let code = writeAll(bytes, to: descriptor) {
            throw RunError(.run, "cannot write \(path): \(systemMessage(code)); the half-written file was removed")
        }
    }
}

/// What the system says about an error's number.
public func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
