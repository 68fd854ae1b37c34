import CZlib

/// The compressing side of zlib, for gzip members.
@safe
struct DeflateStream: ~Copyable {
    // zlib keeps the address of its stream, so the stream has a place of its own on the heap, which nobody else sees.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Makes a stream; a level that is none is a programmer's error.
    init(level: Int) {
        precondition(GzipCompressor.levels.contains(level), "gzip has the levels 1 to 9")
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let windowBits: CInt = 15 + 16  // 16 asks for a gzip header and trailer
        let status = unsafe deflateInit2_(
            stream, CInt(level), Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Begins a new member.
    func reset() { unsafe deflateReset(stream) }

    /// The most bytes that a member of that many bytes takes.
    func bound(_ count: Int) -> Int { unsafe Int(deflateBound(stream, UInt(count))) }

    /// Compresses the last bytes of a member; gives how much was written, and whether that is all of it.
    func finish(_ bytes: Span<UInt8>, into target: UnsafeMutableRawBufferPointer) -> (written: Int, isComplete: Bool) {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe begin(bytes)
            return unsafe step(into: target, Z_FINISH)
        }
    }

    /// Compresses bytes and counts what comes out, without keeping it.
    ///
    /// - Parameters:
    ///   - isFlushed: whether everything so far is to come out, instead of what is ready.
    ///   - space: takes what comes out, one part over the other.
    func count(_ bytes: Span<UInt8>, isFlushed: Bool, space: inout [UInt8]) -> Int {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe space.withUnsafeMutableBytes { space in
                unsafe begin(bytes)
                var total = 0
                var written = 0
                repeat {
                    written = unsafe step(into: space, isFlushed ? Z_SYNC_FLUSH : Z_NO_FLUSH).written
                    total += written
                } while written == space.count
                return total
            }
        }
    }

    /// Takes bytes to compress, which must stay where they are until all of them are compressed.
    private func begin(_ bytes: UnsafeRawBufferPointer) {
        // zlib only reads from it.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
    }

    private func step(into target: UnsafeMutableRawBufferPointer, _ flush: CInt) -> (written: Int, isComplete: Bool) {
        unsafe stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
        unsafe stream.pointee.avail_out = UInt32(target.count)
        let status = unsafe deflate(stream, flush)
        return unsafe (target.count - Int(stream.pointee.avail_out), status == Z_STREAM_END)
    }
}
