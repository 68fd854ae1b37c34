import Scoring
import SimTime
import TestSupport
import Testing
import Truth

@Suite("Alert time") struct AlertTimeTests {
    /// The time of an alert whose `time` is that JSON.
    private func time(_ json: String, _ formats: [String] = []) throws -> Instant? {
        var mapping = AlertPreset.mocktail.mapping
        mapping.timeFormats = try formats.map { try TimeFormat($0) }
        let text = "{\"time\":\(json),\"rule\":\"r\",\"entities\":[]}"
        return try AlertReader.read(Array(text.utf8), mapping: mapping).alerts.first?.time
    }

    private func problem(_ json: String, _ formats: [String] = []) -> String? {
        #expect(throws: NDJSONProblems.self) { try time(json, formats) }?.description
    }

    @Test(
        "Times as products write them",
        arguments: [
            "2026-08-01 11:00:01.000 +02:00", "2026-08-01 09:00:01.000 UTC", "2026-08-01 09:00:01 GMT",
            "2026-08-01T09:00:01.0000000Z", "2026-08-01T09:00:01.000000000000Z", "2026-08-01 09:00:01+00",
            "2026-08-01T03:30:01 -0530", "2026-08-01 09:00:01,000", "2026/08/01 09:00:01", " 2026-08-01T09:00:01Z\\t",
            "2026-08-01 11:00:01 +0200 CEST", "Sat, 01 Aug 2026 11:00:01 +0200", "Sat, 1 Aug 2026 09:00:01 GMT",
            "1 Aug 2026 09:00:01 +0000", "2026-08-01\u{A0}09:00:01Z",
            "20260801T090001Z", "20260801T110001.000+0200", "/Date(1785574801000)/", "01 Aug 2026 09:00:01 UTC",
        ])
    func usualForms(text: String) throws {
        #expect(try time("\"\(text)\"") == at(1))
    }

    @Test(
        "Formats that are given",
        arguments: [
            ("%d/%m/%Y %H:%M:%S", "01/08/2026 09:00:01"), ("%m/%d/%Y, %I:%M:%S.%f %p", "8/1/2026, 9:00:01.000 AM"),
            ("%m/%d/%Y, %I:%M:%S %p", "8/1/2026, 9:00:01\u{202F}am"),
            ("%b %d, %Y @ %T.%f", "Aug 1, 2026 @ 09:00:01.000"),
            ("%d-%m-%Y %T.%f %z", "01-08-2026 11:00:01.000 +02:00"),
            ("%A, %e %B %y %H:%M:%S %Z", "Saturday,  1 August 26 09:00:01 UTC"),
            ("%Y%m%d%H%M%S", "20260801090001"), ("%s", "1785574801"), ("%%%F %T", "%2026-08-01 09:00:01"),
            ("at %-d.%-m.%Y %T", "at 1.8.2026 09:00:01"), ("%Y年%m月%d日 %T", "2026年08月01日 09:00:01"),
        ])
    func givenFormats(format: String, text: String) throws {
        #expect(try time("\"\(text)\"", [format]) == at(1))
        // The others still hold, and the first that fits counts.
        #expect(try time("\"2026-08-01T09:00:01Z\"", [format]) == at(1))
        #expect(try time("\"\(text)\"", ["%H:%M %d.%m.%Y", format]) == at(1))
    }

    @Test("A number is read by a given format first")
    func numbers() throws {
        #expect(try time("20260801090001", ["%Y%m%d%H%M%S"]) == at(1))
        #expect(problem("20260801090001")?.contains("years 1970 to 2199") == true)
    }

    @Test(
        "What a format does not say is refused",
        arguments: [
            ("%d/%m/%Y", "31/02/2026"), ("%d/%m/%Y %H:%M", "01/08/2026 24:00"), ("%d/%m/%Y %I %p", "01/08/2026 13 PM"),
            ("%d/%m/%Y", "01/08/2026 x"), ("%d %b %Y", "01 Agosto 2026"), ("%d/%m/%Y %z", "01/08/2026 CET"),
            ("%d/%m/%Y %Z", "01/08/2026 PST"), ("é%d/%m/%Y", "e01/08/2026"), ("%a %d/%m/%Y", "Xyz 01/08/2026"),
        ])
    func mismatches(format: String, text: String) {
        #expect(problem("\"\(text)\"", [format])?.hasPrefix("line 1: 'time' must be an RFC 3339 time") == true)
    }

    @Test(
        "A format without sense is refused",
        arguments: [
            ("%Q %d/%m/%Y", "there is no %Q"), ("%d/%m/%Y %", "a % at the end"), ("%H:%M:%S", "needs a year"),
            ("", "needs a year"), ("%Y %d", "needs a year"), ("%\u{1B}", "there is no %\\u{1b}"),
        ])
    func senselessFormats(format: String, reason: String) {
        let problem = #expect(throws: ScoreProblem.self) { try TimeFormat(format) }
        #expect(problem?.description.contains(reason) == true)
    }

    @Test(
        "Times at the ends of the range are read, those behind are refused",
        arguments: [
            ("\"1970-01-01T00:00:00Z\"", true), ("\"1969-12-31T23:59:59.999999999Z\"", false),
            ("\"2199-12-31T23:59:59.999999999Z\"", true), ("\"2200-01-01T00:00:00Z\"", false),
            ("\"2200-01-01T00:30:00+01:00\"", true), ("\"1700-01-01T00:00:00Z\"", false),
            ("\"2261-12-31T23:59:59Z\"", false), ("\"9999-12-31T23:59:59Z\"", false),
            ("\"0001-01-01T00:00:00Z\"", false),
            ("0", true), ("7258118399", true), ("7258118400", false), ("7258118399999", true), ("7258118400000", false),
            ("7258118399999999999", true), ("9223372036854775807", false), ("-1", false),
            ("99999999999999999999999999", false), ("1e400", false), ("-1e3", false), ("1e9", true),
            ("\"1e999\"", false),
        ])
    func range(json: String, isRead: Bool) throws {
        if isRead {
            let instant = try #require(try time(json))
            #expect(AlertTime.range.contains(instant))
        } else {
            #expect(problem(json)?.hasPrefix("line 1: 'time' must be a time in the years 1970 to 2199, not '") == true)
        }
    }

    @Test("A time without seconds is that of the full minute")
    func minutes() throws {
        #expect(try time("\"2026-08-01T09:00Z\"") == at(0))
        #expect(try time("\"2026-08-01 11:00 +0200\"") == at(0))
        for text in ["2026-08-01", "2026-08-01T09", "20260801T0900Z", "2026-08-01T09:00:", "/Date(x)/", "/Date()/"] {
            #expect(problem("\"\(text)\"")?.hasPrefix("line 1: 'time' must be") == true, "\(text)")
        }
    }

    @Test("A time that is not set is passed over where there is another")
    func unset() throws {
        let text = #"{"startsAt":"0001-01-01T00:00:00Z","activeAt":"2026-08-01T09:00:01Z","labels":{"alertname":"r"}}"#
        let alerts = try AlertReader.read(Array(text.utf8), mapping: AlertPreset.alertmanager.mapping).alerts
        #expect(alerts.map(\.time) == [at(1)])
    }

    @Test("Alerts at both ends of the range are scored in every output")
    func scored() {
        let alerts = [AlertTime.range.start, AlertTime.range.end].map {
            Alert(time: $0, rule: "mocktail/sweep", entities: ["a", "x"], score: 1)
        }
        let result = Score(
            of: alerts + [alert(1, "a")], against: [incident("i", 0...9, by: ["a"])],
            options: ScoreOptions(grace: .days(3_650), alertSpan: .days(3_650)))
        #expect(result.overall.detected == 1 && result.overall.falseAlerts == 2)
        #expect(!result.table.isEmpty && !result.json.isEmpty && !result.html(goals: [], conditions: []).isEmpty)
        #expect(!result.junit(goals: [], falseBudget: 0).isEmpty)
    }

    @Test("A long value is cut in messages, and control characters are escaped")
    func messages() throws {
        let message = try #require(problem("\"\\u001b[31m\(String(repeating: "x", count: 5_000))\""))
        #expect(message.contains("not '\\u{1b}[31mxxx") && message.count < 400)
    }
}
