import ByteText
import ControlAPI
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

@Suite("The inventory in the API's shapes")
struct InventoryTextTests {
    private struct Files: ScenarioFiles {
        func text(of path: String) throws(ScenarioFileError) -> String {
            switch path {
            case "small.yaml":
                """
                mocktail: 1
                name: small
                seed: 5
                clock: {start: 2026-03-03T10:57:00Z, duration: 6m}
                tailnet: {organization: example.com, dns: tail1234, policy: policy.hujson}
                users:
                  - {name: ana, displayName: 'Ana "A" O\\N', role: owner, timeZone: UTC, hours: 07:00-19:00}
                nodes:
                  - {name: laptop, count: 2, user: ana, os: macOS}
                  - {name: web, tags: [tag:web], os: linux}
                """
            case "policy.hujson": #"{"tagOwners": {"tag:web": ["ana@example.com"]}}"#
            default: throw .missing
            }
        }

        func names(in folder: String) -> [String]? { nil }
    }

    private func inventory() throws -> (InventoryText, Plan) {
        let plan = try Scenario.load("small.yaml", files: Files())
        let timeline = AuditTimeline(world: try World(plan: plan), withIncidents: true)
        return (InventoryText(timeline, of: plan, at: plan.span.start), plan)
    }

    @Test("Devices stand one a line, with the keys of the service in their order")
    func devices() throws {
        let (inventory, plan) = try inventory()
        let text = inventory.devices()
        #expect(text.hasPrefix("{\"devices\":[\n{\"addresses\":[\"100.") && text.hasSuffix("}\n]}\n"))
        let devices = try #require(try JSONValue.parse(Array(text.utf8))["devices"]?.array)
        #expect(devices.map { $0["nodeId"]?.string } == plan.nodes.map(\.stableID))
        let keys = devices[0].object?.map(\.key) ?? []
        #expect(keys.prefix(6) == ["addresses", "id", "nodeId", "user", "name", "hostname"])
        #expect(keys.suffix(3) == ["tailnetLockError", "sshEnabled", "isEphemeral"])
        #expect(devices[2]["tags"]?.array?.map(\.string) == ["tag:web"])
        #expect(devices[2]["expires"]?.string == "0001-01-01T00:00:00Z")
        #expect(devices[2]["keyExpiryDisabled"]?.bool == true && devices[0]["keyExpiryDisabled"]?.bool == false)
    }

    @Test("A line of snapshots holds the same devices with the instant")
    func line() throws {
        let (inventory, plan) = try inventory()
        let line = inventory.line()
        #expect(line.hasSuffix("}\n") && line.filter(\.isNewline).count == 1)
        let value = try JSONValue.parse(Array(line.utf8))
        #expect(value["time"]?.string == plan.span.start.rfc3339)
        #expect(value["devices"]?.array?.count == 3)
    }

    @Test("Users have their devices counted, and any name they like")
    func users() throws {
        let (inventory, _) = try inventory()
        let users = try #require(try JSONValue.parse(Array(inventory.users().utf8))["users"]?.array)
        #expect(users.map { $0["displayName"]?.string } == [#"Ana "A" O\N"#])
        #expect(users[0]["deviceCount"]?.int == 2 && users[0]["role"]?.string == "owner")
        #expect(users[0]["profilePicUrl"]?.string == "")
    }
}
