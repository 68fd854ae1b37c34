/// How the bodies of requests, or the batches in a file, are compressed.
public enum BodyCompression: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case none
    /// As one gzip member each, by zlib at its fastest level.
    case gzip
}
