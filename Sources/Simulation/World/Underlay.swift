import KeyedRandom
import ScenarioSpec
import SimTime
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
        /// Whether the site has IPv6.
        var hasIPv6: Bool
        /// Whether the node is carried about: laptops and phones are.
        var isMobile = false
        /// The node's key for draws.
        var key: RandomKey
    }

    private let places: [Place]

    /// How long a path is looked at as one.
    static var bucket: TimeSpan { .minutes(20) }

    /// Draws every node's place in the world.
    init(plan: Plan, keys: [RandomKey]) {
        let root = RandomKey(seed: plan.seed)
        places = plan.nodes.indices.map { index in
            let key = keys[index].key("underlay")
            let node = plan.nodes[index]
            let connection = plan.connections[index]
            // Tagged nodes stand in the company's network, a person's devices at that person's home.
            let home = node.owner.map { root.key("home").key(plan.users[$0].key) }
            let shared = node.sharer.map { root.key("elsewhere").key($0.dnsSuffix) }
            let site = connection.site.map { root.key("site").key($0) } ?? shared ?? home ?? RandomKey(seed: 1)
            let isHome = connection.site == nil && home != nil
            var place = Underlay.place(
                site: site, node: key, isHome: isHome,
                isHardToReach: connection.isHardToReach ?? (node.owner != nil && key.chance(4, permille: 450)))
            place.isMobile = plan.roles[index] != .server
            return place
        }
    }

    private static func place(site: RandomKey, node: RandomKey, isHome: Bool, isHardToReach: Bool) -> Place {
        let lan: UInt32 =
            isHome
            ? 0xC0A8_0000 | UInt32(site.draw(0, below: 4)) << 8 | UInt32(node.draw(0, below: 252) + 2)
            : 0x0A4D_0000 | UInt32(node.draw(0, below: 0xFFFD) + 1)
        return Place(
            site: site.bits, lanAddress: lan,
            // 198.18.0.0/15
            publicAddress: 0xC612_0000 | UInt32(site.draw(1, below: 0x1_FFFE) + 1),
            port: node.chance(1, permille: 700) ? 41_641 : UInt16(1_024 + node.draw(2, below: 64_000)),
            derpRegion: UInt16(1 + site.draw(3, below: 25)), isHardToReach: isHardToReach,
            hasIPv6: site.chance(5, permille: 350), key: node)
    }

    /// Brings near what is known of a node's place.
    @inline(__always)
    func prefetch(_ node: Int) {
        places.prefetch(node)
    }

    /// Where a node is around `instant`: now and then a laptop or a phone is elsewhere for a day.
    ///
    /// A relocation at that instant goes before everything.
    private func place(_ node: Int, at instant: Instant, _ relocations: [Relocation]) -> Place {
        for relocation in relocations
        where relocation.node == node && relocation.window.contains(instant) {
            return Underlay.place(
                site: relocation.place.key("elsewhere"), node: places[node].key, isHome: true, isHardToReach: false)
        }
        guard places[node].isMobile else { return places[node] }
        let key = places[node].key
        let day = key.key(UInt64(bitPattern: (instant - .epoch) / .days(1)))
        guard day.chance(0, permille: 70) else { return places[node] }
        return Underlay.place(
            site: day.key(1), node: key, isHome: true, isHardToReach: day.chance(2, permille: 600))
    }

    /// Where `node` sends packets for `peer` around `instant`, with `pair` as the key of both.
    ///
    /// - Parameter relocations: those of the run with incidents; none elsewhere.
    func endpoint(
        from node: Int, to peer: Int, pair: RandomKey, at instant: Instant, relocations: [Relocation] = []
    ) -> FlowEndpoint {
        let mine = place(node, at: instant, relocations)
        let theirs = place(peer, at: instant, relocations)
        if mine.site == theirs.site {
            return FlowEndpoint(high: 0, low: UInt64(theirs.lanAddress), family: 4, port: theirs.port)
        }
        if mine.isHardToReach || theirs.isHardToReach {
            let bucket = UInt64(bitPattern: (instant - .epoch) / Underlay.bucket)
            if pair.key(bucket).chance(0, permille: mine.isHardToReach && theirs.isHardToReach ? 250 : 12) {
                return relay(for: theirs)
            }
        }
        if mine.hasIPv6, theirs.hasIPv6 {
            // 2001:db8::/32, one /64 a site.
            return FlowEndpoint(
                high: 0x2001_0DB8_0000_0000 | (theirs.site >> 32), low: theirs.key.draw(6) | 1 << 57, family: 6,
                port: theirs.port)
        }
        return FlowEndpoint(high: 0, low: UInt64(theirs.publicAddress), family: 4, port: theirs.port)
    }

    /// The relay through which `peer` is reached until a direct path is found.
    func relay(to peer: Int, at instant: Instant, relocations: [Relocation] = []) -> FlowEndpoint {
        relay(for: place(peer, at: instant, relocations))
    }

    private func relay(for place: Place) -> FlowEndpoint {
        FlowEndpoint(high: 0, low: UInt64(TailnetAddress.derp), family: 4, port: place.derpRegion)
    }

    /// How often a pair has to find its direct path anew, in thousandths.
    func coldPermille(_ node: Int, _ peer: Int) -> Int {
        if places[node].site == places[peer].site { return 60 }
        return places[node].isHardToReach || places[peer].isHardToReach ? 550 : 170
    }
}
