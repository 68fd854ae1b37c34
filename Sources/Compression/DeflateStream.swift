import CZlib

/// The compressing side of zlib, for gzip members.
struct DeflateStream: ~Copyable {
    // zlib keeps the address of its stream, so the stream has a place of its own on the heap.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Makes a stream; a level that is none is a programmer's error.
    init(level: Int) {
        precondition(GzipCompressor.levels.contains(level), "gzip has the levels 1 to 9")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowBits: CInt = 15 + 16  // 16 asks for a gzip header and trailer
        let status = deflateInit2_(
            stream, CInt(level), Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Begins a new member.
    func reset() { deflateReset(stream) }

    /// The most bytes that a member of that many bytes takes.
    func bound(_ count: Int) -> Int { Int(deflateBound(stream, UInt(count))) }

    /// Compresses the last bytes of a member; gives how much was written, and whether that is all of it.
    func finish(
        _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) -> (written: Int, isComplete: Bool) {
        begin(bytes)
        return step(into: target, Z_FINISH)
    }

    /// Compresses bytes and hands on what comes out, part by part.
    ///
    /// - Parameter isFlushed: whether everything so far is to come out, instead of what is ready.
    func add(
        _ bytes: UnsafeRawBufferPointer, isFlushed: Bool, room: UnsafeMutableRawBufferPointer, _ output: (Int) -> Void
    ) {
        begin(bytes)
        var written = 0
        repeat {
            written = step(into: room, isFlushed ? Z_SYNC_FLUSH : Z_NO_FLUSH).written
            output(written)
        } while written == room.count
    }

    private func begin(_ bytes: UnsafeRawBufferPointer) {
        // zlib only reads from it.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
    }

    private func step(into target: UnsafeMutableRawBufferPointer, _ flush: CInt) -> (written: Int, isComplete: Bool) {
        stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        let status = deflate(stream, flush)
        return (target.count - Int(stream.pointee.avail_out), status == Z_STREAM_END)
    }
}
