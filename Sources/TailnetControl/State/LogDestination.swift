import ByteText

/// Where a log is streamed to.
public struct LogDestination: Sendable, Hashable {
    /// The receiving end.
    public enum Place: Sendable, Hashable {
        case url(String)
        /// The bucket of an object store.
        case bucket(String)
    }

    public var provider: String
    /// Nil where records show of the stream no more than which log it is.
    public var place: Place?
    /// How the stream is compressed; nil for not at all.
    public var compression: String?

    /// Makes a destination.
    public init(provider: String, place: Place?, compression: String? = nil) {
        self.provider = provider
        self.place = place
        self.compression = compression
    }

    /// Where a log goes that nobody streamed elsewhere yet: to a collector of the organisation's own.
    public static func usual(organization: String) -> LogDestination {
        LogDestination(provider: "splunk", place: .url("https://collector.\(organization)/services/collector/event"))
    }

    /// The stream of a log in the form of the API.
    public func json(log: String) -> String {
        var text = "{\"provider\":\(provider.jsonQuoted),\"logstreamType\":\(log.jsonQuoted)"
        switch place {
        case .url(let url): text += ",\"endpointURL\":\(url.jsonQuoted)"
        case .bucket(let bucket): text += ",\"s3Region\":\"us-east-1\",\"s3Bucket\":\(bucket.jsonQuoted)"
        case nil: return "{\"logType\":\(log.jsonQuoted)}"
        }
        if let compression { text += ",\"compressionFormat\":\(compression.jsonQuoted)" }
        return text + "}"
    }
}
