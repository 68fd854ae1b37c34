/// Where batches go, read from a URL.
///
/// The URL's user name and password are kept apart, so that no text made from a destination shows them.
public struct Destination: Sendable, Hashable {
    /// The kinds of receiver.
    public enum Kind: Sendable, Hashable {
        /// A file that takes one record a line.
        case file
        /// An HTTP server that takes newline-delimited JSON.
        case ndjson
        /// A Splunk HTTP Event Collector.
        case splunk
    }

    /// The encodings of a record that a receiver can ask for.
    public enum Form: Sendable, Hashable {
        /// The record itself.
        case records
        /// The record inside the envelope of a log stream.
        case envelopes
    }

    /// A user name and password for basic authentication.
    struct Credentials: Sendable, Hashable {
        var user: String
        var password: String
    }

    /// The kind of receiver.
    public let kind: Kind
    /// The path of a file, or the URL without user name and password.
    public let location: String
    /// The server; nil for a file.
    let server: HTTPServerAddress?
    /// Path and query of the server's URL.
    let target: String
    let credentials: Credentials?

    /// The encoding that the records of a batch for this destination must have.
    public var form: Form { kind == .splunk ? .envelopes : .records }

    init(
        kind: Kind, location: String, server: HTTPServerAddress? = nil, target: String = "",
        credentials: Credentials? = nil
    ) {
        self.kind = kind
        self.location = location
        self.server = server
        self.target = target
        self.credentials = credentials
    }
}

extension Destination: CustomStringConvertible {
    /// The destination for people, without its secrets.
    public var description: String {
        switch kind {
        case .file: "file:\(location)"
        case .ndjson: location
        case .splunk: "splunk+\(location)"
        }
    }
}
