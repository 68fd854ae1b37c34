extension Instant {
    /// Reads an RFC 3339 timestamp from its bytes, as `init(rfc3339:)` does, without allocation.
    public init?(rfc3339 bytes: Span<UInt8>) {
        guard let parsed = unsafe bytes.withUnsafeBytes({ unsafe Instant(rfc3339: $0) }) else { return nil }
        self = parsed
    }
}
