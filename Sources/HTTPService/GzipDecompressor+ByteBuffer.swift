import Compression
import NIOCore

extension GzipDecompressor {
    /// Appends the contents of the next bytes to `output`, which may grow for as long as `admits` its size.
    ///
    /// - Throws: `Problem` where the bytes are not gzip, or their contents are larger.
    func decompress(
        _ input: ByteBuffer, into output: inout ByteBuffer, admits: (Int) -> Bool
    ) throws(Problem) {
        try decompress(
            input.readableBytesUInt8Span,
            into: { inflate in
                output.writeWithOutputRawSpan(minimumWritableBytes: 65_536) { inflate(&$0) }
                return admits(output.readableBytes)
            })
    }
}
