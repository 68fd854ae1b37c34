import CZlib

/// Compresses one block after another into gzip members, with one set of buffers.
///
/// Members may follow each other in a file: together they hold all blocks. Equal blocks give equal members for one
/// version of zlib, since the header holds no time and no name. Not thread-safe: one task at a time.
public final class GzipCompressor {
    // zlib keeps the address of its stream, so the stream has a place of its own on the heap.
    private let stream: UnsafeMutablePointer<z_stream>

    /// The levels there are: from the fastest to the smallest.
    public static let levels = 1...9

    /// Makes a compressor; a level outside `levels` is a programmer's error.
    public init(level: Int = 1) {
        precondition(GzipCompressor.levels.contains(level), "gzip has the levels 1 to 9")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowBits: Int32 = 15 + 16  // 16 asks for a gzip header and trailer
        let status = deflateInit2_(
            stream, Int32(level), Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The gzip member that holds a block of less than 4 GiB.
    public func member(of block: [UInt8]) -> [UInt8] {
        deflateReset(stream)
        let bound = Int(deflateBound(stream, UInt(block.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { target, count in
            block.withUnsafeBufferPointer { source in
                // zlib only reads from it.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(bound)
                let status = deflate(stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound was too small")
            }
            count = bound - Int(stream.pointee.avail_out)
        }
    }
}
