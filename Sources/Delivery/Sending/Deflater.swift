import Compression
package import NIOCore

/// Compresses one body after another into gzip members, with one set of buffers.
///
/// Equal bodies give equal bytes for one version of zlib: the header holds no time and no name. A deflater belongs to
/// one task at a time.
package final class Deflater {
    private let gzip = GzipCompressor()
    private var output = ByteBuffer()

    /// Makes a deflater.
    package init() {}

    /// The gzip member that holds all readable bytes of `body`.
    ///
    /// The buffer is used again by the next call, unless somebody still holds it by then.
    package func member(of body: ByteBuffer) -> ByteBuffer {
        output.clear()
        output.writeWithOutputRawSpan(minimumWritableBytes: gzip.bound(body.readableBytes)) { space in
            gzip.appendMember(of: body.readableBytesUInt8Span, to: &space)
        }
        return output
    }
}
