/// Where batches go, read from a URL.
///
/// Two destinations are equal if they lead to the same place with the same credentials. No text made from a destination
/// shows its secrets.
public struct Destination: Sendable {
    package let sink: any Sink
    private let url: DestinationURL

    /// Reads `file:PATH`, `http(s)://...`, `splunk+http(s)://...` and whatever else the registry knows.
    package init(parsing text: String, sinks: SinkRegistry = .standard) throws(DeliveryError) {
        let known = "the known schemes are \(sinks.schemes.joined(separator: ", "))"
        guard let colon = text.firstIndex(of: ":") else {
            throw DeliveryError(.unknownScheme, "destination \"\(text)\" has no scheme; \(known).")
        }
        let scheme = text[..<colon].lowercased()
        guard let type = sinks.sink(scheme) else {
            // Only the scheme is shown: what follows may hold a password.
            throw DeliveryError(.unknownScheme, "destination scheme \"\(scheme)\" is unknown; \(known).")
        }
        url = DestinationURL(scheme: scheme, rest: String(text[text.index(after: colon)...]))
        sink = try type.init(url)
    }

    /// The encoding that the records of a batch for this destination must have.
    public var form: RecordForm { sink.recordForm }
}

extension Destination: Hashable {
    public static func == (left: Destination, right: Destination) -> Bool {
        left.description == right.description && left.secret == right.secret
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }

    /// What stands before the host.
    private var secret: Substring {
        let authority = url.rest.drop { $0 == "/" }.prefix { $0 != "/" && $0 != "?" }
        return authority.lastIndex(of: "@").map { authority[..<$0] } ?? ""
    }
}

extension Destination: CustomStringConvertible {
    /// The destination for people, without its secrets.
    public var description: String { sink.description }
}
