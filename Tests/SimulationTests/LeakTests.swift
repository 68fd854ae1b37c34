import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// Labelled records must not be told from others by their form: a detector that learns the generator, and not the attack,
/// would be worth nothing.
@Suite("Form tells nothing")
struct LeakTests {
    private static let nodes = [
        "{name: desk, count: 30, user: ana, os: linux}", "{name: host, count: 25, tags: [tag:web], os: linux}",
    ]

    @Test("Flow records: length, key order, digits of times, delays", arguments: [5, 6])
    func flowRecords(seed: Int) async throws {
        // Ordinary SSH of many, and an attack made of the same sort of connections.
        let tailnet = SmallTailnet(
            seed: seed, duration: "3h",
            nodes: LeakTests.nodes,
            traffic: ["{name: shells, profile: ssh, from: [ana], to: [tag:web], sessionsPerHour: 25}"],
            incidents: (1...6).map {
                "{kind: port-22-spike, at: +5m, duration: 160m, node: desk-\($0), sessions: 1500}"
            })
        let samples = await lines(try tailnet.world()).compactMap { line -> FormSample? in
            guard let log = try? FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                let logged = log.logged
            else { return nil }
            // What the attackers report shows who they are; the attacked report both.
            guard log.srcNode?.tags == ["tag:web"] else { return nil }
            let delay = (logged - log.end).nanoseconds / 250_000_000
            let features =
                log.start.formDigits + log.end.formDigits + logged.formDigits
                + [line.text.utf8.count % 8, line.keyOrder, Int(min(delay, 40))]
            return FormSample(isLabelled: line.effect != nil, features: features)
        }
        let count = samples.count { $0.isLabelled }
        #expect(count > 5_000 && samples.count - count > 5_000)
        let area = FormClassifier.area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }

    @Test("Length of flow records, apart from what they say", arguments: [5, 6])
    func lengths(seed: Int) async throws {
        // Everybody attacks as much, so that the length of a name says nothing.
        let tailnet = SmallTailnet(
            seed: seed, duration: "3h",
            nodes: LeakTests.nodes,
            traffic: ["{name: shells, profile: ssh, from: [ana], to: [tag:web], sessionsPerHour: 25}"],
            incidents: (1...30).map {
                "{kind: port-22-spike, at: +5m, duration: 160m, node: desk-\($0), sessions: 300}"
            })
        let samples = await lines(try tailnet.world()).compactMap { line -> FormSample? in
            guard let log = try? FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                log.srcNode?.tags == ["tag:web"], log.virtualTraffic.count == 1, log.physicalTraffic.count == 1,
                log.virtualTraffic[0].src.hasSuffix(":22")
            else { return nil }
            // What is counted, who talks to whom, and whether by a relay, is what the attack is; so is how long that is.
            let counts = line.text.replacing(/"[rt]x(Pkts|Bytes)":\d+,?/, with: "")
            let ends = (log.virtualTraffic + log.physicalTraffic).flatMap { [$0.src, $0.dst] }
            let people = ([log.srcNode] + log.dstNodes).compactMap { $0 }
                .flatMap { [$0.name, $0.os, $0.user] + $0.addresses }
            let length = counts.utf8.count - (ends + people).reduce(0) { $0 + $1.utf8.count }
            return FormSample(isLabelled: line.effect != nil, features: [length, line.keyOrder])
        }
        let count = samples.count { $0.isLabelled }
        #expect(count > 2_000 && samples.count - count > 2_000, "\(count) of \(samples.count)")
        let area = FormClassifier.area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }

    @Test("Entries of flow records: parity and digits of ports", arguments: [5, 6])
    func entries(seed: Int) async throws {
        let tailnet = SmallTailnet(
            seed: seed, duration: "3h",
            nodes: LeakTests.nodes,
            traffic: ["{name: shells, profile: ssh, from: [ana], to: [tag:web], sessionsPerHour: 90}"],
            incidents: ["{kind: port-22-spike, at: +5m, duration: 160m, node: desk-1, sessions: 9000}"])
        let world = try tailnet.world()
        let attacker = try #require(world.plan.nodes.first { $0.key == "desk-1" }).ipv4.description
        // Each connection once, whatever its windows. How much it carries is what the attack is.
        var connections: [String: FlowCounts] = [:]
        for entry in try await flows(world).flatMap(\.virtualTraffic) where entry.dst.hasSuffix(":22") {
            connections[entry.src + entry.dst] = entry
        }
        let samples = try connections.sorted { $0.key < $1.key }.map { _, entry -> FormSample in
            let source = entry.src.split(separator: ":")
            let port = try #require(Int(source[source.count - 1]))
            return FormSample(
                isLabelled: entry.src.hasPrefix(attacker + ":"),
                features: [port & 1, port % 10, port >> 12])
        }
        #expect(samples.count { $0.isLabelled } > 6_000)
        let area = FormClassifier.area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }

    @Test("Audit records: digits of times, delays and identities")
    func auditRecords() async throws {
        var tailnet = SmallTailnet(seed: 8, duration: "24h")
        tailnet.incidents = (0..<20).map {
            "{kind: unauthorized-api-calls, at: +\($0 + 1)h, duration: 30m, requests: 100}"
        }
        // As many failed requests of ordinary life.
        let yaml = tailnet.yaml.replacing("failedRequestsPerDay: 40", with: "failedRequestsPerDay: 4000")
        let plan = try Scenario.decode(
            yaml, file: "small.yaml", files: MemoryFiles(texts: ["policy.hujson": SmallTailnet.policy]))
        let samples = await lines(try World(plan: plan), .configuration).compactMap { line -> FormSample? in
            guard let event = try? AuditEventCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                let logged = event.logged, let time = event.eventTime
            else { return nil }
            let group = Array(event.eventGroupID.utf8).map(Int.init)
            let delay = Int((logged - time).nanoseconds / 250_000_000)
            return FormSample(
                isLabelled: line.effect != nil,
                features: time.formDigits + logged.formDigits + [group[0], group[15], group[31], delay])
        }
        let count = samples.count { $0.isLabelled }
        #expect(count == 2_000 && samples.count > 5_000)
        let area = FormClassifier.area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }
}
