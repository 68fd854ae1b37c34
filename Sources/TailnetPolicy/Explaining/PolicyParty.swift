package import TailnetModel

/// One end of a connection: a node by one of its addresses, or an address that is no node's.
package struct PolicyParty: Sendable, Hashable {
    /// Index of the node in the topology; nil for an address that is no node's.
    package var node: Int?
    /// The addresses to judge by, IPv4 first; only one if an address was named.
    package var addresses: [IPAddress]
    /// The name that texts use.
    package var name: String

    /// Makes an end.
    package init(node: Int?, addresses: [IPAddress], name: String) {
        self.node = node
        self.addresses = addresses
        self.name = name
    }

    /// The name, with the address that is meant.
    func label(_ address: IPAddress) -> String {
        name == address.description ? name : "\(name) (\(address))"
    }
}
