import ScenarioSpec
import SimTime
import Simulation
import Testing

/// Why a window has no flow records.
@Suite("Silence")
struct SilenceTests {
    private func world(
        hours: String = "09:00-17:00", zone: String = "Africa/Cairo", traffic: String? = nil,
        settings: String = "{}", incidents: String = "[]", duration: String = "3h"
    ) throws -> World {
        let yaml = """
            mocktail: 1
            name: night
            clock: {start: 2026-03-02T00:00:00Z, duration: \(duration)}
            tailnet: {organization: example.com, policy: policy.hujson, settings: \(settings)}
            users:
              - {name: ana, role: owner, timeZone: \(zone), hours: \(hours)}
              - {name: ben, timeZone: \(zone), hours: \(hours)}
              - {name: cid, timeZone: Asia/Tokyo, hours: 00:30-02:00, weekends: true}
            nodes:
              - {name: ana-laptop, user: ana}
              - {name: web, count: 2, tags: [tag:web]}
            traffic: \(traffic ?? "[{name: browse, profile: web, from: [ana], to: [\"tag:web\"], sessionsPerHour: 9}]")
            incidents: \(incidents)
            """
        let policy = """
            {"tagOwners": {"tag:web": ["ana@example.com"]}, "acls": [
              {"action": "accept", "src": ["ana@example.com"], "dst": ["tag:web:443"]}]}
            """
        let files = MemoryFiles(texts: ["policy.hujson": policy])
        return try World(plan: try Scenario.decode(yaml, file: "night.yaml", files: files))
    }

    @Test("Where everybody sleeps, it says who works when and who wakes first")
    func asleep() throws {
        let world = try world()
        #expect(
            world.silence(in: world.plan.span, withIncidents: true)
                == "nobody is awake from 2026-03-02T00:00:00Z to 2026-03-02T03:00:00Z, so there are no flow records; working "
                + "hours are 2 users: 09:00-17:00 Africa/Cairo, Monday to Friday; cid: 00:30-02:00 Asia/Tokyo, every day; "
                + "ana-laptop is awake again at 2026-03-02T07:00:00Z; write another clock.start, or a clock.duration of more "
                + "than 7h")
    }

    @Test("A part of a longer scenario is told when to begin")
    func part() throws {
        let world = try world(duration: "12h")
        let night = TimeWindow(start: world.plan.span.start, end: world.plan.span.start + .hours(3))
        let reason = try #require(world.silence(in: night, withIncidents: true))
        #expect(reason.hasSuffix("write --from +7h, or a longer --duration"))
        #expect(world.silence(in: world.plan.span, withIncidents: true) == nil)
    }

    @Test("Whoever works at night is awake")
    func awake() throws {
        let world = try world(hours: "01:00-06:00")
        #expect(world.silence(in: world.plan.span, withIncidents: true) == nil)
    }

    @Test("Servers never sleep, and incidents wake their machine")
    func others() throws {
        let servers = try world(
            traffic: "[{name: pings, profile: ping, from: [\"tag:web\"], to: [\"tag:web\"], sessionsPerHour: 1}]")
        #expect(servers.silence(in: servers.plan.span, withIncidents: true) == nil)
        let incident = try world(incidents: "[{kind: port-22-spike, at: +1h, node: ana-laptop}]")
        #expect(incident.silence(in: incident.plan.span, withIncidents: true) == nil)
        #expect(incident.silence(in: incident.plan.span, withIncidents: false)?.hasPrefix("nobody is awake") == true)
    }

    @Test("Without traffic, or with logging switched off, sleep is not the reason")
    func otherReasons() throws {
        let idle = try world(traffic: "[]")
        #expect(
            idle.silence(in: idle.plan.span, withIncidents: true)
                == "the scenario has no traffic, so there are no flow records")
        let off = try world(settings: "{networkFlowLoggingOn: false}")
        #expect(
            off.silence(in: off.plan.span, withIncidents: true)
                == "network flow logs are switched off, so there are no flow records")
    }
}
