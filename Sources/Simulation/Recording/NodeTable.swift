import CPrefetch

/// The nodes' facts without reference counts; the world must outlive it.
struct NodeTable {
    let world: World
    let base: UnsafePointer<NodeFacts>

    init(_ world: World) {
        self.world = world
        // The array is never written to after the world's making, and the world is kept alive beside the pointer.
        base = world.nodes.withUnsafeBufferPointer { $0.baseAddress ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped }
    }

    @inline(__always)
    subscript(index: UInt32) -> NodeFacts {
        @inline(__always) unsafeAddress { base + Int(index) }
    }

    var pointer: UnsafePointer<NodeFacts> { base }
}
