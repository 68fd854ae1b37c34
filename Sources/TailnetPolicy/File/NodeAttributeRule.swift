public import ByteText

/// One entry of `nodeAttrs`.
public struct NodeAttributeRule: Sendable {
    /// Where it begins in the file.
    public var position: TextPosition
    /// The devices that it is about.
    public var targets: [SelectedWord] = []
    /// Names of attributes without value.
    public var attributes: [PolicyWord] = []
    /// What its `app` gives.
    public var capabilities: [PolicyCapability] = []
    /// Blocks that new devices get their addresses from.
    public var addressPools: [PolicyWord] = []
}
