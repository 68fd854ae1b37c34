/// Measures how long a text would be as gzip, without keeping it.
package struct GzipSize: ~Copyable {
    private let stream: DeflateStream
    private let room: UnsafeMutableRawBufferPointer
    private var compressed = 0

    /// Makes a measurement of nothing, at one of `GzipCompressor.levels`; 6 is what gzip takes unless told otherwise.
    package init(level: Int = 6) {
        stream = DeflateStream(level: level)
        room = .allocate(byteCount: 1 << 16, alignment: 16)
    }

    deinit { room.deallocate() }

    /// Adds text.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var count = 0
        stream.add(bytes, isFlushed: false, room: room) { count += $0 }
        compressed += count
    }

    /// The length of all that was added; the compressor holds nothing back then.
    package mutating func flushed() -> Int {
        var count = 0
        stream.add(UnsafeRawBufferPointer(start: nil, count: 0), isFlushed: true, room: room) { count += $0 }
        compressed += count
        return compressed
    }
}
