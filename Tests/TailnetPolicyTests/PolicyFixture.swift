import TailnetModel
import TailnetPolicy
import Testing

/// A small tailnet that many tests share.
enum PolicyFixture {
    static let anaLaptop = 0
    static let anaPhone = 1
    static let benLaptop = 2
    static let web = 3
    static let database = 4
    static let router = 5
    static let exit = 6
    static let guest = 7

    /// Ana owns the tailnet and has two devices, Ben is a member; a web server, a database, a router, an exit node, and a
    /// device shared in from elsewhere.
    static let topology = PolicyTopology(
        users: [
            PolicyTopology.User(login: "ana@example.com", displayName: "Ana", role: .owner),
            PolicyTopology.User(login: "ben@example.com", displayName: "Ben", role: .member),
            PolicyTopology.User(login: "eve@elsewhere.org", displayName: "Eve", role: .itAdmin),
        ],
        nodes: [
            node("ana-laptop", owner: 0, attributes: [PostureAttribute("node:os", .text("macos"))], 1),
            node("ana-phone", owner: 0, attributes: [PostureAttribute("node:os", .text("ios"))], 2),
            node("ben-laptop", owner: 1, attributes: [PostureAttribute("node:os", .text("linux"))], 3),
            node("web", tags: ["tag:web"], 4),
            node("db", tags: ["tag:db"], 5),
            node("router", tags: ["tag:router"], routes: ["10.1.0.0/16"], 6),
            node("exit", tags: ["tag:exit"], routes: ["0.0.0.0/0", "::/0"], 7),
            node("guest", owner: 2, isExternal: true, 8),
        ])

    /// The names that the policies of tests may use.
    static let names = """
        "tagOwners": {"tag:web": [], "tag:db": [], "tag:router": [], "tag:exit": []},
        "groups": {"group:dev": ["ana@example.com", "ben@example.com"], "group:none": []},
        "hosts": {"webhost": "100.64.0.4", "lan": "10.1.0.0/16"},
        """

    private static func node(
        _ name: String, owner: Int? = nil, tags: [String] = [], routes: [String] = [], isExternal: Bool = false,
        attributes: [PostureAttribute] = [], _ number: UInt32
    ) -> PolicyTopology.Node {
        let routes = routes.compactMap { IPPrefix($0) }
        return PolicyTopology.Node(
            name: name, owner: owner, tags: tags, ipv4: IPAddress(ipv4: 0x6440_0000 + number),
            ipv6: IPAddress(ipv6High: 0xFD7A_115C_A1E0_0000, low: UInt64(number)), advertisedRoutes: routes,
            approvedRoutes: routes, isExternal: isExternal, attributes: attributes)
    }

    /// Reads a policy of some sections besides the names, and fails the test where it is wrong.
    static func file(_ sections: String) throws -> PolicyFile {
        let reading = PolicyFile.parse("{\(names)\(sections)}")
        return try #require(reading.valid, "\(reading.problems)")
    }

    static func compiled(_ sections: String) throws -> CompiledPolicy {
        CompiledPolicy(file: try file(sections), topology: topology)
    }

    static func address(_ text: String) throws -> IPAddress {
        try #require(IPAddress(text))
    }
}

/// A generator of numbers from a seed, the same on every machine.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number from 0 up to, not including, `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Between one and `most` of the elements, perhaps with repetitions.
    mutating func some<Element>(_ elements: [Element], most: Int) -> [Element] {
        (0...below(most)).map { _ in pick(elements) }
    }
}
