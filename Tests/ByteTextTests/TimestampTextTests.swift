import ByteText
import Testing

@Suite("Timestamps as text")
struct TimestampTextTests {
    private func text(_ nanoseconds: Int64, _ cache: inout StampCache) -> String {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: StampCache.bound) { $0.putTimestamp(nanoseconds: nanoseconds, &cache) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "An instant is written in UTC with a trimmed fraction",
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (1, "1970-01-01T00:00:00.000000001Z"),
            (100_000_000, "1970-01-01T00:00:00.1Z"),
            (1_785_574_812_381_552_917, "2026-08-01T09:00:12.381552917Z"),
            (1_785_574_812_381_552_910, "2026-08-01T09:00:12.38155291Z"),
            (1_785_574_812_381_552_000, "2026-08-01T09:00:12.381552Z"),
            (1_785_574_812_000_000_000, "2026-08-01T09:00:12Z"),
            (951_825_599_999_999_999, "2000-02-29T11:59:59.999999999Z"),
            (-1, "1969-12-31T23:59:59.999999999Z"),
            (-1_000_000_000, "1969-12-31T23:59:59Z"),
            (-2_203_891_200_500_000_000, "1900-02-28T23:59:59.5Z"),
            (Int64.min, "1677-09-21T00:12:43.145224192Z"),
            (Int64.max, "2262-04-11T23:47:16.854775807Z"),
        ] as [(Int64, String)])
    func instants(nanoseconds: Int64, expected: String) {
        var cache = StampCache()
        #expect(text(nanoseconds, &cache) == expected)
        // Again, now from the cache.
        #expect(text(nanoseconds, &cache) == expected)
    }

    @Test("A cache serves seconds in any order")
    func cacheInAnyOrder() {
        var cache = StampCache()
        let second: Int64 = 1_000_000_000
        #expect(text(59 * second, &cache) == "1970-01-01T00:00:59Z")
        #expect(text(60 * second, &cache) == "1970-01-01T00:01:00Z")
        #expect(text(60 * second - 1, &cache) == "1970-01-01T00:00:59.999999999Z")
        #expect(text(61 * second - 1, &cache) == "1970-01-01T00:01:00.999999999Z")
        #expect(text(86_400 * second, &cache) == "1970-01-02T00:00:00Z")
    }

    @Test(
        "Seconds are written with as many decimals as they need",
        arguments: [
            (1_780_500_776_773, "1780500776.773"), (1_780_500_776_770, "1780500776.77"),
            (1_780_500_776_700, "1780500776.7"), (1_780_500_776_007, "1780500776.007"),
            (1_780_500_776_000, "1780500776"), (0, "0"), (-1, "-0.001"), (-1_500, "-1.5"),
            (Int64.min, "-9223372036854775.808"),
        ] as [(Int64, String)])
    func seconds(milliseconds: Int64, expected: String) {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: ByteCursor.secondsBound) { $0.putSeconds(milliseconds: milliseconds) }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
}
