/// Reads what a user names: a file, a pipe, `/dev/stdin`, what a shell substitutes for a process.
package enum InputFile {
    private static let blockSize = 1 << 16

    /// The most bytes of a file that is held whole: what has no end must not fill the memory.
    package static let byteLimit = 2 << 30
    /// The most bytes of a text that somebody wrote: a policy, a scenario.
    package static let textLimit = 32 << 20

    /// All bytes.
    ///
    /// - Parameter isRegular: whether a pipe or device is refused: nobody named it, and it may have no end.
    /// - Throws: `FileError` where there is no such file, it is a folder or larger than `limit`, or the system refuses.
    package static func bytes(
        of path: String, limit: Int = byteLimit, isRegular: Bool = false
    ) throws(FileError) -> [UInt8] {
        let file = try open(path, isRegular: isRegular)
        var bytes: [UInt8] = []
        while try read(file, path, into: &bytes, atMost: blockSize) > 0 {
            if bytes.count > limit { throw FileError(path, .tooLarge(megabytes: limit >> 20)) }
        }
        return bytes
    }

    /// Hands over the bytes of a regular file, a block after the other.
    ///
    /// - Parameter limit: after how many bytes to stop.
    /// - Throws: `FileError` as `bytes` does, and where it is no regular file.
    package static func forEachBlock(of path: String, upTo limit: Int, _ body: ([UInt8]) -> Void) throws(FileError) {
        let file = try open(path, isRegular: true)
        var left = limit
        var block: [UInt8] = []
        while left > 0 {
            let count = try read(file, path, into: &block, atMost: min(left, 16 * blockSize))
            if count == 0 { return }
            left -= count
            body(block)
            block.removeAll(keepingCapacity: true)
        }
    }

    /// The whole text.
    ///
    /// - Throws: `FileError` as `bytes` does, and where the bytes are not UTF-8.
    package static func text(
        of path: String, limit: Int = textLimit, isRegular: Bool = false
    ) throws(FileError) -> String {
        let bytes = try bytes(of: path, limit: limit, isRegular: isRegular)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw FileError(path, .notText) }
        return text
    }

    static func open(_ path: String, isRegular: Bool = false) throws(FileError) -> OpenFile {
        if isRegular { return try openRegular(path) }
        // A socket cannot be opened by this name, only read.
        if path == "/dev/stdin" { return .standardInput }
        let file: OpenFile
        do { file = try OpenFile(reading: path) } catch { throw FileError.reading(path, error) }
        if file.kind == .folder { throw FileError(path, .folder) }
        return file
    }

    private static func openRegular(_ path: String) throws(FileError) -> OpenFile {
        // A device may do something when it is opened; a pipe does not wait for its writer.
        if let kind = PathKind.at(path), kind != .file { throw FileError(path, .notRegular) }
        let file: OpenFile
        do { file = try OpenFile(reading: path, waits: false) } catch { throw FileError.reading(path, error) }
        if file.kind != .file { throw FileError(path, .notRegular) }
        return file
    }

    /// Appends what there is, at most so many bytes; gives their number, which is 0 at the end.
    static func read(
        _ file: borrowing OpenFile, _ path: String, into bytes: inout [UInt8], atMost count: Int
    ) throws(FileError) -> Int {
        let used = bytes.count
        do throws(SystemError) {
            try bytes.append(addingCapacity: count) { (space) throws(SystemError) in try file.read(into: &space) }
        } catch {
            throw FileError.reading(path, error)
        }
        return bytes.count - used
    }
}
