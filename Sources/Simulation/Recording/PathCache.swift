import BasicContainers
import KeyedRandom
import SimTime
import TailnetModel

/// The paths that were looked up last: a pair's path stays the same for twenty minutes.
struct PathCache: ~Copyable {
    struct Path: BitwiseCopyable {
        var node: UInt32
        var peer: UInt32
        var bucket: Int64
        var endpoint: FlowEndpoint
        /// Whether the node opens the pair's handshakes: 148 bytes, and 92 back.
        var opens: Bool
    }

    private let world: World
    private var paths: UniqueArray<Path>
    private static let size = 512

    init(world: World) {
        self.world = world
        paths = UniqueArray(
            repeating: Path(node: 0, peer: 0, bucket: .min, endpoint: .absent, opens: false), count: PathCache.size)
    }

    /// The path of a pair at an instant, which lies in the given bucket.
    @inline(__always)
    mutating func path(from node: UInt32, to peer: UInt32, at instant: Instant, bucket: Int64) -> Path {
        let hash = (node &* 0x9E37_79B1) ^ (peer &* 0x85EB_CA77)
        let place = Int(truncatingIfNeeded: hash & UInt32(PathCache.size - 1))
        let known = paths[place]
        if known.node == node, known.peer == peer, known.bucket == bucket { return known }
        let path = find(node, peer, bucket, instant)
        paths[place] = path
        return path
    }

    @inline(never)
    private func find(_ node: UInt32, _ peer: UInt32, _ bucket: Int64, _ instant: Instant) -> Path {
        let pair = world.pairKey(node, peer)
        let isFirst = world.nodes[Int(node)].key.bits < world.nodes[Int(peer)].key.bits
        return Path(
            node: node, peer: peer, bucket: bucket,
            endpoint: world.underlay.endpoint(from: Int(node), to: Int(peer), pair: pair, at: instant),
            opens: (pair.draw(3) & 1 == 0) == isFirst)
    }
}
