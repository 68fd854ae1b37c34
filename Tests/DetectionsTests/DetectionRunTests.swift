import Detections
import Truth
import SimTime
import TestSupport
import Testing

/// How detections count, beside what the own two do.
@Suite("Detection run", .timeLimit(.minutes(15))) struct DetectionRunTests {
    private func hit(_ seconds: Int64, _ item: Int, source: String = "a") -> DetectionHit {
        DetectionHit(time: at(seconds), source: source, item: "t\(item)", entities: [source])
    }

    private func seconds(_ alerts: [Alert]) -> [Int64] {
        alerts.map { ($0.time - epoch).nanoseconds / 1_000_000_000 }
    }

    private func alertSeconds(_ hits: [DetectionHit], _ options: ThresholdOptions) -> [Int64] {
        var detection = ThresholdDetection(options)
        for hit in hits { detection.add(hit) }
        return seconds(detection.finish())
    }

    private let three = ThresholdOptions(
        rule: "r", limit: 3, window: .minutes(10), suppression: .minutes(1), counting: .different)

    @Test("Different items count whenever they were first seen") func differentItemsCountWheneverTheyWereFirstSeen() {
        // One and two are there all the time, in sight every minute.
        let long = (0..<60).flatMap { [hit($0 * 60, 1), hit($0 * 60, 2)] }
        #expect(alertSeconds(long, three).isEmpty)
        #expect(alertSeconds(long + [hit(3_000, 3)], three) == [3_000])
        var new = three
        new.counting = .new
        #expect(alertSeconds(long + [hit(3_000, 3)], new).isEmpty)
    }

    @Test("An item that comes back is still one") func anItemThatComesBackIsStillOne() {
        let back = [hit(0, 1), hit(0, 2), hit(700, 1), hit(1_400, 1), hit(1_400, 2)]
        #expect(alertSeconds(back, three).isEmpty)
        #expect(alertSeconds(back + [hit(1_500, 3)], three) == [1_500])
    }

    @Test("The window of different items is half open") func theWindowOfDifferentItemsIsHalfOpen() {
        #expect(alertSeconds([hit(0, 1), hit(0, 2), hit(599, 3)], three) == [599])
        #expect(alertSeconds([hit(0, 1), hit(0, 2), hit(600, 3)], three).isEmpty)
    }

    /// Any order of arrival within the lateness, in small steps or all at once.
    @Test("The order of arrival does not matter", arguments: 0..<20) func theOrderOfArrivalDoesNotMatter(_ seed: Int) {
        var draws = Draws(state: UInt64(seed))
        var hits: [DetectionHit] = []
        for _ in 0..<3_000 {
            let moment = Int64.random(in: 0..<20_000, using: &draws)
            let item = Int.random(in: 0..<30, using: &draws)
            hits.append(hit(moment, item, source: "n\(Int.random(in: 0..<4, using: &draws))"))
        }
        let options = ThresholdOptions(
            rule: "r", limit: 12, window: .minutes(8), suppression: .minutes(20), counting: .different)
        var whole = ThresholdDetection(options)
        for hit in hits { whole.add(hit) }
        let expected = whole.finish()
        #expect(!expected.isEmpty)
        let arrivals = hits.map { (at: $0.time + .seconds(Int64.random(in: 0...1_800, using: &draws)), $0) }
        var detection = ThresholdDetection(options)
        var alerts: [Alert] = []
        for (_, hit) in arrivals.sorted(by: { $0.at < $1.at }) {
            detection.add(hit)
            alerts += detection.advance(to: hit.time)
        }
        alerts += detection.finish()
        #expect(alerts == expected)
        #expect(detection.lateCount == 0)
    }

    @Test("What finds no space is counted") func whatFindsNoSpaceIsCounted() {
        var options = three
        options.capacity = 100
        var detection = ThresholdDetection(options)
        for number in 0..<150 { detection.add(hit(0, number)) }
        #expect(detection.skippedCount == 50)
        #expect(detection.finish().count == 1)
    }

    private func alerts(_ rule: String, _ records: [String]) throws -> [Alert] {
        let detection = try #require(Detection.reference.first { $0.id == rule })
        return DetectionRun.alerts([detection], on: lines(records))
    }

    /// Records of one connection, 30 seconds apart, with so many bytes each.
    private func transfer(_ bytes: [Int]) -> [String] {
        bytes.enumerated().map { number, bytes in
            flowRecord("n1", Int64(number) * 30, "100.64.0.1:40000>100.64.0.2:443")
                .replacing("\"txBytes\":60", with: "\"txBytes\":\(bytes)")
        }
    }

    @Test("Bytes are summed up over the window") func bytesAreSummedUpOverTheWindow() throws {
        let rule = "sentinel/large-outbound-transfer"
        let mebibytes = Array(repeating: 10 << 20, count: 10)
        #expect(try alerts(rule, transfer(mebibytes)).isEmpty)
        let found = try alerts(rule, transfer(mebibytes + [16 << 10]))
        // Ten records of half a minute, and what tips the scales in the sixth: judged at the end of its minute.
        #expect(found.map(\.time) == [at(360)])
        #expect(found.map(\.entities) == [["100.64.0.1"]])
        #expect(try alerts(rule, transfer(mebibytes + [(16 << 10) - 1])).isEmpty)
        let suppression = Array(repeating: 60, count: 120)
        #expect(try alerts(rule, transfer(mebibytes + suppression + [16 << 10])).isEmpty)
    }

    @Test("The server of a connection is not who opened it") func theServerOfAConnectionIsNotWhoOpenedIt() throws {
        let rule = "sentinel/mass-fan-out"
        func burst(_ entry: (Int) -> String) throws -> Int {
            try alerts(rule, (0..<25).map { flowRecord("n1", Int64($0), entry($0)) }).count
        }
        #expect(try burst { "100.64.0.1:40000>100.64.0.\($0 + 10):443" } == 1)
        #expect(try burst { "100.64.0.1:443>100.64.0.\($0 + 10):40000" } == 0)
        #expect(try burst { "[fd7a::1]:40000>[fd7a::\($0 + 10)]:443" } == 1)
        #expect(try burst { _ in "100.64.0.1:40000>100.64.0.10:443" } == 0)
        let six = (0..<25).map { flowRecord("n1", 1, "[fd7a::1]:40000>[fd7a::\($0 + 10)]:443") }
        #expect(try alerts(rule, six).map(\.entities) == [["fd7a::1"]])
    }

    @Test("A text is compared without white space and escapes") func aTextIsComparedWithoutWhiteSpaceAndEscapes() throws
    {
        func change(_ old: String, _ new: String) -> String {
            auditRecord(1, 1).replacing("\"type\":\"TAILNET\"", with: "\"type\":\"TAILNET\",\"property\":\"ACL\"")
                .replacing("\"action\"", with: "\"old\":\"\(old)\",\"new\":\"\(new)\",\"action\"")
        }
        let open = #"{\n\t\"src\": [\"*\"],\n\t\"dst\": [\"*:*\"]\n}"#
        let rule = "tailscale2otel/acl-unrestricted"
        #expect(try alerts(rule, [change("{}", open)]).map(\.entities) == [["u1CNTRL", "ana@example.com"]])
        #expect(try alerts(rule, [change(open, open)]).isEmpty)
        #expect(try alerts(rule, [change(open, "{}")]).isEmpty)
    }
}
