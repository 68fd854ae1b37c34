import Compression
import NIOCore

extension GzipDecompressor {
    /// Appends the contents of the next bytes to `output`, which may grow to `limit` bytes.
    ///
    /// - Throws: `Problem` where the bytes are not gzip, or their contents are larger.
    func decompress(_ input: ByteBuffer, into output: inout ByteBuffer, limit: Int) throws(Problem) {
        try decompress(
            input.readableBytesUInt8Span,
            into: { inflate in
                output.writeWithOutputRawSpan(minimumWritableBytes: 65_536) { inflate(&$0) }
                return output.readableBytes <= limit
            })
    }
}
