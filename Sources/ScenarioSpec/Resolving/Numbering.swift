import KeyedRandom
import SimTime
import TailnetModel

/// Gives entities their numbers and addresses, each by a draw keyed by the entity's name.
///
/// Where two draws meet, the entity that the scenario declares later draws again: adding one at the end never changes
/// what the others have.
struct Numbering {
    let root: RandomKey
    private var numbers: [StableID.Kind: Set<UInt64>] = [:]
    private var addresses: Set<UInt32> = []
    private var suffixes: Set<IPAddress> = []
    private var hostNames: Set<String> = []

    /// Real numbers lie in this range: 13 to 16 digits, which every JSON reader keeps.
    private static let smallest: UInt64 = 4_000_000_000_000
    private static let largest: UInt64 = 8_999_999_999_999_999

    /// Versions of clients in the field, the frequent ones more than once; all of them log node names.
    private static let clientVersions = ["1.98.2", "1.98.2", "1.98.2", "1.96.4", "1.96.4", "1.94.1", "1.92.3"]

    init(root: RandomKey) {
        self.root = root
    }

    /// The key of an entity's draws.
    func key(_ kind: StableID.Kind, _ name: String) -> RandomKey {
        root.key("scenario").key(String(kind.rawValue)).key(name)
    }

    /// A numeric ID that nothing else of the kind has.
    mutating func number(_ kind: StableID.Kind, _ name: String) -> UInt64 {
        let key = key(kind, name).key("number")
        var attempt: UInt64 = 0
        while true {
            let number = Numbering.smallest + key.draw(attempt, below: Numbering.largest - Numbering.smallest)
            if numbers[kind, default: []].insert(number).inserted { return number }
            attempt += 1
        }
    }

    /// A pair of addresses that no other node has.
    mutating func addresses(_ name: String) -> (ipv4: IPAddress, ipv6: IPAddress) {
        let key = key(.node, name)
        var attempt: UInt64 = 0
        var ipv4 = TailnetAddress.ipv4(draw: key.key("ipv4").draw(attempt))
        while !addresses.insert(ipv4).inserted {
            attempt += 1
            ipv4 = TailnetAddress.ipv4(draw: key.key("ipv4").draw(attempt))
        }
        attempt = 0
        while true {
            let byte = UInt8(truncatingIfNeeded: key.key("ipv6").draw(attempt) >> 56)
            let ipv6 = TailnetAddress.ipv6(for: ipv4, byte: byte)
            if suffixes.insert(ipv6).inserted { return (IPAddress(ipv4: ipv4), ipv6) }
            attempt += 1
            // All 256 bytes may be taken where many nodes share the lower half of their addresses: take another.
            if attempt > 4_096 {
                attempt = 0
                ipv4 = TailnetAddress.ipv4(draw: key.key("ipv4").draw(4_096 + UInt64(suffixes.count)))
                addresses.insert(ipv4)
            }
        }
    }

    /// The host name, with `-1`, `-2`, … where an earlier node has it.
    mutating func hostName(_ wanted: String) -> String {
        var name = wanted
        var suffix = 0
        while !hostNames.insert(name).inserted {
            suffix += 1
            name = "\(wanted)-\(suffix)"
        }
        return name
    }

    /// The client version that a node runs.
    func clientVersion(_ name: String) -> String {
        let versions = Numbering.clientVersions
        return versions[Int(key(.node, name).key("version").draw(0, below: UInt64(versions.count)))]
    }

    /// How long before the scenario's start an entity was made, in whole seconds between the two numbers of days.
    func age(_ kind: StableID.Kind, _ name: String, days: ClosedRange<Int64>) -> TimeSpan {
        let seconds = UInt64((days.upperBound - days.lowerBound) * 86_400)
        return .days(days.lowerBound) + .seconds(Int64(key(kind, name).key("age").draw(0, below: seconds)))
    }
}
