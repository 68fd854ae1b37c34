/// How a node lives.
public enum NodeRole: String, Sendable, Hashable, CaseIterable {
    /// Up while its owner works, with a lunch break now and then; asleep otherwise.
    case laptop
    /// Up from early morning to late evening of its owner's day.
    case phone
    /// Always up.
    case server
}
