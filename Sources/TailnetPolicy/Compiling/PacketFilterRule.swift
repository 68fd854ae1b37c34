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
    public var json: String {
        var text = "{\"SrcIPs\":\(jsonList(sources.map(\.jsonText)))"
        if !destinations.isEmpty || capabilityGrants.isEmpty {
            let ports = destinations.map {
                "{\"IP\":\($0.address.jsonText),\"Ports\":{\"First\":\($0.ports.lowerBound),\"Last\":\($0.ports.upperBound)}}"
            }
            text += ",\"DstPorts\":\(jsonList(ports))"
        }
        if !protocols.isEmpty { text += ",\"IPProto\":\(jsonList(protocols.map { "\($0)" }))" }
        if !capabilityGrants.isEmpty {
            let grants = capabilityGrants.map { grant in
                "{\"Dsts\":\(jsonList(grant.destinations.map(\.jsonText))),\"CapMap\":\(grant.capabilities.jsonMap)}"
            }
            text += ",\"CapGrant\":\(jsonList(grants))"
        }
        return text + "}"
    }
}

extension [PolicyCapability] {
    /// The capabilities as an object, sorted by name; one without values has `null`.
    var jsonMap: String {
        let members = sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map {
            "\($0.name.jsonText):\($0.values.isEmpty ? "null" : jsonList($0.values))"
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}

/// JSON texts as a JSON list.
func jsonList(_ elements: [String]) -> String {
    "[" + elements.joined(separator: ",") + "]"
}

extension String {
    /// The text as a JSON string.
    var jsonText: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..."\u{1F}":
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
