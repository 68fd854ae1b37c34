import CZlib
import NIOCore

/// Takes gzip apart as it arrives: one member or several in a row.
struct Inflater: ~Copyable {
    /// zlib keeps a pointer to its stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the last byte so far was the last of a member.
    private(set) var isComplete = false

    /// What can go wrong.
    enum Problem: Error {
        case notGzip
        /// The contents are larger than allowed.
        case tooLarge
    }

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 is the largest window, 16 more means gzip and nothing else.
        let result = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib has no memory")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Appends the contents of the next bytes to `output`, which may grow to `limit` bytes.
    mutating func inflate(_ input: ByteBuffer, into output: inout ByteBuffer, limit: Int) throws(Problem) {
        let problem: Problem? = input.withUnsafeReadableBytes { bytes in
            guard let base = bytes.bindMemory(to: UInt8.self).baseAddress, !bytes.isEmpty else { return nil }
            stream.pointee.next_in = UnsafeMutablePointer(mutating: base)
            stream.pointee.avail_in = UInt32(bytes.count)
            while true {
                if isComplete {
                    guard stream.pointee.avail_in > 0 else { return nil }
                    guard inflateReset(stream) == Z_OK else { return .notGzip }
                    isComplete = false
                }
                let (result, isFull) = step(into: &output)
                isComplete = result == Z_STREAM_END
                guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { return .notGzip }
                if output.readableBytes > limit { return .tooLarge }
                // Nothing left to read, and no room that zlib did not have: the next bytes must come.
                if stream.pointee.avail_in == 0 && !isFull { return nil }
            }
        }
        if let problem { throw problem }
    }

    private func step(into output: inout ByteBuffer) -> (result: CInt, isFull: Bool) {
        var result = Z_OK
        var isFull = false
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: 65_536) { room in
            stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
            let count = UInt32(clamping: room.count)
            stream.pointee.avail_out = count
            result = CZlib.inflate(stream, Z_NO_FLUSH)
            isFull = stream.pointee.avail_out == 0
            return Int(count - stream.pointee.avail_out)
        }
        return (result, isFull)
    }
}
