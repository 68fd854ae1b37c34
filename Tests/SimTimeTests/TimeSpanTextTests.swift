import SimTime
import Testing

@Suite("Spans as text")
struct TimeSpanTextTests {
    @Test(
        "Spans are read in every unit, and written in as few as it takes",
        arguments: [
            ("0s", 0, "0s"), ("0d", 0, "0s"), ("0h0m0s", 0, "0s"),
            ("1ns", 1, "1ns"), ("1us", 1_000, "1us"), ("1ms", 1_000_000, "1ms"), ("1s", 1_000_000_000, "1s"),
            ("1m", 60_000_000_000, "1m"), ("1h", 3_600_000_000_000, "1h"), ("1d", 86_400_000_000_000, "1d"),
            ("+14h", 50_400_000_000_000, "14h"), ("+0s", 0, "0s"), ("5m", 300_000_000_000, "5m"),
            ("1h30m", 5_400_000_000_000, "1h30m"), ("90m", 5_400_000_000_000, "1h30m"),
            ("250ms", 250_000_000, "250ms"), ("1500ms", 1_500_000_000, "1s500ms"),
            ("36h", 129_600_000_000_000, "1d12h"), ("007m", 420_000_000_000, "7m"),
            ("1d1ns", 86_400_000_000_001, "1d1ns"),
            ("1d2h3m4s5ms6us7ns", 93_784_005_006_007, "1d2h3m4s5ms6us7ns"),
            ("9223372036854775807ns", Int64.max, "106751d23h47m16s854ms775us807ns"),
            ("106751d23h47m16s854ms775us807ns", Int64.max, "106751d23h47m16s854ms775us807ns"),
        ] as [(String, Int64, String)])
    func reads(text: String, nanoseconds: Int64, written: String) {
        let span = TimeSpan(parsing: text)
        #expect(span?.nanoseconds == nanoseconds)
        #expect(span?.text == written)
        #expect(TimeSpan(parsing: written) == span)
    }

    @Test(
        "Everything else is refused",
        arguments: [
            "", "+", "-", "5", "m", "h5", "5 m", " 5m", "5m ", "5M", "5min", "1.5h", "1,5h", "-5m", "++5m", "1h-5m",
            "1h+5m", "30m1h", "1h1h", "1h1m1m", "1ms1s", "1h30", "5\u{B5}s", "5w", "5y", "\u{665}m", "5m\u{301}",
            "\u{FF15}m", "0x5m", "5_0m", "5m\0",
        ])
    func refuses(text: String) {
        #expect(TimeSpan(parsing: text) == nil)
    }

    @Test(
        "What does not fit is refused",
        arguments: [
            "9223372036854775808ns", "9223372036854775807us", "106752d", "106751d24h",
            "106751d23h47m16s854ms775us808ns", "99999999999999999999d",
        ])
    func refusesOverflow(text: String) {
        #expect(TimeSpan(parsing: text) == nil)
    }

    @Test(
        "Negative spans are written with one sign, for talk only",
        arguments: [
            (-1, "-1ns"), (-5_400_000_000_000, "-1h30m"), (Int64.min, "-106751d23h47m16s854ms775us808ns"),
        ] as [(Int64, String)])
    func negative(nanoseconds: Int64, expected: String) {
        #expect(TimeSpan(nanoseconds: nanoseconds).text == expected)
        #expect(TimeSpan(parsing: expected) == nil)
    }

    @Test("A part of a text is read like a text")
    func substring() {
        let line = "every 5m, please"
        #expect(TimeSpan(parsing: line.dropFirst(6).prefix(2)) == .minutes(5))
    }
}
