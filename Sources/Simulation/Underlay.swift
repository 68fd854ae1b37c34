import Chance
import ScenarioSpec
import TailnetModel

/// The network below the tailnet: which endpoint a peer's packets really go to.
///
/// A path is keyed by the pair of nodes and a time bucket, whatever the traffic. Public endpoints come from the blocks
/// that are reserved for documentation and benchmarks, so that no record names a stranger's host.
struct Underlay: Sendable {
    private struct Place: BitwiseCopyable, Sendable {
        /// Nodes with the same site reach each other over its LAN.
        var site: UInt64
        var lanAddress: UInt32
        var publicAddress: UInt32
        var port: UInt16
        var derpRegion: UInt16
        /// Behind a NAT that direct paths do not always get through.
        var isHardToReach: Bool
    }

    private let places: [Place]

    /// How long a path is looked at as one, in nanoseconds.
    static let bucket: Int64 = 1_200_000_000_000

    /// Draws every node's place in the world.
    init(plan: Plan, keys: [ChanceKey]) {
        places = plan.nodes.indices.map { index in
            let key = keys[index].key("underlay")
            let node = plan.nodes[index]
            // Tagged nodes stand in the company's network, a person's devices at that person's home.
            let site = node.owner.map { ChanceKey(seed: plan.seed).key("home").key(plan.users[$0].key).bits } ?? 1
            let siteKey = ChanceKey(seed: site)
            let lan: UInt32 =
                node.owner == nil
                ? 0x0A4D_0000 | UInt32(key.draw(0, below: 0xFFFD) + 1)
                : 0xC0A8_0000 | UInt32(siteKey.draw(0, below: 4)) << 8 | UInt32(key.draw(0, below: 252) + 2)
            // 198.18.0.0/15
            let publicAddress = 0xC612_0000 | UInt32(siteKey.draw(1, below: 0x1_FFFE) + 1)
            let port: UInt16 =
                key.chance(1, permille: 700) ? 41_641 : UInt16(1_024 + key.draw(2, below: 64_000))
            let region = UInt16(1 + siteKey.draw(3, below: 25))
            return Place(
                site: site, lanAddress: lan, publicAddress: publicAddress, port: port, derpRegion: region,
                isHardToReach: node.owner != nil && key.chance(4, permille: 450))
        }
    }

    /// Where `node` sends packets for `peer` around `instant`.
    @inline(__always)
    func endpoint(from node: Int, to peer: Int, pair: ChanceKey, at instant: Int64) -> FlowEndpoint {
        let mine = places[node]
        let theirs = places[peer]
        if mine.site == theirs.site {
            return FlowEndpoint(high: 0, low: UInt64(theirs.lanAddress), family: 4, port: theirs.port)
        }
        if mine.isHardToReach || theirs.isHardToReach {
            let bucket = UInt64(bitPattern: instant / Underlay.bucket)
            if pair.key(bucket).chance(0, permille: 330) {
                return FlowEndpoint(
                    high: 0, low: UInt64(TailnetAddress.derp), family: 4, port: theirs.derpRegion)
            }
        }
        return FlowEndpoint(high: 0, low: UInt64(theirs.publicAddress), family: 4, port: theirs.port)
    }
}
