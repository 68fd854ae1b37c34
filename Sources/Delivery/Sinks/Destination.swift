package import ByteText

/// Where batches go, read from a URL.
///
/// Two destinations are equal if they lead to the same place with the same credentials. No text made from a destination
/// shows its secrets.
public struct Destination: Sendable {
    package let sink: any Sink
    /// Hides the secrets of the URL.
    package let mask: SecretMask
    /// The secrets, as the URL has them.
    private let secrets: [String]

    /// Reads `file:PATH`, `http(s)://...`, `splunk+http(s)://...` and whatever else the registry knows.
    package init(parsing text: String, sinks: SinkRegistry = .standard) throws(DeliveryError) {
        let known = "the known schemes are \(sinks.schemes.joined(separator: ", "))"
        secrets = SecretMask.secrets(ofURL: text)
        mask = SecretMask(secrets)
        let isHost = Destination.isHostAndPort(text)
        guard !isHost, let colon = text.firstIndex(of: ":") else {
            let shown = mask.masked(text)
            let advice = isHost ? "write http://\(shown)" : known
            throw DeliveryError(.unknownScheme, "destination \"\(shown)\" has no scheme; \(advice).")
        }
        let scheme = text[..<colon].lowercased()
        let rest = text[text.index(after: colon)...]
        guard let type = sinks.sink(scheme) else {
            // Only the scheme is shown, if it is one: what follows may hold a password, and so may what stands before an @.
            let isUser = !rest.hasPrefix("//") && rest.contains("@")
            throw DeliveryError(
                .unknownScheme, "destination scheme \(isUser ? "" : "\"\(scheme)\" ")is unknown; \(known).")
        }
        do throws(DeliveryError) {
            sink = try type.init(DestinationURL(scheme: scheme, rest: String(rest)))
        } catch {
            throw DeliveryError(error.code, mask.masked(error.message))
        }
    }

    /// Whether a text is a host and a port without a scheme, such as `127.0.0.1:8088/logs`.
    private static func isHostAndPort(_ text: String) -> Bool {
        let authority = text.prefix { $0 != "/" && $0 != "?" }
        guard let colon = authority.lastIndex(of: ":"), !authority.contains("@"), colon != authority.startIndex else {
            return false
        }
        let port = authority[authority.index(after: colon)...]
        let host = authority[..<colon]
        return Int(port).map { (1...65_535).contains($0) } ?? false && port.allSatisfy(\.isNumber)
            && (!host.contains(":") || host.hasPrefix("[") && host.hasSuffix("]"))
    }

    /// The encoding that the records of a batch for this destination must have.
    public var form: RecordForm { sink.recordForm }
}

extension Destination: Hashable {
    public static func == (left: Destination, right: Destination) -> Bool {
        left.description == right.description && left.secrets == right.secrets
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension Destination: CustomStringConvertible {
    /// The destination for people, without its secrets.
    public var description: String { sink.description }
}
