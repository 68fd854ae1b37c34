import ScenarioSpec
import TailnetModel
import TailnetPolicy
import Testing

@Suite("Inventory file") struct InventoryFileTests {
    private let users = """
        {"users": [
          {"id": "u1", "loginName": "Ana@Example.com", "displayName": "Ana Ruiz", "role": "owner", "status": "active"},
          {"id": "u2", "loginName": "ben@example.com", "displayName": "Ben", "role": "network-admin"},
          {"id": "u3", "loginName": "eve@example.com", "displayName": "Ben", "role": "something-new"}
        ]}
        """
    private let devices = """
        {"devices": [
          {"id": "11", "nodeId": "nABC", "user": "ana@example.com", "name": "laptop-1.tail1.ts.net", "hostname": "laptop",
           "addresses": ["100.64.0.1", "fd7a:115c:a1e0::1"], "os": "macOS", "clientVersion": "1.98.2-t123-g456"},
          {"user": "ana@example.com", "name": "web.tail1.ts.net", "tags": ["tag:web"], "addresses": ["100.64.0.2"],
           "enabledRoutes": ["10.0.0.0/8"], "advertisedRoutes": ["10.0.0.0/8", "0.0.0.0/0"]},
          {"user": "guest@elsewhere.org", "hostname": "guest", "addresses": ["100.64.0.3"], "isExternal": true}
        ]}
        """

    private func decode(_ devices: String?, _ users: String?) throws(ScenarioProblems) -> NamedTopology {
        try InventoryFile.decode(
            devices: devices.map { (file: "devices.json", text: $0) },
            users: users.map { (file: "users.json", text: $0) })
    }

    @Test("Reads both lists") func readsBothLists() throws {
        let named = try decode(devices, users)
        let topology = named.topology
        #expect(topology.users.map(\.login).prefix(3) == ["ana@example.com", "ben@example.com", "eve@example.com"])
        #expect(topology.users.map(\.role).prefix(3) == [.owner, .networkAdmin, .member])
        #expect(topology.domains == ["example.com"])
        #expect(topology.nodes.map(\.name) == ["laptop-1", "web", "guest"])
        #expect(topology.nodes.map(\.person) == [0, nil, 3])
        #expect(topology.nodes.map(\.isExternal) == [false, false, true])
        #expect(topology.nodes[1].approvedRoutes.map(\.description) == ["10.0.0.0/8"])
        #expect(topology.nodes[1].advertisedRoutes.count == 2)
        #expect(
            topology.nodes[0].attributes == [
                PostureAttribute("node:os", .text("macos")), PostureAttribute("node:tsVersion", .text("1.98.2")),
            ])
        #expect(
            ["laptop-1", "laptop", "LAPTOP-1.tail1.ts.net", "nABC", "11"].map { named.node(named: $0) } == [
                0, 0, 0, 0, 0,
            ])
        #expect(["ana", "Ana Ruiz", "ANA@example.com", "ben"].map { named.user(named: $0) } == [0, 0, 0, nil])
    }

    @Test("One list is enough") func oneListIsEnough() throws {
        #expect(try decode(devices, nil).topology.users.map(\.login) == ["ana@example.com", "guest@elsewhere.org"])
        #expect(try decode(nil, users).topology.nodes.isEmpty)
    }

    @Test("Tells which list a text is") func tellsWhichListATextIs() {
        #expect(InventoryFile.list(of: "\u{FEFF}" + devices) == .devices)
        #expect(InventoryFile.list(of: users) == .users)
        #expect(InventoryFile.list(of: #"{"users": [{"email": "a@b.c"}], "nodes": {}}"#) == nil)
        for other in ["", "[]", "mocktail: 1", "{", #"{"users": []}"#] { #expect(InventoryFile.list(of: other) == nil) }
    }

    @Test("Says what is wrong and where") func saysWhatIsWrongAndWhere() {
        let error = #expect(throws: ScenarioProblems.self) {
            _ = try decode(
                "{\"devices\": [\n{\"name\": \"\"},\n{\"name\": \"a\", \"addresses\": [\"100.64.0\"]}]}",
                "{\"users\": [{}]}")
        }
        #expect(
            error?.description.split(separator: "\n").map(String.init) == [
                "devices.json:2: devices[0]: a device needs \"name\" or \"hostname\"",
                "devices.json:3: devices[1].addresses: \"100.64.0\" is no address",
                "users.json:1: users[0]: a user needs \"loginName\"",
            ], "\(error?.description ?? "")")
    }
}
