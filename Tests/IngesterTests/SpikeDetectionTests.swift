import Ingester
import Scoring
import SimTime
import Testing

struct SpikeDetectionTests {
    private func sighting(_ seconds: Int64, _ item: Int, source: String = "n1") -> Sighting {
        Sighting(time: at(seconds), source: source, item: "s\(item)", entities: [source])
    }

    private func alertSeconds(_ sightings: [Sighting], _ options: SpikeOptions = .port22) -> [Int64] {
        var detection = SpikeDetection(options)
        for sighting in sightings { detection.add(sighting) }
        return detection.finish().map { ($0.time - epoch).nanoseconds / 1_000_000_000 }
    }

    @Test func theLimitIsReachedByTheTwentyFirstNewSession() {
        #expect(alertSeconds((0..<20).map { sighting(Int64($0), $0) }).isEmpty)
        #expect(alertSeconds((0..<21).map { sighting(Int64($0), $0) }) == [20])
        #expect(alertSeconds((0..<40).map { sighting(Int64($0), $0) }) == [20])
    }

    @Test func alertsNameTheRuleAndTheSource() {
        var detection = SpikeDetection(.unauthorizedCalls)
        for number in 0..<5 {
            detection.add(Sighting(time: at(1), source: "u", item: "\(number)", entities: ["u", "ana@example.com"]))
        }
        #expect(
            detection.finish() == [
                Alert(time: at(1), rule: "mocktail/unauthorized-api-calls", entities: ["u", "ana@example.com"])
            ])
    }

    @Test func theWindowIsHalfOpen() {
        let twenty = (0..<20).map { sighting(100, $0) }
        #expect(alertSeconds(twenty + [sighting(399, 20)]) == [399])
        #expect(alertSeconds(twenty + [sighting(400, 20)]).isEmpty)
    }

    @Test func aBusyAdministratorNeverFires() {
        // Five new sessions in five minutes for a day, each of them seen again for an hour.
        let sightings = (0..<1_440).flatMap { number in
            (0..<60).map { sighting(Int64(number) * 60 + $0 * 60, number) }
        }
        #expect(alertSeconds(sightings).isEmpty)
    }

    @Test func sessionsThatGoOnAreNotNew() {
        let twenty = (0..<20).flatMap { number in (0..<100).map { sighting($0 * 5, number) } }
        #expect(alertSeconds(twenty).isEmpty)
    }

    @Test func whatWasForgottenIsNewAgain() {
        var options = SpikeOptions(rule: "r", limit: 2, window: .hours(3), memory: .hours(1))
        #expect(alertSeconds([sighting(0, 1), sighting(3_600, 1)], options).isEmpty)
        #expect(alertSeconds([sighting(0, 1), sighting(3_601, 1)], options) == [3_601])
        options.memory = .hours(2)
        #expect(alertSeconds([sighting(0, 1), sighting(3_601, 1)], options).isEmpty)
    }

    @Test func sourcesAreCountedApartAndHavePauses() {
        let long = (0..<3_000).map { sighting(Int64($0), $0) }
        #expect(alertSeconds(long) == [20, 920, 1_820, 2_720])
        let split = (0..<40).map { sighting(Int64($0), $0, source: "n\($0 % 2)") }
        #expect(alertSeconds(split).isEmpty)
    }

    @Test func alertsAreGivenOnceNothingOlderCanCome() {
        var detection = SpikeDetection(.port22)
        for number in 0..<21 { detection.add(sighting(Int64(number), number)) }
        #expect(detection.advance(to: at(20)).isEmpty)
        #expect(detection.advance(to: at(1_800)).isEmpty)
        #expect(detection.advance(to: at(1_860)).map(\.time) == [at(20)])
        #expect(detection.finish().isEmpty)
    }

    @Test func whatHappensAtOneTimeIsJudgedTogetherInCanonicalOrder() {
        let sightings = (10..<31).map { Sighting(time: at(0), source: "n1", item: "\($0)", entities: ["e\($0)"]) }
        var detection = SpikeDetection(.port22)
        for sighting in sightings.dropFirst(10).reversed() { detection.add(sighting) }
        #expect(detection.advance(to: at(1_800)).isEmpty)
        for sighting in sightings.prefix(10) { detection.add(sighting) }
        #expect(detection.advance(to: at(900)).isEmpty)
        #expect(detection.finish().map(\.entities) == [["e30"]])
        #expect(detection.lateCount == 0)
    }

    @Test func whatComesTooLateIsCounted() {
        var detection = SpikeDetection(.port22)
        _ = detection.advance(to: at(3_600))
        detection.add(sighting(1_799, 1))
        detection.add(sighting(1_800, 2))
        #expect(detection.lateCount == 1)
    }

    /// Bursts of many sources in every order of arrival that keeps within the lateness.
    @Test(arguments: 0..<20) func theOrderOfArrivalDoesNotMatter(_ seed: Int) {
        var draws = Draws(state: UInt64(seed))
        var sightings: [Sighting] = []
        for burst in 0..<30 {
            let begin = Int64.random(in: 0..<20_000, using: &draws)
            for number in 0..<Int.random(in: 5...50, using: &draws) {
                let seconds = begin + Int64.random(in: 0..<400, using: &draws)
                sightings.append(sighting(seconds, burst * 50 + number, source: "n\(burst % 4)"))
            }
        }
        sightings += sightings.prefix(200)
        var inOrder = SpikeDetection(.port22)
        for sighting in sightings { inOrder.add(sighting) }
        let expected = inOrder.finish()
        #expect(!expected.isEmpty)

        let arrivals = sightings.map { (arrival: $0.time + .seconds(Int64.random(in: 0...1_800, using: &draws)), $0) }
        var detection = SpikeDetection(.port22)
        var alerts: [Alert] = []
        for (_, sighting) in arrivals.sorted(by: { $0.arrival < $1.arrival }) {
            detection.add(sighting)
            alerts += detection.advance(to: sighting.time)
        }
        #expect(!alerts.isEmpty)
        alerts += detection.finish()
        #expect(alerts == expected)
        #expect(detection.lateCount == 0)
    }
}
