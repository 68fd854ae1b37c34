/// A conversation as the policy sees it: who begins it, with whom, to which port.
struct Conversation: BitwiseCopyable, Sendable {
    /// The nodes that carry it; with a host at that end, its router.
    var source: UInt32
    var target: UInt32
    /// One more than the index of the host at that end; 0 for the node itself.
    var sourceHost: UInt32
    var targetHost: UInt32
    var proto: UInt8
    var port: UInt16
    var isIPv6: Bool
}
