/// When a record is full: the client adds up upper bounds and begins a new one before they pass 256 KiB.
enum RecordSize {
    static let limit = 262_144

    /// 219 bytes, 247 an entry, and what a node's description takes at most (unverified: about 400).
    static func estimate(entries: Int, nodes: Int) -> Int { 219 + 247 * entries + 400 * nodes }

    /// A window with fewer sessions cannot be full: each brings an entry, a path and a node at most.
    static let fewSessions = (limit - 219 - 400) / (247 + 2 * 247 + 400)
}
