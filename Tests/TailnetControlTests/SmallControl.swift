import KeyedRandom
import SimTime
import TailnetControl
import TailnetModel

/// A tailnet of a few people and nodes, with one change after another.
struct SmallControl {
    /// People by index: an owner, a member, a network admin, and one whose account is made later.
    static let (ana, ben, cleo, dora) = (0, 1, 2, 3)
    /// Nodes by index: laptops of the owner and the member, a tagged server, and one of the last user's that joins later.
    static let (anaLaptop, benLaptop, server, doraLaptop) = (0, 1, 2, 3)

    static let start = Instant(midnightOf: CivilDate(year: 2026, month: 3, day: 2))
    static let root = RandomKey(seed: 7)

    var state: TailnetState
    private(set) var time = SmallControl.start
    private var number: UInt64 = 0

    init(_ change: (inout TailnetSettings) -> Void = { _ in }) {
        var settings = TailnetSettings()
        change(&settings)
        state = SmallControl.state(settings)
    }

    static func state(_ settings: TailnetSettings = TailnetSettings()) -> TailnetState {
        let names = ["ana", "ben", "cleo", "dora"]
        let roles: [UserRole] = [.owner, .member, .networkAdmin, .member]
        let users = names.indices.map { index in
            User(
                key: names[index], login: "\(names[index])@example.com", displayName: names[index].uppercased(),
                role: roles[index], number: UInt64(100 + index), timeZone: .utc, created: start - .days(300))
        }
        func node(_ index: Int, _ name: String, owner: Int?, tags: [String] = []) -> Node {
            Node(
                key: name, hostName: name, name: "\(name).tail1234.ts.net", number: UInt64(200 + index), owner: owner,
                tags: tags, os: .linux, ipv4: IPAddress("100.64.0.\(index + 1)") ?? IPAddress(ipv4: 0),
                ipv6: IPAddress("fd7a:115c:a1e0::\(index + 1)") ?? IPAddress(ipv4: 0), clientVersion: "1.98.2",
                isEphemeral: false, keyExpiryDisabled: owner == nil, created: start - .days(100),
                advertisedRoutes: [], approvedRoutes: [])
        }
        return TailnetState(
            tailnet: Tailnet(
                organization: "example.com", dnsSuffix: "tail1234.ts.net", number: 300, settings: settings),
            nodes: [
                node(0, "ana-laptop", owner: ana), node(1, "ben-laptop", owner: ben),
                node(2, "server", owner: nil, tags: ["tag:web"]), node(3, "dora-laptop", owner: dora),
            ], users: users,
            clients: [OAuthClient(key: "poller", number: 400, scopes: "all:read", tokenEvery: nil)],
            policy: "{}", root: root,
            awaiting: [ControlAction.join(node: doraLaptop), .changeUser(.create, user: dora)])
    }

    /// Makes the next change, an hour after the last one.
    @discardableResult
    mutating func apply(_ action: ControlAction, by actor: ControlActor = .user(ana)) throws(Refusal) -> [AuditChange] {
        time = time + .hours(1)
        number += 1
        return try state.apply(action, by: actor, at: time, key: SmallControl.root.key(number))
    }

    /// The code and the values of each of the next change's records.
    mutating func records(_ action: ControlAction, by actor: ControlActor = .user(ana)) throws(Refusal) -> [String] {
        try apply(action, by: actor).map { change in
            let code = [change.target.type, change.action, change.target.property].compactMap { $0 }
            return code.joined(separator: ".") + " \(change.old ?? "-") > \(change.new ?? "-")"
        }
    }
}

extension TailnetState {
    /// Everything about the state that a change can make otherwise.
    var everything: [String] {
        let devices = nodes.indices.map { "\(device($0))" }
        let accounts = users.indices.map { "\(account($0))" }
        let switches = TailnetSwitch.allCases.map { "\($0) \(isOn($0))" }
        let contacts = TailnetContact.allCases.map { email(of: $0) }
        let keys = credentials.sorted { $0.key < $1.key }.map { "\($0)" }
        let now = Instant.distantFuture
        return devices + accounts + switches + contacts + keys + [dnsSuffix, "\(keyDays(at: now))"]
    }
}
