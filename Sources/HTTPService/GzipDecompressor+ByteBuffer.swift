import Compression
import NIOCore

extension GzipDecompressor {
    /// Appends the contents of the next bytes to `output`, which may grow to `limit` bytes.
    ///
    /// - Throws: `Problem` where the bytes are not gzip, or their contents are larger.
    func decompress(_ input: ByteBuffer, into output: inout ByteBuffer, limit: Int) throws(Problem) {
        let result = input.withUnsafeReadableBytes { bytes in
            Result { () throws(Problem) in
                try decompress(bytes) { write in
                    output.writeWithUnsafeMutableBytes(minimumWritableBytes: 65_536) { write($0) }
                    return output.readableBytes <= limit
                }
            }
        }
        try result.get()
    }
}
