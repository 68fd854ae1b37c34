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
        JSONWriter.object { json in
            guard let place else { return json.member("logType", log) }
            json.member("provider", provider)
            json.member("logstreamType", log)
            switch place {
            case .url(let url): json.member("endpointURL", url)
            case .bucket(let bucket):
                json.member("s3Region", "us-east-1")
                json.member("s3Bucket", bucket)
            }
            if let compression { json.member("compressionFormat", compression) }
        }
    }
}
