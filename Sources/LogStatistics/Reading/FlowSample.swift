import TailnetModel

/// Flows of the tailnet by address, port and protocol, of which a bounded sample is kept.
///
/// Which flows are in the sample follows from a hash of their endpoints alone, so that both sides' reports are found
/// however far apart they stand. When the sample is full, half of all hashes are no longer looked at.
struct FlowSample {
    /// What is known of one flow.
    struct Flow {
        /// Bytes both ways, as the side with the smaller endpoint and the one with the larger endpoint report them.
        var lowSide: UInt64 = 0
        var highSide: UInt64 = 0
        /// Hash of the address that serves, which is the end with the smaller port; 0 where ports do not tell.
        var server: UInt64 = 0

        var isOneSided: Bool { lowSide == 0 || highSide == 0 }
        var bytes: UInt64 { max(lowSide, highSide) }
    }

    /// By hash.
    private(set) var flows: [UInt64: Flow] = [:]
    /// Flows are in the sample if their hash is below.
    private var limit = UInt64.max
    private let most: Int

    init(most: Int = 1 << 16) {
        self.most = most
    }

    /// The share of all flows that is in the sample.
    var share: Double { Double(limit) / Double(UInt64.max) }

    @inline(__always)
    private static func mix(_ seed: UInt64, _ word: UInt64) -> UInt64 {
        let (high, low) = (seed ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return (high ^ low) &+ 0x9E37_79B9_7F4A_7C15
    }

    /// Adds an entry of the virtual or subnet class.
    @inline(__always)
    mutating func add(_ entry: FlowEntry) {
        let isLow = FlowEndpoint.precedes(entry.source, entry.target)
        let low = isLow ? entry.source : entry.target
        let high = isLow ? entry.target : entry.source
        var hash = FlowSample.mix(0x6D6F_636B_7461_696C, low.low ^ low.high)
        hash = FlowSample.mix(hash, high.low ^ high.high)
        hash = FlowSample.mix(hash, UInt64(low.port) << 32 | UInt64(high.port) << 8 | UInt64(entry.proto))
        // The key's upper bits decide, so they must depend on everything.
        hash = FlowSample.mix(hash, hash >> 32)
        guard hash < limit else { return }
        insert(hash, entry, isLow)
    }

    @inline(never)
    private mutating func insert(_ hash: UInt64, _ entry: FlowEntry, _ isLow: Bool) {
        let counts = entry.counts
        let bytes = counts.txBytes &+ counts.rxBytes
        var flow = flows[hash] ?? Flow()
        if isLow { flow.lowSide &+= bytes } else { flow.highSide &+= bytes }
        if flow.server == 0, entry.source.port != entry.target.port {
            let server = entry.source.port < entry.target.port ? entry.source : entry.target
            flow.server = FlowSample.mix(server.high, server.low)
        }
        flows[hash] = flow
        guard flows.count > most else { return }
        limit /= 2
        let limit = limit
        flows = flows.filter { $0.key < limit }
    }
}
