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
        JSONWriter.object { json in
            json.objects("nameservers", nameservers) { $0.member("address", $1) }
            json.member("searchPaths", searchDomains)
            json.object("preferences") { $0.member("magicDNS", magicDNS) }
        }
    }
}
