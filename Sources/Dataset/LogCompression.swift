/// How the logs of a folder are compressed.
public enum LogCompression: Sendable, Hashable {
    /// Not at all.
    case none
    /// As gzip members at one of `GzipLog.levels`.
    case gzip(level: Int)

    /// What the names of compressed files end in.
    var suffix: String { self == .none ? "" : ".gz" }

    /// What the manifest calls it.
    var name: String { self == .none ? "none" : "gzip" }
}
