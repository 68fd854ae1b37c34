import CZlib

/// How a log's text looks to a compressor: gzip ratio and entropy of its bytes, from a bounded part of it.
struct TextTexture: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private let room: UnsafeMutableBufferPointer<UInt8>
    private var compressed = 0
    private var taken = 0
    private var offered = 0
    private(set) var byteCounts = [UInt64](repeating: 0, count: 256)

    /// All of the first mebibytes is taken, then every second one, every fourth one and so on.
    private static let block = 1 << 20
    private static let blocksBeforeThinning = 16

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        room = .allocate(capacity: 1 << 16)
        // 15 is the largest window, 16 more means gzip; level 6 is what gzip takes unless told otherwise.
        let status = deflateInit2_(
            stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for its buffers, or is not the version compiled for")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        room.deallocate()
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset < bytes.count {
            let block = (offered + offset) / TextTexture.block
            let length = min(bytes.count - offset, (block + 1) * TextTexture.block - offered - offset)
            if TextTexture.isTaken(block) {
                take(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length]))
            }
            offset += length
        }
        offered += bytes.count
    }

    private static func isTaken(_ block: Int) -> Bool {
        var stride = 1
        var rest = block / blocksBeforeThinning
        while rest > 0 {
            stride *= 2
            rest /= 2
        }
        return block % stride == 0
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) {
        byteCounts.withUnsafeMutableBufferPointer { counts in
            for byte in bytes { counts[Int(byte)] &+= 1 }
        }
        taken += bytes.count
        deflate(bytes, Z_NO_FLUSH)
    }

    private mutating func deflate(_ bytes: UnsafeRawBufferPointer, _ flush: CInt) {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        repeat {
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            _ = CZlib.deflate(stream, flush)
            compressed += room.count - Int(stream.pointee.avail_out)
        } while stream.pointee.avail_out == 0
    }

    /// The text's length over that of its gzip form; flushes what the compressor still holds.
    mutating func gzipRatio() -> Double {
        deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_SYNC_FLUSH)
        return compressed == 0 ? 0 : Double(taken) / Double(compressed)
    }
}
