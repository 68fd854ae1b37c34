import CZlib

/// Takes gzip apart as it is read: one member or several in a row.
public final class GzipDecompressor {
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the last byte so far was the last of a member.
    public private(set) var isComplete = false

    /// What is wrong with the bytes.
    public enum Problem: Error {
        case notGzip
    }

    /// Makes a decompressor.
    public init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 is the largest window, 16 more means gzip and nothing else.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Appends the contents of the next bytes to `output`.
    ///
    /// - Throws: `Problem` where the bytes are not gzip.
    public func decompress(_ input: ArraySlice<UInt8>, into output: inout [UInt8]) throws(Problem) {
        let isGzip = input.withUnsafeBufferPointer { bytes in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
            stream.pointee.avail_in = UInt32(bytes.count)
            while true {
                if isComplete {
                    guard stream.pointee.avail_in > 0 else { return true }
                    guard inflateReset(stream) == Z_OK else { return false }
                    isComplete = false
                }
                let (status, isFull) = step(into: &output)
                isComplete = status == Z_STREAM_END
                guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { return false }
                // Nothing left to read, and no contents that zlib had no room for: the next bytes must come.
                if stream.pointee.avail_in == 0 && !isFull { return true }
            }
        }
        guard isGzip else { throw .notGzip }
    }

    private func step(into output: inout [UInt8]) -> (status: Int32, isFull: Bool) {
        let room = 1 << 18
        var status = Z_OK
        var isFull = false
        output.append(addingCapacity: room) { span in
            span.withUnsafeMutableBufferPointer { target, count in
                let place = UnsafeMutableBufferPointer(rebasing: target[count...])
                stream.pointee.next_out = place.baseAddress
                stream.pointee.avail_out = UInt32(place.count)
                status = inflate(stream, Z_NO_FLUSH)
                isFull = stream.pointee.avail_out == 0
                count += place.count - Int(stream.pointee.avail_out)
            }
        }
        return (status, isFull)
    }
}
