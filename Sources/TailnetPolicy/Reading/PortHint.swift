import TailnetModel

/// What is probably meant by ports and services that the service cannot read.
enum PortHint {
    /// Names that people write for ports.
    private static let known = [
        ("dns", 53), ("ftp", 21), ("http", 80), ("https", 443), ("imap", 143), ("ldap", 389), ("mysql", 3306),
        ("ntp", 123), ("postgres", 5432), ("postgresql", 5432), ("rdp", 3389), ("redis", 6379), ("smb", 445),
        ("smtp", 25), ("ssh", 22), ("vnc", 5900),
    ]

    /// Whether a destination of `acls` is a whole name, without a port.
    static func lacksPort(_ text: String, _ names: PolicyNames) -> Bool {
        let prefixes = ["tag:", "group:", "autogroup:", "ipset:", "svc:", "host:", "user:"]
        guard prefixes.contains(where: text.hasPrefix) else { return false }
        return text.utf8.count { $0 == UInt8(ascii: ":") } == 1
    }

    /// What to write instead of a destination without a port.
    static func missingPort(_ text: String) -> String {
        let isBareIPv6 = AddressRange(text)?.first.isIPv4 == false
        let host = isBareIPv6 ? "[\(text)]" : text
        return "a port is missing: write \("\(host):443".quoted), or \("\(host):*".quoted) for all ports"
    }

    /// What to write instead of a port that is no number.
    static func ports(_ text: String) -> String {
        if let port = known.first(where: { $0.0 == text.lowercased() })?.1 {
            return "ports are numbers: write \("\(port)".quoted)"
        }
        return "ports are numbers from 1 to 65535, ranges such as \"8000-8100\", or \"*\""
    }

    /// What to write instead of an entry of a grant's `ip` that is no service.
    static func service(_ text: String) -> String {
        if IPProtocol.number(text) != nil, UInt8(text) == nil {
            return "write \("\(text):*".quoted) for all of the protocol"
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0).trimmed }
        if parts.count == 2 {
            let isNamedFirst = IPProtocol.number(parts[0]) != nil && UInt8(parts[0]) == nil
            let (name, port) = isNamedFirst ? (parts[0], parts[1]) : (parts[1], parts[0])
            if IPProtocol.number(name) != nil, (try? PolicyService.ports(port)) != nil {
                return "write \("\(name):\(port)".quoted)"
            }
        }
        if let port = known.first(where: { $0.0 == text.lowercased() })?.1 { return "write \("tcp:\(port)".quoted)" }
        return "write a service such as \"tcp:443\", \"udp:53\", \"443\" or \"*\""
    }
}
