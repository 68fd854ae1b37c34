import NIOCore

/// Where an HTTP server listens.
package struct HTTPServerAddress: Sendable, Hashable {
    /// The name or address of the host, IPv6 addresses without brackets.
    package var host: String
    package var port: Int
    /// Whether the connection is encrypted.
    package var isSecure: Bool

    /// Host and port as failures name them.
    var peer: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

    /// The value of the Host field: the port is left out where it is the scheme's own.
    var authority: String {
        port == (isSecure ? 443 : 80) ? String(peer.dropLast(String(port).count + 1)) : peer
    }

    /// The name that the server's certificate must have; nil for addresses, which have no name.
    var serverName: String? {
        (try? SocketAddress(ipAddress: host, port: port)) == nil ? host : nil
    }
}
