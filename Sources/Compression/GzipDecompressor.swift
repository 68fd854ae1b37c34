import CZlib

/// Takes gzip apart as it is read: one member or several in a row.
public final class GzipDecompressor {
    // zlib keeps the address of its stream, so the stream has a place of its own on the heap.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the last byte so far was the last of a member.
    public private(set) var isComplete = false

    /// What is wrong with the bytes.
    public enum Problem: Error {
        case notGzip
        /// The contents are larger than allowed.
        case tooLarge
    }

    /// Makes a decompressor.
    public init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 is the largest window, 16 more means gzip and nothing else.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
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
        let result = input.withUnsafeBytes { bytes in
            Result { () throws(Problem) in
                try decompress(bytes) { write in
                    output.append(addingCapacity: 1 << 18) { span in
                        span.withUnsafeMutableBufferPointer { target, count in
                            let room = UnsafeMutableRawBufferPointer(target)[count...]
                            count += write(UnsafeMutableRawBufferPointer(rebasing: room))
                        }
                    }
                    return true
                }
            }
        }
        try result.get()
    }

    /// Takes the next bytes apart.
    ///
    /// - Parameters:
    ///   - input: less than 4 GiB.
    ///   - output: makes room for the next contents, passes it to the function that it is given, which fills it and
    ///     gives the number of bytes, and tells whether there may be more.
    /// - Throws: `Problem` where the bytes are not gzip, or there may not be more.
    package func decompress(
        _ input: UnsafeRawBufferPointer, _ output: ((UnsafeMutableRawBufferPointer) -> Int) -> Bool
    ) throws(Problem) {
        guard !input.isEmpty else { return }
        // zlib only reads from it.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        while true {
            if isComplete {
                guard stream.pointee.avail_in > 0 else { return }
                guard inflateReset(stream) == Z_OK else { throw .notGzip }
                isComplete = false
            }
            var status = Z_OK
            var isFull = false
            let mayGoOn = output { room in
                stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
                let count = UInt32(clamping: room.count)
                stream.pointee.avail_out = count
                status = inflate(stream, Z_NO_FLUSH)
                isFull = stream.pointee.avail_out == 0
                return Int(count - stream.pointee.avail_out)
            }
            isComplete = status == Z_STREAM_END
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw .notGzip }
            guard mayGoOn else { throw .tooLarge }
            // Nothing left to read, and no contents that zlib had no room for: the next bytes must come.
            if stream.pointee.avail_in == 0 && !isFull { return }
        }
    }
}
