import ByteText

/// What the records say of a node: where its three fragments lie in the directory's text, one behind the other, and its
/// address.
struct NodeFragments: Sendable, BitwiseCopyable {
    /// Where `"nodeId":"…","start":"` begins.
    var offset: UInt32
    var headLength: UInt32
    /// The length of `,"srcNode":{…}`; 0 for clients that do not write it, and no `dstNodes` either.
    var sourceLength: UInt32
    /// The length of the `dstNodes` entry, with a comma behind it.
    var entryLength: UInt32
    /// `100.64.0.1:`, which the port follows.
    var ipv4: ShortSlot

    /// Where the `dstNodes` entry begins.
    @inline(__always)
    var entryOffset: UInt32 { offset &+ headLength &+ sourceLength }
}
