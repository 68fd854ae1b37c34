import ByteText

extension Destination {
    /// The schemes that `init(parsing:)` takes.
    static let schemes = ["file", "http", "https", "splunk+http", "splunk+https"]

    /// The path of a Splunk collector, for URLs that give none.
    static let splunkPath = "/services/collector/event"

    /// Reads `file:PATH`, `http(s)://...` or `splunk+http(s)://...`.
    ///
    /// The path of a file is taken as it stands, without percent decoding. A Splunk URL may hold `user:token@`,
    /// `:token@` or `token@`; the user is `user` where it says none.
    public init(parsing text: String) throws(DeliveryError) {
        let known = "the known schemes are \(Destination.schemes.joined(separator: ", "))"
        guard let colon = text.firstIndex(of: ":") else {
            throw DeliveryError(.unknownScheme, "destination \"\(text)\" has no scheme; \(known).")
        }
        let scheme = text[..<colon].lowercased()
        guard Destination.schemes.contains(scheme) else {
            // Only the scheme is shown: what follows may hold a password.
            throw DeliveryError(.unknownScheme, "destination scheme \"\(scheme)\" is unknown; \(known).")
        }
        let rest = text[text.index(after: colon)...]
        if scheme == "file" {
            try self.init(filePath: rest)
        } else {
            let isSplunk = scheme.hasPrefix("splunk+")
            try self.init(webURL: rest, scheme: isSplunk ? String(scheme.dropFirst(7)) : scheme, isSplunk: isSplunk)
        }
    }

    private init(filePath rest: Substring) throws(DeliveryError) {
        var path = rest
        if path.hasPrefix("//") {
            let authority = path.dropFirst(2).prefix { $0 != "/" }
            guard authority.isEmpty || authority == "localhost" else {
                throw DeliveryError(
                    .invalidURL,
                    "file destination names the host \"\(authority)\"; write file:/path or file:///path.")
            }
            path = path.dropFirst(2 + authority.count)
        }
        guard !path.isEmpty else {
            throw DeliveryError(.invalidURL, "file destination has no path; write file:PATH.")
        }
        guard path.last != "/", !path.utf8.contains(0) else {
            throw DeliveryError(.invalidURL, "file destination \"\(path)\" is no file name; write file:PATH.")
        }
        self.init(kind: .file, location: String(path))
    }

    private init(webURL rest: Substring, scheme: String, isSplunk: Bool) throws(DeliveryError) {
        let name = isSplunk ? "splunk+\(scheme)" : scheme
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
        var credentials: Credentials?
        if let at = authority.lastIndex(of: "@") {
            hostAndPort = authority[authority.index(after: at)...]
            guard let found = Destination.credentials(in: authority[..<at], isSplunk: isSplunk) else {
                throw problem("has a user name or password with a wrong percent escape")
            }
            credentials = found
        }
        guard let (host, port) = Destination.split(hostAndPort, defaultPort: scheme == "https" ? 443 : 80) else {
            throw problem("has no usable host and port in \"\(hostAndPort)\"")
        }
        var path = String(tail)
        let pathOnly = tail.prefix { $0 != "?" }
        if isSplunk, pathOnly.isEmpty || pathOnly == "/" {
            path = Destination.splunkPath + tail.dropFirst(pathOnly.count)
        } else if !path.hasPrefix("/") {
            path = "/" + path
        }
        let server = HTTPServerAddress(host: host, port: port, isSecure: scheme == "https")
        #if !TLS
        guard !server.isSecure else {
            throw DeliveryError(
                .needsTLS,
                "\(name) destination needs TLS, which this mocktail was built without; "
                    + "build one with it: swift build -c release --product mocktail")
        }
        #endif
        self.init(
            kind: isSplunk ? .splunk : .ndjson, location: "\(scheme)://\(hostAndPort)\(path)", server: server,
            target: path, credentials: credentials)
    }

    private static func credentials(in userInfo: Substring, isSplunk: Bool) -> Credentials? {
        let parts = userInfo.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts[0].percentDecoded, let second = parts.count > 1 ? parts[1].percentDecoded : ""
        else { return nil }
        guard isSplunk else { return Credentials(user: first, password: second) }
        guard parts.count > 1 else { return Credentials(user: "user", password: first) }
        return Credentials(user: first.isEmpty ? "user" : first, password: second)
    }

    private static func split(_ text: Substring, defaultPort: Int) -> (host: String, port: Int)? {
        var host = text
        var portText: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[...end]
            let after = text[text.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            portText = after.isEmpty ? nil : after.dropFirst()
            host = host.dropFirst().dropLast()
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
