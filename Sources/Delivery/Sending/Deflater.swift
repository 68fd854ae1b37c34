import CZlib
public import NIOCore

/// How the bodies of requests, or the batches in a file, are compressed.
public enum BodyCompression: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case none
    /// As one gzip member each, by zlib at its fastest level.
    case gzip
}

/// Compresses one body after another into gzip members, with one set of buffers.
///
/// Equal bodies give equal bytes for one version of zlib: the header holds no time and no name. A deflater belongs to
/// one task at a time.
public final class Deflater {
    // zlib keeps the address of its stream, so the stream has a place of its own on the heap.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output = ByteBuffer()

    /// Makes a deflater.
    public init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowBits = 15 + 16  // 16 asks for a gzip header and trailer
        let status = deflateInit2_(
            stream, Z_BEST_SPEED, Z_DEFLATED, CInt(windowBits), 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The gzip member that holds all readable bytes of `body`.
    ///
    /// The buffer is used again by the next call, unless somebody still holds it by then.
    public func member(of body: ByteBuffer) -> ByteBuffer {
        deflateReset(stream)
        output.clear()
        let bound = Int(deflateBound(stream, UInt(body.readableBytes)))
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
            body.withUnsafeReadableBytes { source in
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: source.bindMemory(to: UInt8.self).baseAddress)
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
                stream.pointee.avail_out = UInt32(target.count)
                let status = deflate(stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound was too small")
            }
            return target.count - Int(stream.pointee.avail_out)
        }
        return output
    }
}
