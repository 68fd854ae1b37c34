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

    /// What a record's form may show, beside what it says: digits, parities, remainders.
    private struct Sample {
        var isLabelled: Bool
        var features: [Int]
    }

    /// A naive Bayes classifier over small whole numbers.
    private struct Classifier {
        private var scores: [[Int: Double]] = []

        init(_ samples: [Sample]) {
            let labelled = samples.filter(\.isLabelled)
            let others = samples.filter { !$0.isLabelled }
            for place in 0..<(samples.first?.features.count ?? 0) {
                var counts: [Int: (Int, Int)] = [:]
                for sample in labelled { counts[sample.features[place], default: (0, 0)].0 += 1 }
                for sample in others { counts[sample.features[place], default: (0, 0)].1 += 1 }
                let size = Double(counts.count)
                scores.append(
                    counts.mapValues { pair in
                        (Double(pair.0) + 1) / (Double(labelled.count) + size)
                            / ((Double(pair.1) + 1) / (Double(others.count) + size))
                    })
            }
        }

        /// Larger for what looks labelled.
        func score(_ sample: Sample) -> Double {
            zip(scores, sample.features).reduce(1) { $0 * ($1.0[$1.1] ?? 1) }
        }
    }

    /// The chance that a labelled sample scores higher than another one, by ranks.
    private func area(_ scored: [(score: Double, isLabelled: Bool)]) -> Double {
        let sorted = scored.sorted { $0.score < $1.score }
        var sum = 0.0
        var index = 0
        while index < sorted.count {
            var end = index
            while end < sorted.count, sorted[end].score == sorted[index].score { end += 1 }
            let rank = Double(index + end + 1) / 2
            sum += rank * Double(sorted[index..<end].count { $0.isLabelled })
            index = end
        }
        let positive = Double(sorted.count { $0.isLabelled })
        let negative = Double(sorted.count) - positive
        return (sum - positive * (positive + 1) / 2) / (positive * negative)
    }

    /// Learns from every other sample and judges the rest.
    private func area(of samples: [Sample]) -> Double {
        let classifier = Classifier(samples.indices.filter { $0 % 2 == 0 }.map { samples[$0] })
        return area(
            samples.indices.filter { $0 % 2 == 1 }.map { (classifier.score(samples[$0]), samples[$0].isLabelled) })
    }

    private func digits(_ instant: Instant) -> [Int] {
        let nanoseconds = instant.nanoseconds
        return [1, 10, 1_000, 1_000_000, 100_000_000].map { Int(nanoseconds / $0 % 10) }
    }

    /// Key names in the order in which they stand.
    private func keyOrder(_ text: String) -> Int {
        let keys = ["nodeId", "start", "end", "virtualTraffic", "physicalTraffic", "srcNode", "logged"]
        let places = keys.compactMap { text.firstRange(of: "\"\($0)\":")?.lowerBound }
        return zip(places, places.dropFirst()).allSatisfy { $0 < $1 } ? 1 : 0
    }

    @Test("Flow records: length, key order, digits of times, delays", arguments: [5, 6])
    func flowRecords(seed: Int) async throws {
        // Ordinary SSH of many, and an attack made of the same sort of connections.
        let tailnet = SmallTailnet(
            seed: seed, duration: "3h",
            nodes: LeakTests.nodes,
            traffic: ["{name: shells, profile: ssh, from: [ana], to: [tag:web], sessionsPerHour: 25}"],
            anomalies: (1...6).map {
                "{kind: port-22-spike, at: +5m, duration: 160m, node: desk-\($0), sessions: 1500}"
            })
        let samples = await lines(try tailnet.world()).compactMap { line -> Sample? in
            guard let log = try? FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                let logged = log.logged
            else { return nil }
            // What the attackers report shows who they are; the attacked report both.
            guard log.srcNode?.tags == ["tag:web"] else { return nil }
            let delay = (logged - log.end).nanoseconds / 250_000_000
            let features =
                digits(log.start) + digits(log.end) + digits(logged)
                + [line.text.utf8.count % 8, keyOrder(line.text), Int(min(delay, 40))]
            return Sample(isLabelled: line.effect != nil, features: features)
        }
        let count = samples.count { $0.isLabelled }
        #expect(count > 5_000 && samples.count - count > 5_000)
        let area = area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }

    @Test("Entries of flow records: parity and digits of ports", arguments: [5, 6])
    func entries(seed: Int) async throws {
        let tailnet = SmallTailnet(
            seed: seed, duration: "3h",
            nodes: LeakTests.nodes,
            traffic: ["{name: shells, profile: ssh, from: [ana], to: [tag:web], sessionsPerHour: 90}"],
            anomalies: ["{kind: port-22-spike, at: +5m, duration: 160m, node: desk-1, sessions: 9000}"])
        let world = try tailnet.world()
        let attacker = try #require(world.plan.nodes.first { $0.key == "desk-1" }).ipv4.description
        // Each connection once, whatever its windows. How much it carries is what the attack is.
        var connections: [String: FlowCounts] = [:]
        for entry in try await flows(world).flatMap(\.virtualTraffic) where entry.dst.hasSuffix(":22") {
            connections[entry.src + entry.dst] = entry
        }
        let samples = try connections.sorted { $0.key < $1.key }.map { _, entry -> Sample in
            let source = entry.src.split(separator: ":")
            let port = try #require(Int(source[source.count - 1]))
            return Sample(
                isLabelled: entry.src.hasPrefix(attacker + ":"),
                features: [port & 1, port % 10, port >> 12])
        }
        #expect(samples.count { $0.isLabelled } > 6_000)
        let area = area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }

    @Test("Audit records: digits of times, delays and identities")
    func auditRecords() async throws {
        var tailnet = SmallTailnet(seed: 8, duration: "24h")
        tailnet.anomalies = (0..<20).map {
            "{kind: unauthorized-api-calls, at: +\($0 + 1)h, duration: 30m, requests: 100}"
        }
        // As many failed requests of ordinary life.
        let yaml = tailnet.yaml.replacing("failedRequestsPerDay: 40", with: "failedRequestsPerDay: 4000")
        let plan = try Scenario.decode(
            yaml, file: "small.yaml", files: MemoryFiles(texts: ["policy.hujson": SmallTailnet.policy]))
        let samples = await lines(try World(plan: plan), .configuration).compactMap { line -> Sample? in
            guard let event = try? AuditEventCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                let logged = event.logged, let time = event.eventTime
            else { return nil }
            let group = Array(event.eventGroupID.utf8).map(Int.init)
            let delay = Int((logged - time).nanoseconds / 250_000_000)
            return Sample(
                isLabelled: line.effect != nil,
                features: digits(time) + digits(logged) + [group[0], group[15], group[31], delay])
        }
        let count = samples.count { $0.isLabelled }
        #expect(count == 2_000 && samples.count > 5_000)
        let area = area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area)")
    }
}
