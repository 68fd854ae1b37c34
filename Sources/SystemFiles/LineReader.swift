import ByteText

/// Reads a file or pipe line by line without holding all of it.
package final class LineReader {
    /// Appends what a block of the file stands for, such as the contents of a compressed one; an empty block is the end.
    package typealias Decoding = (_ block: [UInt8], _ output: inout [UInt8]) throws -> Void

    package let path: String
    private let file: OpenFile
    private let decoding: Decoding?
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    private static let blockSize = 1 << 20

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - isRegular: whether a pipe or device is refused.
    ///   - decoding: turns blocks into text; nil takes them as they are.
    package init(_ path: String, isRegular: Bool = false, decoding: Decoding? = nil) throws(FileError) {
        self.path = path
        self.decoding = decoding
        file = try InputFile.open(path, isRegular: isRegular)
    }

    /// The next line without its newline; nil at the end.
    ///
    /// - Throws: `FileError`, and what `decoding` throws.
    package func next() throws -> [UInt8]? {
        // What has no newline yet is not looked at again.
        var searched = position
        while true {
            if let end = buffer.nextNewline(from: searched) {
                defer { position = end + 1 }
                return Array(buffer[position..<end])
            }
            if isAtEnd {
                defer { position = buffer.count }
                return position < buffer.count ? Array(buffer[position...]) : nil
            }
            searched = buffer.count - position
            buffer.removeSubrange(..<position)
            position = 0
            try fill()
        }
    }

    private func fill() throws {
        guard let decoding else {
            isAtEnd = try InputFile.read(file, path, into: &buffer, atMost: LineReader.blockSize) == 0
            return
        }
        var block: [UInt8] = []
        isAtEnd = try InputFile.read(file, path, into: &block, atMost: LineReader.blockSize) == 0
        try decoding(block, &buffer)
    }
}
