import Truth
import IncidentCatalog
import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

/// The whole catalogue at once: what the kinds write must not be told from ordinary life by its form.
@Suite("Form tells nothing, over all kinds")
struct CatalogueLeakTests {
    private static let path = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    /// The scenario of the fixtures with more of everyday life, and every kind many times.
    ///
    /// - Parameter unit: the seconds of which the times of injections are a multiple.
    private static func world(
        _ days: ClosedRange<Int>, times: Int, seed: UInt64, unit: Int = 1, kinds: [IncidentKind] = IncidentKinds.all
    ) throws -> World {
        let folder = "\(path)/Scenarios/"
        let policy = try DiskFiles().text(of: folder + "fixtures.policy.hujson")
        let yaml = try DiskFiles().text(of: folder + "fixtures.yaml")
            .replacing("consoleLoginsPerDay: 1", with: "consoleLoginsPerDay: 150")
            .replacing("failedRequestsPerDay: 2", with: "failedRequestsPerDay: 400")
            .replacing("tokenEvery: 2h", with: "tokenEvery: 317s")
            .replacing(
                "profile: ssh, from: [omar, lena], to: [tag:web], sessionsPerHour: 0.2",
                with: "profile: ssh, from: [autogroup:member], to: [tag:web], sessionsPerHour: 40")
        var state = seed
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var injections: [IncidentInjection] = []
        for kind in kinds {
            for _ in 0..<times {
                let at = "+\(days.lowerBound + next(days.count))d\(next(86_400 / unit) * unit)s"
                let variant = IncidentVariant.allCases[next(4)].rawValue
                injections.append(try IncidentInjection.parse("\(kind.name)@\(at),variant=\(variant)"))
            }
        }
        return try World(
            plan: try Scenario.decode(
                yaml, file: "fixtures.yaml", files: MemoryFiles(texts: ["fixtures.policy.hujson": policy]),
                overrides: ScenarioOverrides(seed: seed, injections: injections)))
    }

    private func expectNothing(of samples: [FormSample], atLeast least: Int) {
        let count = samples.count { $0.isLabelled }
        #expect(min(count, samples.count - count) > least, "\(count) labelled of \(samples.count)")
        let area = FormClassifier.area(of: samples)
        #expect(abs(area - 0.5) < 0.03, "AUC \(area); of each feature alone: \(FormClassifier.telling(samples))")
    }

    @Test(
        "Audit records: digits of times, delays, group identities",
        arguments: [(UInt64(21), 1), (22, 1), (26, 60), (27, 60)])
    func auditRecords(seed: UInt64, unit: Int) async throws {
        let world = try CatalogueLeakTests.world(0...8, times: 30, seed: seed, unit: unit)
        var groups: Set<String> = []
        let samples = await lines(world, .configuration).compactMap { line -> FormSample? in
            guard let event = try? AuditEventCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                let logged = event.logged, let time = event.eventTime,
                // Records of one request share time and identity.
                groups.insert(event.eventGroupID).inserted
            else { return nil }
            let delay = Int((logged - time).nanoseconds / 250_000_000)
            return FormSample(
                isLabelled: line.effect != nil,
                features: time.formDigits + time.clockDigits + logged.formDigits + event.eventGroupID.utf8.map(Int.init)
                    + [delay])
        }
        expectNothing(of: samples, atLeast: 4_000)
    }

    @Test("Identities that incidents make: devices, keys, clients", arguments: [UInt64(23), 28])
    func identities(seed: UInt64) async throws {
        let kinds = IncidentKinds.all.filter { kind in
            kind.cast.ownNodes != nil || kind.name.contains("key") || kind.name.contains("token")
                || kind.name.contains("client") || kind.name == "insider"
        }
        let world = try CatalogueLeakTests.world(0...8, times: 120, seed: seed, kinds: kinds)
        // Letters and digits of what is made or deleted, by whether an incident did it.
        var made: [String: Bool] = [:]
        for line in await lines(world, .configuration) {
            guard let event = try? AuditEventCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict),
                ["API_KEY", "OAUTH_ACCESS_TOKEN", "OAUTH_CLIENT", "NODE"].contains(event.target.type)
            else { continue }
            made[event.target.id, default: true] = line.effect != nil && made[event.target.id, default: true]
        }
        let samples = made.sorted { $0.key < $1.key }.map { id, isLabelled in
            FormSample(isLabelled: isLabelled, features: id.utf8.dropFirst().map { Int($0) % 16 })
        }
        expectNothing(of: samples, atLeast: 2_000)
    }

    @Test("Flow records: digits of times, delays; connections: ports", arguments: [UInt64(24)])
    func flowRecords(seed: UInt64) async throws {
        let world = try CatalogueLeakTests.world(1...4, times: 6, seed: seed)
        let start = world.plan.span.start + .days(1)
        let window = TimeWindow(start: start, end: start + .days(4))
        // The windows of a node in an hour follow each other at even distances: a few of them stand for all.
        var counts: [String: Int] = [:]
        var samples: [FormSample] = []
        var connections: [String: (port: Int, isLabelled: Bool)] = [:]
        for line in await lines(world, window: window) {
            let log = try FlowLogCodec.decode(Array(line.text.utf8), channel: .object, strictness: .strict)
            let logged = try #require(log.logged)
            let delay = (logged - log.end).nanoseconds / 250_000_000
            let hour = Int(log.start.nanoseconds / 3_600_000_000_000)
            counts["\(log.nodeID) \(hour) \(line.effect == .added)", default: 0] += 1
            if counts["\(log.nodeID) \(hour) \(line.effect == .added)", default: 0] <= 10 {
                samples.append(
                    FormSample(
                        isLabelled: line.effect == .added,
                        features: log.start.formDigits + log.end.formDigits + logged.formDigits
                            + [line.keyOrder, Int(min(delay, 40))],
                        block: hour))
            }
            for entry in log.virtualTraffic where entry.proto == 6 {
                let ends = [entry.src, entry.dst].map { Int($0.split(separator: ":").last ?? "") ?? 0 }
                guard ends[0] > ends[1], entry.counts.txPackets > 0 else { continue }
                let key = "\(entry.src) \(entry.dst)"
                if line.effect == nil {
                    connections[key] = (ends[0], false)
                } else if connections[key] == nil {
                    connections[key] = (ends[0], true)
                }
            }
        }
        expectNothing(of: samples, atLeast: 6_000)
        let ports = connections.sorted { $0.key < $1.key }.map { _, item in
            FormSample(isLabelled: item.isLabelled, features: [item.port & 1, item.port % 10, item.port >> 12])
        }
        expectNothing(of: ports, atLeast: 4_000)
    }
}
