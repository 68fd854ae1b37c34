/// Compresses one block after another into gzip members, with one set of buffers.
///
/// Members may follow each other in a file: together they hold all blocks. Equal blocks give equal members for one
/// version of zlib, since the header holds no time and no name. Not thread-safe: one task at a time.
public final class GzipCompressor {
    private let stream: DeflateStream

    /// The levels there are: from the fastest to the smallest.
    public static let levels = 1...9

    /// Makes a compressor; a level outside `levels` is a programmer's error.
    public init(level: Int = 1) {
        stream = DeflateStream(level: level)
    }

    /// The gzip member that holds a block of less than 4 GiB.
    public func member(of block: [UInt8]) -> [UInt8] {
        var member: [UInt8] = []
        member.append(addingCapacity: bound(block.count)) { space in
            unsafe space.withUnsafeMutableBufferPointer { buffer, count in
                count = unsafe writeMember(of: block.span, into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        return member
    }

    /// The most bytes that the member of a block of that length takes.
    package func bound(_ count: Int) -> Int { stream.bound(count) }

    /// Appends the gzip member that holds a block of less than 4 GiB.
    ///
    /// - Parameter space: has at least `bound` bytes free.
    package func appendMember(of block: Span<UInt8>, to space: inout OutputRawSpan) {
        unsafe space.withUnsafeMutableBytes { buffer, count in
            unsafe count += writeMember(of: block, into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
    }

    /// Writes the member of a block; gives its length.
    private func writeMember(of block: Span<UInt8>, into target: UnsafeMutableRawBufferPointer) -> Int {
        let (written, isComplete) = unsafe stream.finish(block, into: target)
        precondition(isComplete, "a member needs more space than its bound")
        // A bound is only right for a stream that has not ended.
        stream.reset()
        return written
    }
}
