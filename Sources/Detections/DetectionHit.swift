import LogFormats
public import SimTime

/// Something that a detection counts: a source did something to one item at one time.
public struct DetectionHit: Sendable, Hashable {
    /// Event time.
    public var time: Instant
    /// Whose hits are counted together.
    public var source: String
    /// What tells one item from another.
    public var item: String
    /// Whom an alert set off by this hit is about.
    public var entities: [String]

    /// Makes a hit.
    public init(time: Instant, source: String, item: String, entities: [String]) {
        self.time = time
        self.source = source
        self.item = item
        self.entities = entities
    }

    /// Tells source and item from all others.
    var identity: UInt64 {
        var hash = IdentityHash()
        hash.add(source)
        hash.add(item)
        return hash.value
    }

    /// The canonical order; two hits that it does not tell apart are the same.
    static func precedes(_ left: DetectionHit, _ right: DetectionHit) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.source != right.source { return left.source < right.source }
        if left.item != right.item { return left.item < right.item }
        return left.entities.lexicographicallyPrecedes(right.entities)
    }
}
