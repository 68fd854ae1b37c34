/// A run of ports of one protocol, or of those that a rule without protocol means.
public struct PolicyService: Hashable, Sendable {
    /// The IP protocol number; nil for TCP, UDP and both ICMPs.
    public var proto: UInt8?
    /// The ports, ends included.
    public var ports: ClosedRange<UInt16>

    /// Makes a service.
    public init(proto: UInt8?, ports: ClosedRange<UInt16>) {
        self.proto = proto
        self.ports = ports
    }

    /// Every port.
    public static let allPorts: ClosedRange<UInt16> = 0...65535

    /// The ports as the policy file writes them.
    var portsText: String {
        if ports == PolicyService.allPorts { return "*" }
        return ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound)-\(ports.upperBound)"
    }

    /// Whether the service covers a port of a protocol; ICMP and others without ports are covered whatever the port.
    public func covers(proto other: UInt8, port: UInt16) -> Bool {
        if let proto {
            guard proto == other else { return false }
        } else if !IPProtocol.isDefault(other) {
            return false
        }
        return ports.contains(port) || !IPProtocol.hasPorts(other)
    }
}

extension PolicyService {
    /// Reads `*`, `22`, `80,443`, `8000-8100` and lists of these.
    static func ports(_ text: String) throws(PolicyMessage) -> [ClosedRange<UInt16>] {
        if text == "*" { return [allPorts] }
        var ranges: [ClosedRange<UInt16>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = String(part).trimmed
            if word == "*" {
                ranges.append(allPorts)
                continue
            }
            let ends = word.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let name = "port range \(word.quoted)"
            guard let first = ends.first.flatMap({ portNumber(String($0)) }) else {
                throw PolicyMessage("\(name): invalid first integer", hint: PortHint.ports(word))
            }
            guard let last = ends.count == 1 ? first : portNumber(String(ends[1])) else {
                throw PolicyMessage("\(name): invalid last integer", hint: PortHint.ports(String(ends[1])))
            }
            if first == 0 { throw PolicyMessage("\(name): first port must be >0, or use '*' for wildcard") }
            if last < first { throw PolicyMessage("\(name): first port must be less than or equal to last port") }
            ranges.append(first...last)
        }
        return ranges
    }

    /// Reads one entry of a grant's `ip`: `*`, `443`, `tcp:443`, `udp:53-60`, `icmp:*`.
    static func grantServices(_ text: String) throws(PolicyMessage) -> [PolicyService] {
        guard let colon = text.lastIndex(of: ":") else {
            do throws(PolicyMessage) { return try ports(text).map { PolicyService(proto: nil, ports: $0) } } catch {
                throw PolicyMessage(error.text, hint: PortHint.service(text))
            }
        }
        let name = String(text[..<colon])
        let proto = try protocolNumber(name)
        let ranges = try ports(String(text[text.index(after: colon)...]))
        try checkPorts(ranges, of: name, proto)
        return ranges.map { PolicyService(proto: proto, ports: $0) }
    }

    /// Reads a protocol's name or number; nil for none and `*`.
    static func protocolNumber(_ text: String) throws(PolicyMessage) -> UInt8? {
        if text.isEmpty || text == "*" { return nil }
        guard let number = IPProtocol.number(text) else {
            throw PolicyMessage("proto=\(text.quoted): unknown protocol", isServiceMessage: false)
        }
        return number
    }

    /// Refuses ports where the protocol has none.
    static func checkPorts(_ ranges: [ClosedRange<UInt16>], of name: String, _ proto: UInt8?) throws(PolicyMessage) {
        guard let proto, !IPProtocol.hasPorts(proto), !ranges.allSatisfy({ $0 == allPorts }) else { return }
        throw PolicyMessage(
            "protocol \(name.quoted) has no ports; use \"*\" for its ports", isServiceMessage: false)
    }

    private static func portNumber(_ text: String) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return UInt16(text)
    }
}
