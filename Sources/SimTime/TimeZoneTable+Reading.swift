extension TimeZoneTable {
    /// The digits of step numbers: the first ones stand alone, the others stand before a second digit.
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-".utf8)
    private static let singleCount = 44

    /// The names of each zone with its history.
    ///
    /// Scripts/time-zones wrote the texts; what does not fit its form is a mistake of the source.
    static func histories() -> [(names: [String], history: TimeZoneHistory)] {
        let steps = steps.split(separator: " ").map { text in
            let sign = text.lastIndex { $0 == "+" || $0 == "-" } ?? text.endIndex
            return (span(text[..<sign]), span(text[sign...]))
        }
        var values = [Int](repeating: 0, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = value }
        return zones.split(separator: " ").map { zone in
            let fields = zone.split(separator: ":", omittingEmptySubsequences: false)
            let first = span(fields[1])
            var changes: [TimeZoneHistory.Change] = []
            var time = Instant.epoch
            var offset = first
            var prefix = 0
            for byte in fields[2].utf8 {
                let value = values[Int(byte)]
                if prefix == 0, value >= singleCount {
                    prefix = value
                    continue
                }
                let step = steps[prefix == 0 ? value : singleCount + (prefix - singleCount) * digits.count + value]
                prefix = 0
                time += step.0
                offset += step.1
                changes.append((time, offset))
            }
            let rule = fields.count > 3 ? rule(fields[3]) : nil
            return (
                fields[0].split(separator: ",").map(String.init),
                TimeZoneHistory(first: first, changes: changes, rule: rule)
            )
        }
    }

    private static func rule(_ text: Substring) -> YearlyClockRule {
        let texts = text.split(separator: ",")
        func day(_ at: Int) -> YearlyClockRule.Day {
            YearlyClockRule.Day(
                month: number(texts[at]), week: number(texts[at + 1]), weekday: number(texts[at + 2]),
                time: span(texts[at + 3]))
        }
        return YearlyClockRule(standard: span(texts[0]), daylight: span(texts[1]), begin: day(2), end: day(6))
    }

    private static func number(_ text: Substring) -> Int { Int(text) ?? 0 }

    /// A number of the table as a span: it counts 30 seconds.
    private static func span(_ text: Substring) -> TimeSpan { .seconds(30) * Int64(number(text)) }
}
