import LogFormats
public import Generation
import Simulation
import Compression

/// Turns a log's chunks into gzip members that can be written one after the other.
///
/// Each member holds a block of records of at most 1 MiB (or a single longer one), cut between records by their lengths
/// alone: the members are the same for any number of threads and steps, and several are compressed at a time.
public final class GzipLog {
    private let level: Int
    private let parallel: Parallel
    private var open: [UInt8] = []
    private var full: [[UInt8]] = []
    private var hasMembers = false

    /// The most bytes of a block: large enough that a member's header and first window cost next to nothing.
    static let blockSize = 1 << 20
    /// How many blocks for each thread are collected before they are compressed, so that no thread waits long.
    private static let blocksPerThread = 4

    /// Makes an empty log; `level` is one of `GzipLog.levels`.
    public init(level: Int, threads: Int) {
        self.level = level
        parallel = Parallel(threads: threads)
    }

    /// The levels of compression, from the fastest to the smallest.
    public static var levels: ClosedRange<Int> { GzipCompressor.levels }

    /// Takes a chunk; gives the members that are ready to be written.
    public func add(_ part: LogPart) async -> [[UInt8]] {
        var first = 0
        for record in part.records {
            let range = record.lineRange
            guard !open.isEmpty || range.lowerBound > first,
                open.count + range.upperBound - first > GzipLog.blockSize
            else { continue }
            open.append(contentsOf: part.bytes[first..<range.lowerBound])
            full.append(open)
            open = []
            first = range.lowerBound
        }
        open.append(contentsOf: part.bytes[first...])
        guard full.count >= GzipLog.blocksPerThread * parallel.threads else { return [] }
        return await members()
    }

    /// Gives the last members; an empty log is one empty member.
    public func finish() async -> [[UInt8]] {
        if !open.isEmpty || full.isEmpty && !hasMembers { full.append(open) }
        open = []
        return await members()
    }

    private func members() async -> [[UInt8]] {
        guard !full.isEmpty else { return [] }
        hasMembers = true
        let blocks = full
        let level = level
        full = []
        return await parallel.map(blocks.count) { GzipCompressor(level: level).member(of: blocks[$0]) }
    }
}
