/// A node that records name.
struct KnownNode {
    var offset: Int
    var length: Int
    /// The newest of its descriptions; -1 for none.
    var description: Int32 = -1
    /// Whether the ID is one that the service makes.
    var isStable: Bool
    /// The record in which the node was last named as reporter or in `dstNodes`.
    var named: UInt64 = 0
    /// The record in which an entry last had one of the node's addresses.
    var used: UInt64 = 0
    var windows = WindowHistory()
}
