import ByteText

/// How the tailnet resolves names.
public struct DNSConfiguration: Sendable, Hashable {
    public var nameservers: [String]
    public var searchDomains: [String]
    public var magicDNS: Bool

    /// Makes a configuration.
    public init(nameservers: [String] = [], searchDomains: [String] = [], magicDNS: Bool = true) {
        self.nameservers = nameservers
        self.searchDomains = searchDomains
        self.magicDNS = magicDNS
    }

    /// The configuration in the form of the API.
    public var json: String {
        let servers = nameservers.map { "{\"address\":\($0.jsonQuoted)}" }.joined(separator: ",")
        let domains = searchDomains.jsonList
        return "{\"nameservers\":[\(servers)],\"searchPaths\":\(domains),\"preferences\":{\"magicDNS\":\(magicDNS)}}"
    }
}
