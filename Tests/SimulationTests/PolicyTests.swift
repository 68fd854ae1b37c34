import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

@Suite("The policy decides what gets through")
struct PolicyTests {
    @Test("A refused connection is one-sided and draws a TSMP notice")
    func refusals() async throws {
        let world = try SmallTailnet(duration: "1h").world()
        let database = try #require(world.plan.nodes.first { $0.key == "db" })
        let phone = try #require(world.plan.nodes.first { $0.key == "ben-phone" })
        let laptop = try #require(world.plan.nodes.first { $0.key == "ben-laptop" })
        let members = [phone, laptop].map(\.stableID)
        var attempts = 0
        var notices = 0
        for flow in try await flows(world) {
            for entry in flow.virtualTraffic {
                if members.contains(flow.nodeID), entry.dst.hasPrefix("\(database.ipv4):") {
                    attempts += 1
                    #expect(entry.counts.rxPackets == 0, "an answer to what the policy refuses")
                    #expect(entry.counts.txBytes == entry.counts.txPackets * 60)
                }
                if entry.proto == 99 {
                    notices += 1
                    #expect(flow.nodeID == database.stableID)
                    #expect(entry.src == "\(database.ipv4):0" && entry.dst.hasSuffix(":0"))
                    #expect(entry.counts.rxPackets == 0 && entry.counts.txBytes == entry.counts.txPackets * 27)
                }
            }
        }
        #expect(attempts > 3)
        #expect(notices > 3)
    }

    @Test("An edit acts from its instant on")
    func edit() async throws {
        var tailnet = SmallTailnet(duration: "2h")
        tailnet.events = ["{at: +1h, do: edit-policy, by: ana, policy: strict.hujson}"]
        let world = try tailnet.world()
        let edit = try #require(world.plan.policies.last?.since)
        let servers = world.plan.nodes.filter { $0.tags == ["tag:web"] }.map { "\($0.ipv4):443" }
        var before = 0
        var after = 0
        for flow in try await flows(world) {
            for entry in flow.virtualTraffic where servers.contains(entry.dst) {
                // A connection that was open at the edit goes on, so only what begins later is looked at.
                if flow.end < edit, entry.counts.rxPackets > 0 { before += 1 }
                if flow.start > edit + .minutes(10), entry.counts.txPackets <= 5, entry.counts.rxPackets == 0 {
                    after += 1
                }
            }
        }
        #expect(before > 20)
        #expect(after > 5)
        let audit = await lines(world, .configuration)
        let records = audit.filter { $0.text.contains("\"property\":\"ACL\"") }
        #expect(records.count == 1)
        #expect(records[0].text.contains("\"old\":\"{\\n") && records[0].text.contains("tag:web:80\\\"]"))
    }

    @Test("A node that joins is not there before, and its joining is logged in the documented order")
    func joining() async throws {
        var tailnet = SmallTailnet(duration: "2h")
        tailnet.nodes = ["{name: late-laptop, user: ana, os: windows}"]
        tailnet.events = ["{at: +1h, do: join, node: late-laptop, by: ana}"]
        let world = try tailnet.world()
        let node = try #require(world.plan.nodes.first { $0.key == "late-laptop" })
        let flows = try await flows(world)
        let mine = flows.filter { $0.nodeID == node.stableID || $0.dstNodes.contains { $0.nodeID == node.stableID } }
        #expect(mine.count > 10)
        #expect(mine.allSatisfy { $0.end > world.plan.span.start + .hours(1) })
        let audit = await lines(world, .configuration).map(\.text).filter { $0.contains(node.stableID) }
        let actions = audit.map { line in
            ["MACHINE_NAME", "KEY_EXPIRY_TIME", "\"action\":\"CREATE\"", "\"action\":\"LOGIN\""].firstIndex {
                line.contains($0)
            }
        }
        #expect(actions == [0, 2, 1, 3])
        #expect(Set(audit.map { $0.split(separator: "eventGroupID").last?.prefix(36) }).count == 1)
    }
}
