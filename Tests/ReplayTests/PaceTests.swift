import Replay
import Testing

/// Rates and speeds as users write them.
@Suite("Pace", .timeLimit(.minutes(15))) struct PaceTests {
    @Test(
        "A rate is read",
        arguments: [
            ("5000/s", 5_000), ("5000", 5_000), ("10k/s", 10_000), ("10K", 10_000), ("2M/s", 2_000_000), ("1/s", 1),
            ("1000M/s", 1_000_000_000),
        ])
    func aRateIsRead(_ text: String, as rate: Int) throws {
        #expect(try Pace(rate: text) == .rate(recordsPerSecond: rate))
    }

    @Test(
        "What is no rate is said",
        arguments: ["", "/s", "k", "fast", "-5", "+5", "5.5/s", "5/m", "5 /s", "10kk", "\u{0665}"])
    func whatIsNoRateIsSaid(_ text: String) {
        let error = #expect(throws: PaceError.self) { try Pace(rate: text) }
        #expect(error?.description.contains("rate \"\(text)\" is not a number of records a second") == true)
    }

    @Test("A rate out of range is said", arguments: ["0", "0/s", "1001M/s", "9223372036854775807k"])
    func aRateOutOfRangeIsSaid(_ text: String) {
        let error = #expect(throws: PaceError.self) { try Pace(rate: text) }
        #expect(error?.description.contains("out of range") == true)
    }

    @Test(
        "A speed is read",
        arguments: [
            ("1x", 1, 1), ("60x", 60, 1), ("60", 60, 1), ("0.5x", 1, 2), ("1.25x", 5, 4), ("2.50x", 5, 2),
            ("0.000001x", 1, 1_000_000), ("999999x", 999_999, 1),
        ])
    func aSpeedIsRead(_ text: String, numerator: Int, denominator: Int) throws {
        #expect(try Pace(speed: text) == .speed(Speed(numerator: numerator, denominator: denominator)))
    }

    @Test("What is no speed is said", arguments: ["", "x", ".5x", "1.x", "1.2.3x", "-1x", "1X", "fast", "1e3x"])
    func whatIsNoSpeedIsSaid(_ text: String) {
        let error = #expect(throws: PaceError.self) { try Pace(speed: text) }
        #expect(error?.description.contains("speed \"\(text)\" is not a multiple of simulated time") == true)
    }

    @Test("A speed out of range is said", arguments: ["0x", "0.0x", "1000000x", "1.0000001x"])
    func aSpeedOutOfRangeIsSaid(_ text: String) {
        let error = #expect(throws: PaceError.self) { try Pace(speed: text) }
        #expect(error?.description.contains("out of range") == true)
    }

    @Test("A speed is in lowest terms") func aSpeedIsInLowestTerms() {
        #expect(Speed(numerator: 120, denominator: 60) == Speed(numerator: 2))
        #expect(Speed(numerator: 120, denominator: 60).description == "2x")
        #expect(Speed(numerator: 3, denominator: 6).description == "1/2x")
    }
}
