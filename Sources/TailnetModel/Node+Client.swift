extension Node {
    /// Whether the client writes `srcNode` and `dstNodes`: those from 1.92 on do, and versions of another form.
    public var describesNodes: Bool {
        let parts = clientVersion.split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return true }
        return (major, minor) >= (1, 92)
    }
}
