import SimTime
import TailnetModel

/// Two nodes and a window, for records that are written out in full in tests.
enum Example {
    static let start = Instant(nanoseconds: 1_785_574_800_500_000_000)
    static let end = Instant(nanoseconds: 1_785_574_805_250_000_000)
    static let logged = Instant(nanoseconds: 1_785_574_808_000_000_000)

    static var tailnet: ([Node], [User]) {
        let ana = User(
            key: "ana", login: "ana@example.com", displayName: "Ana Ruiz", role: .owner, number: 1, timeZone: .utc,
            created: start)
        return ([node("a", 0, owner: 0, tags: []), node("b", 1, owner: nil, tags: ["tag:db", "tag:prod"])], [ana])
    }

    private static func node(_ name: String, _ number: UInt32, owner: Int?, tags: [String]) -> Node {
        let ipv4 = TailnetAddress.firstIPv4 + 1 + number
        return Node(
            key: name, hostName: name, name: "\(name).tail1.ts.net", number: UInt64(number), owner: owner, tags: tags,
            os: .linux, ipv4: IPAddress(ipv4: ipv4), ipv6: TailnetAddress.ipv6(for: ipv4, byte: UInt8(number + 1)),
            clientVersion: "1.98.2", isEphemeral: false, keyExpiryDisabled: false, created: start,
            advertisedRoutes: [], approvedRoutes: [])
    }
}
