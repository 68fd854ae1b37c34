import Compression

/// How a log's text looks to a compressor: gzip ratio and entropy of its bytes, from a bounded part of it.
struct TextTexture: ~Copyable {
    private var gzip = GzipSize()
    private var taken = 0
    private var offered = 0
    private(set) var byteCounts = [UInt64](repeating: 0, count: 256)

    /// All of the first mebibytes is taken, then every second one, every fourth one and so on.
    private static let block = 1 << 20
    private static let blocksBeforeThinning = 16

    mutating func add(_ bytes: Span<UInt8>) {
        var offset = 0
        while offset < bytes.count {
            let block = (offered + offset) / TextTexture.block
            let length = min(bytes.count - offset, (block + 1) * TextTexture.block - offered - offset)
            if TextTexture.isTaken(block) {
                take(bytes.extracting(offset..<offset + length))
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

    private mutating func take(_ bytes: Span<UInt8>) {
        var counts = byteCounts.mutableSpan
        for index in bytes.indices { counts[Int(bytes[index])] &+= 1 }
        taken += bytes.count
        gzip.add(bytes)
    }

    /// The text's length over that of its gzip form; flushes what the compressor still holds.
    mutating func gzipRatio() -> Double {
        let compressed = gzip.flushed()
        return compressed == 0 ? 0 : Double(taken) / Double(compressed)
    }
}
