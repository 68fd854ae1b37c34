import CZlib

/// Takes gzip apart as it is read: one member or several in a row.
@safe
public final class GzipDecompressor {
    // zlib keeps the address of its stream, so the stream has a place of its own on the heap, which nobody else sees.
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
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 is the largest window, 16 more means gzip and nothing else.
        let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Appends the contents of the next bytes to `output`.
    ///
    /// - Throws: `Problem` where the bytes are not gzip.
    public func decompress(_ input: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        unsafe try input.withUnsafeBytes { (input) throws(Problem) in
            unsafe begin(input)
            while try hasMore() {
                var status = Z_OK
                output.append(addingCapacity: 1 << 18) { space in
                    unsafe space.withUnsafeMutableBufferPointer { buffer, count in
                        let free = unsafe UnsafeMutableRawBufferPointer(buffer)[count...]
                        status = unsafe inflate(into: UnsafeMutableRawBufferPointer(rebasing: free), &count)
                    }
                }
                if try isDone(status) { return }
            }
        }
    }

    /// Takes the next bytes apart.
    ///
    /// - Parameters:
    ///   - input: less than 4 GiB.
    ///   - output: makes space for the next contents, passes it to the function that it is given, which appends to it,
    ///     and tells whether there may be more.
    /// - Throws: `Problem` where the bytes are not gzip, or there may not be more.
    package func decompress(
        _ input: Span<UInt8>, into output: ((inout OutputRawSpan) -> Void) -> Bool
    ) throws(Problem) {
        unsafe try input.withUnsafeBytes { (input) throws(Problem) in
            unsafe begin(input)
            while try hasMore() {
                var status = Z_OK
                let mayGoOn = output { space in
                    unsafe space.withUnsafeMutableBytes { buffer, count in
                        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                        status = unsafe inflate(into: free, &count)
                    }
                }
                let isDone = try isDone(status)
                guard mayGoOn else { throw .tooLarge }
                if isDone { return }
            }
        }
    }

    /// Takes the next bytes, which must stay where they are until `hasMore` or `isDone` says that they are used up.
    private func begin(_ input: UnsafeRawBufferPointer) {
        // zlib only reads from it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
    }

    /// Whether a member is under way or begins.
    private func hasMore() throws(Problem) -> Bool {
        guard isComplete else { return true }
        guard unsafe stream.pointee.avail_in > 0 else { return false }
        guard unsafe inflateReset(stream) == Z_OK else { throw .notGzip }
        isComplete = false
        return true
    }

    /// Fills memory from its beginning, adds the number of bytes to `count`, and gives what zlib says.
    private func inflate(into space: UnsafeMutableRawBufferPointer, _ count: inout Int) -> CInt {
        let size = UInt32(clamping: space.count)
        unsafe stream.pointee.next_out = space.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.pointee.avail_out = size
        let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        unsafe count += Int(size - stream.pointee.avail_out)
        return status
    }

    /// Whether nothing is left to read, nor contents that zlib had no space for: then the next bytes must come.
    private func isDone(_ status: CInt) throws(Problem) -> Bool {
        isComplete = status == Z_STREAM_END
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else { throw .notGzip }
        return unsafe stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0
    }
}
