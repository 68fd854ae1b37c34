import KeyedRandom
import CPrefetch
import TailnetModel

/// The paths that were looked up last: a pair's path stays the same for twenty minutes.
final class PathCache {
    struct Path: BitwiseCopyable {
        var node: UInt32
        var peer: UInt32
        var bucket: Int64
        var endpoint: FlowEndpoint
        /// Whether the node opens the pair's handshakes: 148 bytes, and 92 back.
        var opens: Bool
    }

    private let world: World
    private let paths: UnsafeMutablePointer<Path>
    private static let size = 512

    init(world: World) {
        self.world = world
        paths = .allocate(capacity: PathCache.size)
        paths.initialize(
            repeating: Path(node: 0, peer: 0, bucket: .min, endpoint: .absent, opens: false), count: PathCache.size)
    }

    deinit { paths.deallocate() }

    /// A pair's place, to be brought near before it is asked for.
    @inline(__always)
    func place(from node: UInt32, to peer: UInt32) -> UnsafeMutablePointer<Path> {
        paths + Int(truncatingIfNeeded: ((node &* 0x9E37_79B1) ^ (peer &* 0x85EB_CA77)) & UInt32(PathCache.size - 1))
    }

    /// The path of a pair at an instant, which lies in the given bucket.
    @inline(__always)
    func path(from node: UInt32, to peer: UInt32, at instant: Int64, bucket: Int64) -> UnsafeMutablePointer<Path> {
        let known = place(from: node, to: peer)
        if known.pointee.node == node, known.pointee.peer == peer, known.pointee.bucket == bucket { return known }
        known.pointee = look(node, peer, bucket, instant)
        return known
    }

    @inline(never)
    private func look(_ node: UInt32, _ peer: UInt32, _ bucket: Int64, _ instant: Int64) -> Path {
        let pair = world.pairKey(node, peer)
        let isFirst = world.nodes[Int(node)].key.bits < world.nodes[Int(peer)].key.bits
        return Path(
            node: node, peer: peer, bucket: bucket,
            endpoint: world.underlay.endpoint(from: Int(node), to: Int(peer), pair: pair, at: instant),
            opens: (pair.draw(3) & 1 == 0) == isFirst)
    }
}
