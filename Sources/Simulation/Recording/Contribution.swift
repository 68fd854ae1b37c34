import TailnetModel

/// What one session adds to the record of one window.
struct Contribution: BitwiseCopyable {
    var order: EntryOrder
    /// What the node counts in the tunnel.
    var counts: TrafficCounts
    /// What passes below the tailnet; zero where nothing can arrive.
    var physical: TrafficCounts
    /// The node at the other end; `nobody` for none.
    var peer: UInt32
    var localHost: UInt32
    var remoteHost: UInt32
    var incident: UInt16
    /// The runs in whose records it is.
    var runs: RunSet
    var localPort: UInt16
    var remotePort: UInt16
    var proto: UInt8
    var kind: TrafficClass
    var isIPv6: Bool
    var isLocalAbsent = false
    var isRemoteAbsent = false
    /// Whether the pair shakes hands in the window while the session is open.
    var hasHandshake: Bool
    /// Whether packets pass below the tailnet at all.
    var hasPhysical: Bool

    /// Removes what the client leaves out of exit traffic: protocol, ports, and ends that are no nodes of the tailnet.
    ///
    /// Entries that are equal then are added up.
    mutating func anonymise() {
        proto = 0
        localPort = 0
        remotePort = 0
        isLocalAbsent = localHost != 0
        isRemoteAbsent = remoteHost != 0
        let source = UInt32(truncatingIfNeeded: order.high >> 28)
        order = EntryOrder(
            kind: kind, source: isLocalAbsent ? 0 : source, sourceFamily: isLocalAbsent ? 0 : 1, sourcePort: 0,
            target: isRemoteAbsent ? 0 : order.low >> 24, low: 0)
    }
}
