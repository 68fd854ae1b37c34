import KeyedRandom
import ScenarioSpec
import TailnetModel

/// What making sessions needs to know of a host without Tailscale.
struct HostFacts: Sendable {
    var key: RandomKey
    var ipv4: UInt32
    var place: Host.Place

    init(_ host: Host, key: RandomKey) {
        self.key = key
        ipv4 = host.address
        place = host.place
    }
}
