public import TailnetModel

/// What a packet is to the filter of the device that receives it.
public enum FilteredPacket: Hashable, Sendable {
    /// The packet that opens a TCP connection.
    case tcpOpening(port: UInt16)
    /// Any other TCP packet: a part of a connection, or of one that never was.
    case tcpContinuation
    /// A UDP or SCTP packet; `isReply` if its receiver has sent to this very pair of ports before.
    case datagram(proto: UInt8, port: UInt16, isReply: Bool)
    /// An ICMP packet; `isAnswer` for echo replies and errors.
    case icmp(isAnswer: Bool)
    /// One of Tailscale's own messages in the tunnel.
    case tsmp
    /// Anything else, by protocol number.
    case other(proto: UInt8)
}

extension CompiledPolicy {
    /// Whether the filter of the receiving device lets a packet in; it is more lenient than the rules.
    ///
    /// A TCP packet that opens nothing always passes, as do TSMP and ICMP answers. A datagram passes as a reply. ICMP
    /// passes where any port of the destination is allowed, by whatever protocol. Other protocols have no ports, and
    /// pass where a rule names them with all ports. Packets to the receiver's peer API also pass, which is up to the
    /// caller: its port is not the policy's matter.
    public func admits(source: Int, destination: IPAddress, _ packet: FilteredPacket) -> Bool {
        switch packet {
        case .tcpContinuation, .tsmp, .icmp(isAnswer: true), .datagram(_, _, isReply: true):
            true
        case .tcpOpening(let port):
            verdict(source: source, destination: destination, proto: IPProtocol.tcp, port: port).isAllowed
        case .datagram(let proto, let port, isReply: false):
            verdict(source: source, destination: destination, proto: proto, port: port).isAllowed
        case .icmp(isAnswer: false):
            anyService(source: source, destination: destination) { _ in true }
        case .other(let proto):
            anyService(source: source, destination: destination) {
                $0.proto == proto && $0.ports == PolicyService.allPorts
            }
        }
    }
}
