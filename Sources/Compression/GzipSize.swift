/// Measures how long a text would be as gzip, without keeping it.
package struct GzipSize: ~Copyable {
    private let stream: DeflateStream
    private var space = [UInt8](repeating: 0, count: 1 << 16)
    private var compressed = 0

    /// Makes a measurement of nothing, at one of `GzipCompressor.levels`; 6 is gzip's own default.
    package init(level: Int = 6) {
        stream = DeflateStream(level: level)
    }

    /// Adds text.
    package mutating func add(_ bytes: Span<UInt8>) {
        compressed += stream.count(bytes, isFlushed: false, space: &space)
    }

    /// The length of all that was added; the compressor holds nothing back then.
    package mutating func flushed() -> Int {
        let nothing: [UInt8] = []
        compressed += stream.count(nothing.span, isFlushed: true, space: &space)
        return compressed
    }
}
