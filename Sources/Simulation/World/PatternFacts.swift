import TailnetModel
import KeyedRandom
import ScenarioSpec

/// One end of a conversation: a node, or a host by its index behind those of the nodes.
typealias EndpointID = UInt32

/// What making a pattern's sessions needs; shared by all lanes and never written to.
final class PatternFacts: Sendable {
    let pattern: TrafficPattern
    let key: RandomKey
    let table: ProfileTable
    /// The sources of each lane; a host belongs to the lane of its first router.
    let sourcesByLane: [[EndpointID]]
    /// The targets, by a weight that is drawn for each: a few are popular.
    let ring: KeyedRing
    /// All targets, for patterns that keep a connection to each.
    let targets: [EndpointID]

    init(pattern: TrafficPattern, root: RandomKey, nodes: [NodeFacts], hosts: [HostFacts]) {
        self.pattern = pattern
        key = root.key("pattern").key(pattern.key)
        table = ProfileTable.table(pattern.profile)
        var byLane = [[EndpointID]](repeating: [], count: World.laneCount)
        for source in pattern.sources { byLane[Int(nodes[source].lane)].append(EndpointID(source)) }
        for source in pattern.sourceHosts {
            guard case .lan(let routers) = hosts[source].place, let first = routers.first else { continue }
            byLane[Int(nodes[first].lane)].append(EndpointID(nodes.count + source))
        }
        sourcesByLane = byLane
        targets = pattern.targets.map { EndpointID($0) } + pattern.targetHosts.map { EndpointID(nodes.count + $0) }
        let ringKey = key.key("ring")
        ring = KeyedRing(
            targets.map { target in
                let index = Int(target)
                let own = index < nodes.count ? nodes[index].key : hosts[index - nodes.count].key
                let memberKey = ringKey.key(own.bits)
                return (target, memberKey, PatternFacts.points(memberKey))
            })
    }

    /// How many points a target has on the ring: popularity by Zipf's law, without a rank.
    ///
    /// 24 / u for an even u between 1 and 24: the weight at rank r of n is then about n / r.
    private static func points(_ key: RandomKey) -> Int {
        (24_000 / (1_000 + Int(key.draw(1 << 40, below: 23_000))) + 1) * 4
    }
}
