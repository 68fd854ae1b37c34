public import TailnetModel

/// A name for an address or a block of addresses.
public struct PolicyHost: Hashable, Sendable {
    /// The name as it was written.
    public var name: PolicyWord
    /// The address as it was written.
    public var address: PolicyWord
    /// The block of addresses.
    public var prefix: IPPrefix
    /// Whether the file gives a block with its length, be it of a single address.
    public var isWrittenAsPrefix: Bool
}
