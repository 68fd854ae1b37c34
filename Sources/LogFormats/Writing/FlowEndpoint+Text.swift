public import TailnetModel

extension FlowEndpoint {
    /// Reads `100.64.0.1:443` or `[fd7a:115c:a1e0::1]:443`; the empty text is the absent endpoint.
    ///
    /// Which node has the address is not known afterwards. Gives nil for anything else.
    public init?(text: String) {
        if text.isEmpty {
            self = .absent
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        let isBracketed = host.first == "[" && host.last == "]" && host.count > 2
        if isBracketed { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(host), address.isIPv4 != isBracketed else { return nil }
        self.init(high: address.high, low: address.low, family: address.family.rawValue, port: port)
    }

    /// The endpoint as records write it; empty where it is absent.
    public var text: String {
        switch family {
        case 0: ""
        case 4: "\(IPAddress(ipv4: UInt32(truncatingIfNeeded: low))):\(port)"
        default: "[\(IPAddress(ipv6High: high, low: low))]:\(port)"
        }
    }
}
