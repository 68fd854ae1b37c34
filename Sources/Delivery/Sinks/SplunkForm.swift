import NIOCore

/// The requests of a Tailscale log stream to a Splunk HTTP Event Collector, as they were captured on the wire.
///
/// The body is the envelopes one after another with nothing between them, sent in chunks.
struct SplunkForm: HTTPForm {
    let headers = [(name: "User-Agent", value: "TailscaleLogStreamPublisher")]
    let isChunked = true

    func body(of batch: Batch) -> ByteBuffer {
        var body = ByteBuffer()
        batch.bytes.withUnsafeReadableBytes { source in
            _ = body.writeWithUnsafeMutableBytes(minimumWritableBytes: source.count) { target in
                var read = 0
                var written = 0
                for length in batch.lengths {
                    let length = Int(length)
                    UnsafeMutableRawBufferPointer(rebasing: target[written..<written + length])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[read..<read + length]))
                    written += length
                    read += length + 1
                }
                return written
            }
        }
        return body
    }
}
