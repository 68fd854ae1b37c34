import ByteText

/// The URL of a destination that is reached over HTTP, such as `splunk+https://user:token@host:8088/path`.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// The server.
    package let server: HTTPServerAddress
    /// Path and query.
    package let target: String
    /// What stands before the `@`, up to a colon, decoded; nil where there is no `@`.
    package let user: String?
    /// What stands between the colon and the `@`, decoded; nil where there is no such colon.
    package let password: String?
    /// The URL without user, password and secrets of the query.
    package let description: String

    /// Reads a URL; its scheme is `http` or `https`, or ends in `+http` or `+https`.
    ///
    /// - Parameter defaultPath: the path for URLs that give none.
    package init(_ url: DestinationURL, defaultPath: String = "/") throws(DeliveryError) {
        let (name, rest) = (url.scheme, url.rest)
        func problem(_ what: String) -> DeliveryError {
            DeliveryError(.invalidURL, "\(name) destination \(what); write \(name)://host:port/path.")
        }
        guard rest.hasPrefix("//") else { throw problem("has no // after its scheme") }
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw problem("holds a space or a character outside ASCII; percent-encode it")
        }
        guard !rest.contains("#") else { throw problem("has a fragment (#...), which a server never sees") }
        let authority = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        let tail = rest.dropFirst(2 + authority.count)
        var hostAndPort = authority
        var credentials: (user: String?, password: String?)
        if let at = authority.lastIndex(of: "@") {
            hostAndPort = authority[authority.index(after: at)...]
            let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                .map(\.percentDecoded)
            guard parts.allSatisfy({ $0 != nil }) else {
                throw problem("has a user name or password with a wrong percent escape")
            }
            credentials = (parts[0], parts.count > 1 ? parts[1] : nil)
        }
        let isSecure = name.hasSuffix("https")
        guard let (host, port) = WebAddress.split(hostAndPort, defaultPort: isSecure ? 443 : 80) else {
            if tail.contains("@") { throw problem("has a / or ? before its @, which must be percent-encoded there") }
            throw problem("has no usable host and port in \"\(hostAndPort)\"")
        }
        #if !TLS
        guard !isSecure else {
            throw DeliveryError(
                .needsTLS,
                "\(name) destination needs TLS, which this mocktail was built without; "
                    + "build one with it: swift build -c release --product mocktail")
        }
        #endif
        let path = tail.prefix { $0 != "?" }
        server = HTTPServerAddress(host: host, port: port, isSecure: isSecure)
        target = (path.isEmpty || path == "/" ? defaultPath : String(path)) + tail.dropFirst(path.count)
        (user, password) = credentials
        description = "\(name)://\(hostAndPort)\(SecretMask.maskedQuery(target))"
    }

    private static func split(_ text: Substring, defaultPort: Int) -> (host: String, port: Int)? {
        var host = text
        var portText: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[..<end].dropFirst()
            let after = text[text.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            portText = after.isEmpty ? nil : after.dropFirst()
            guard !host.isEmpty, host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            if let colon = text.firstIndex(of: ":") {
                host = text[..<colon]
                portText = text[text.index(after: colon)...]
            }
            guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }) else {
                return nil
            }
        }
        guard let portText else { return (String(host), defaultPort) }
        guard let port = Int(portText), (1...65_535).contains(port), portText.first != "+" else { return nil }
        return (String(host), port)
    }
}
