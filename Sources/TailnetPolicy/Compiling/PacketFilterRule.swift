package import ByteText

/// One rule of the packet filter that the service sends to a device.
public struct PacketFilterRule: Hashable, Sendable {
    /// An address with ports, in the wire's words.
    public struct Destination: Hashable, Sendable {
        /// `*`, an address or a block.
        public var address: String
        /// The ports, ends included.
        public var ports: ClosedRange<UInt16>
    }

    /// Capabilities that the sources have on some of the device's addresses.
    public struct CapabilityGrant: Hashable, Sendable {
        /// Blocks of single addresses: `100.64.0.1/32`.
        public var destinations: [String]
        /// What the sources may do there.
        public var capabilities: [PolicyCapability]
    }

    /// Addresses, blocks and ranges as text, sorted by their bytes.
    public var sources: [String]
    /// What may be reached; empty in a rule about capabilities.
    public var destinations: [Destination] = []
    /// Protocol numbers; empty for TCP, UDP and both ICMPs.
    public var protocols: [UInt8] = []
    /// What the sources may do; empty in a rule about packets.
    public var capabilityGrants: [CapabilityGrant] = []

    /// The rule as the service writes it.
    public var json: String { JSONWriter.text(self) }
}

/// As the service writes it.
extension PacketFilterRule: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("SrcIPs", sources)
            if !destinations.isEmpty || capabilityGrants.isEmpty {
                json.objects("DstPorts", destinations) { json, destination in
                    json.member("IP", destination.address)
                    json.object("Ports") { json in
                        json.member("First", destination.ports.lowerBound)
                        json.member("Last", destination.ports.upperBound)
                    }
                }
            }
            if !protocols.isEmpty { json.member("IPProto", protocols) }
            if !capabilityGrants.isEmpty {
                json.objects("CapGrant", capabilityGrants) { json, grant in
                    json.member("Dsts", grant.destinations)
                    json.object("CapMap") { grant.capabilities.putMembers(into: &$0) }
                }
            }
        }
    }
}

extension [PolicyCapability] {
    /// Puts the capabilities, sorted by name.
    func putMembers(into json: inout JSONWriter) {
        for capability in sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            json.member(capability.name, capability.values?.map { JSONFragment(verbatim: $0) })
        }
    }
}
