import Detections
import Truth
import SimTime
import TestSupport
import Testing

@Suite("Threshold detection") struct ThresholdDetectionTests {
    private func hit(_ seconds: Int64, _ item: Int, source: String = "n1") -> DetectionHit {
        DetectionHit(time: at(seconds), source: source, item: "s\(item)", entities: [source])
    }

    private func alertSeconds(_ hits: [DetectionHit], _ options: ThresholdOptions = .port22) -> [Int64] {
        var detection = ThresholdDetection(options)
        for hit in hits { detection.add(hit) }
        return detection.finish().map { ($0.time - epoch).nanoseconds / 1_000_000_000 }
    }

    @Test("The limit is reached by the twenty-first new session") func theLimitIsReachedByTheTwentyFirstNewSession() {
        #expect(alertSeconds((0..<20).map { hit(Int64($0), $0) }).isEmpty)
        #expect(alertSeconds((0..<21).map { hit(Int64($0), $0) }) == [20])
        #expect(alertSeconds((0..<40).map { hit(Int64($0), $0) }) == [20])
    }

    @Test("Alerts name the rule and the source") func alertsNameTheRuleAndTheSource() {
        var detection = ThresholdDetection(.unauthorizedCalls)
        for number in 0..<5 {
            detection.add(
                DetectionHit(time: at(1), source: "u", item: "\(number)", entities: ["u", "ana@example.com"]))
        }
        #expect(
            detection.finish() == [
                Alert(time: at(1), rule: "mocktail/unauthorized-api-calls", entities: ["u", "ana@example.com"])
            ])
    }

    @Test("The window is half open") func theWindowIsHalfOpen() {
        let twenty = (0..<20).map { hit(100, $0) }
        #expect(alertSeconds(twenty + [hit(399, 20)]) == [399])
        #expect(alertSeconds(twenty + [hit(400, 20)]).isEmpty)
    }

    @Test("A busy administrator never fires") func aBusyAdministratorNeverFires() {
        // Five new sessions in five minutes for a day, each of them seen again for an hour.
        let hits = (0..<1_440).flatMap { number in
            (0..<60).map { hit(Int64(number) * 60 + $0 * 60, number) }
        }
        #expect(alertSeconds(hits).isEmpty)
    }

    @Test("Sessions that go on are not new") func sessionsThatGoOnAreNotNew() {
        let twenty = (0..<20).flatMap { number in (0..<100).map { hit($0 * 5, number) } }
        #expect(alertSeconds(twenty).isEmpty)
    }

    @Test("What was forgotten is new again") func whatWasForgottenIsNewAgain() {
        var options = ThresholdOptions(rule: "r", limit: 2, window: .hours(3), memory: .hours(1))
        #expect(alertSeconds([hit(0, 1), hit(3_600, 1)], options).isEmpty)
        #expect(alertSeconds([hit(0, 1), hit(3_601, 1)], options) == [3_601])
        options.memory = .hours(2)
        #expect(alertSeconds([hit(0, 1), hit(3_601, 1)], options).isEmpty)
    }

    @Test("Sources are counted apart and have pauses") func sourcesAreCountedApartAndHavePauses() {
        let long = (0..<3_000).map { hit(Int64($0), $0) }
        #expect(alertSeconds(long) == [20, 920, 1_820, 2_720])
        let split = (0..<40).map { hit(Int64($0), $0, source: "n\($0 % 2)") }
        #expect(alertSeconds(split).isEmpty)
    }

    @Test("Alerts are given once nothing older can come") func alertsAreGivenOnceNothingOlderCanCome() {
        var detection = ThresholdDetection(.port22)
        for number in 0..<21 { detection.add(hit(Int64(number), number)) }
        #expect(detection.advance(to: at(20)).isEmpty)
        #expect(detection.advance(to: at(1_800)).isEmpty)
        #expect(detection.advance(to: at(1_860)).map(\.time) == [at(20)])
        #expect(detection.finish().isEmpty)
    }

    @Test("What happens at one time is judged together in canonical order")
    func whatHappensAtOneTimeIsJudgedTogetherInCanonicalOrder() {
        let hits = (10..<31).map { DetectionHit(time: at(0), source: "n1", item: "\($0)", entities: ["e\($0)"]) }
        var detection = ThresholdDetection(.port22)
        for hit in hits.dropFirst(10).reversed() { detection.add(hit) }
        #expect(detection.advance(to: at(1_800)).isEmpty)
        for hit in hits.prefix(10) { detection.add(hit) }
        #expect(detection.advance(to: at(900)).isEmpty)
        #expect(detection.finish().map(\.entities) == [["e30"]])
        #expect(detection.lateCount == 0)
    }

    @Test("What comes too late is counted") func whatComesTooLateIsCounted() {
        var detection = ThresholdDetection(.port22)
        _ = detection.advance(to: at(3_600))
        detection.add(hit(1_799, 1))
        detection.add(hit(1_800, 2))
        #expect(detection.lateCount == 1)
    }

    /// Bursts of many sources in every order of arrival that keeps within the lateness.
    @Test("The order of arrival does not matter", arguments: 0..<20) func theOrderOfArrivalDoesNotMatter(_ seed: Int) {
        var draws = Draws(state: UInt64(seed))
        var hits: [DetectionHit] = []
        for burst in 0..<30 {
            let begin = Int64.random(in: 0..<20_000, using: &draws)
            for number in 0..<Int.random(in: 5...50, using: &draws) {
                let seconds = begin + Int64.random(in: 0..<400, using: &draws)
                hits.append(hit(seconds, burst * 50 + number, source: "n\(burst % 4)"))
            }
        }
        hits += hits.prefix(200)
        var inOrder = ThresholdDetection(.port22)
        for hit in hits { inOrder.add(hit) }
        let expected = inOrder.finish()
        #expect(!expected.isEmpty)

        let arrivals = hits.map { (arrival: $0.time + .seconds(Int64.random(in: 0...1_800, using: &draws)), $0) }
        var detection = ThresholdDetection(.port22)
        var alerts: [Alert] = []
        for (_, hit) in arrivals.sorted(by: { $0.arrival < $1.arrival }) {
            detection.add(hit)
            alerts += detection.advance(to: hit.time)
        }
        #expect(!alerts.isEmpty)
        alerts += detection.finish()
        #expect(alerts == expected)
        #expect(detection.lateCount == 0)
    }
}
