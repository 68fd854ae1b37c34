import Generation
import LogFormats
import ScenarioSpec
import SimTime
import Simulation
import LogStatistics
import TailnetModel
import Testing

/// Statistics of what the simulation makes; seeds are fixed, so the outcome is the same every time.
@Suite("Generated records have the statistics of real traffic", .serialized)
struct EngineStatisticsTests {
    /// People of one office.
    private static let office = """
        users:
          - {name: ana, displayName: Ana, role: owner, timeZone: UTC}
          - {name: ben, displayName: Ben, timeZone: UTC}
          - {name: eva, displayName: Eva, timeZone: UTC}
        nodes:
          - {name: ana-laptop, user: ana, os: macOS}
          - {name: ben-laptop, user: ben, os: linux}
          - {name: eva-laptop, user: eva, os: windows}
          - {name: server, count: 2, tags: [tag:server]}
        traffic:
          - {name: browse, profile: web, from: [autogroup:member], to: [tag:server], sessionsPerHour: 20}
        """

    @Test("An office's records repeat day by day and week by week")
    func rhythm() async throws {
        let world = try world(scenario(start: "2026-03-02T00:00:00Z", duration: "14d", Self.office))
        var hours = [Double](repeating: 0, count: 14 * 24)
        await produce(world) { part in
            for record in part.records {
                hours[Int((record.logged - world.plan.span.start).nanoseconds / 3_600_000_000_000)] += 1
            }
        }
        func likeness(_ lag: Int) throws -> Double { try #require(Estimators.autocorrelation(hours, lag: lag)) }
        let day = try likeness(24)
        let week = try likeness(168)
        #expect(day > 0.4, "\(day)")
        #expect(week > 0.7, "\(week)")
        for lag in [6, 12, 18, 30, 36, 42] { #expect(try likeness(lag) < day - 0.2, "lag \(lag)") }
        // A week ago is more like now than any other number of days: weekends.
        for lag in [72, 96, 120, 144] { #expect(try likeness(lag) < week - 0.1, "lag \(lag)") }
    }

    @Test("Sessions of a pattern without hours start independently of each other")
    func arrivals() async throws {
        let world = try world(
            scenario(
                duration: "12h",
                """
                users: [{name: ana, displayName: Ana, role: owner, timeZone: UTC}]
                nodes:
                  - {name: client, count: 4, tags: [tag:server]}
                  - {name: target, tags: [tag:server]}
                traffic:
                  - {name: names, profile: dns, from: [client], to: [target], sessionsPerHour: 90, schedule: always}
                """))
        var minutes = [Double](repeating: 0, count: 12 * 60)
        var check = RecordCheck()
        await produce(world) { part in
            part.bytes.withUnsafeBytes { bytes in
                var offset = 0
                while (try? check.readNext(bytes, at: &offset)) == true {
                    // Each look-up is one datagram each way, so one entry at its client.
                    let minute = (check.time - world.plan.span.start).nanoseconds / 60_000_000_000
                    guard minutes.indices.contains(Int(minute)) else { continue }
                    minutes[Int(minute)] += Double(check.entries.count { $0.counts.txPackets > 0 }) / 2
                }
            }
        }
        let settled = Array(minutes.dropFirst().dropLast(2))
        let mean = settled.reduce(0, +) / Double(settled.count)
        #expect(abs(mean - 6) < 0.4, "\(mean)")
        let dispersion = try #require(Estimators.dispersion(settled))
        // The standard error for 717 minutes is 0.053.
        #expect((0.8...1.2).contains(dispersion), "\(dispersion)")
    }

    /// Laptops, web servers and databases for some hours of a working day.
    private static let company = """
        users:
          - {name: ana, displayName: Ana, role: owner, timeZone: UTC, hours: 07:00-19:00}
        nodes:
          - {name: laptop, count: 40, user: ana, os: macOS}
          - {name: web, count: 30, tags: [tag:server]}
          - {name: db, count: 6, tags: [tag:server]}
        traffic:
          - {name: browse, profile: web, from: [autogroup:member], to: [web], sessionsPerHour: 60}
          - {name: query, profile: database, from: [web], to: [db], sessionsPerHour: 40, schedule: always}
          - {name: shells, profile: ssh, from: [autogroup:member], to: [web], sessionsPerHour: 2}
          - {name: fetch, profile: download, from: [autogroup:member], to: [web], sessionsPerHour: 4}
        """

    @Test("A company's bytes are bursty on every scale, its flows heavy-tailed, its records faithful")
    func company() async throws {
        let report = await summary(try world(scenario(start: "2026-03-03T09:00:00Z", duration: "6h", Self.company)))
        #expect(report.deviationCount == 0, "\(report.text.suffix(2_000))")
        let hurst = try #require(report.value("hurst.bytes"))
        #expect((0.6...0.9).contains(hurst), "\(hurst)")
        let tail = try #require(report.value("tail.flow-bytes"))
        // Profiles declare 1.2 and 1.3; a mixture of them, on top of log-normal bodies, seems heavier.
        #expect((0.4...1.4).contains(tail), "\(tail)")
        let zipf = try #require(report.value("zipf.destinations"))
        #expect((0.5...2.5).contains(zipf), "\(zipf)")
        // Nobody is asleep or out of date here, so both ends report.
        #expect(try #require(report.value("one-sided.virtual")) < 0.05)
        #expect(report.value("spoof.entries") == 0)
    }

    @Test("The tail of one profile's flows has the index that the profile declares")
    func tail() async throws {
        let report = await summary(
            try world(
                scenario(
                    duration: "8h",
                    """
                    users: [{name: ana, displayName: Ana, role: owner, timeZone: UTC}]
                    nodes:
                      - {name: client, count: 10, tags: [tag:server]}
                      - {name: target, count: 3, tags: [tag:server]}
                    traffic:
                      - {name: pages, profile: web, from: [client], to: [target], sessionsPerHour: 250, schedule: always}
                    """)))
        let estimate = try #require(report.value("tail.flow-bytes"))
        // 20,000 flows, of which the largest 400 tell: the standard error is 0.06, and the tail begins below the edge.
        #expect((0.9...1.5).contains(estimate), "\(estimate)")
    }

    @Test("Every record of every log is strictly faithful, by the codec too")
    func strict() async throws {
        let report = await summary(
            try world(scenario(duration: "3h", Self.office)), codecStride: 1)
        #expect(report.networkRecords > 500 && report.configurationRecords >= 0)
        #expect(report.deviationCount == 0, "\(report.text.suffix(2_000))")
    }
}
