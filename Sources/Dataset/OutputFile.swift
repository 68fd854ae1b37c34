import SystemFiles
import Generation

/// A file of a generated folder: written beside its final name and renamed when it is whole, with its SHA-256.
public final class OutputFile {
    private let file: AtomicFile
    /// What errors call it.
    private let name: String
    private var buffer: [UInt8] = []
    private var hash: SHA256?
    /// What was written so far.
    public private(set) var byteCount = 0

    private static let bufferSize = 1 << 18

    /// Opens a file for writing.
    ///
    /// - Parameter name: what errors call the file; nil for its path.
    /// - Throws: `RunError` where the folder is missing or may not be written to.
    public init(path: String, name: String? = nil, withDigest: Bool) throws(RunError) {
        self.name = name ?? path
        do { file = try AtomicFile(path) } catch { throw RunError(.run, error.naming(name ?? path).description) }
        hash = withDigest ? SHA256() : nil
    }

    /// Appends bytes.
    public func write(_ bytes: [UInt8]) throws(RunError) {
        byteCount += bytes.count
        hash?.update(bytes.span)
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
        do { try file.finish() } catch { throw RunError(.run, error.naming(name).description) }
        return hash?.finish().hex
    }

    private func flush() throws(RunError) {
        guard !buffer.isEmpty else { return }
        try drain(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func drain(_ bytes: [UInt8]) throws(RunError) {
        do { try file.write(bytes) } catch {
            throw RunError(.run, "\(error.naming(name)); the half-written file was removed")
        }
    }
}
