import ByteText
import Testing

@Suite("Decimal numbers")
struct DecimalTextTests {
    @Test(
        "All decimals, or as many as it takes",
        arguments: [
            (12_500, 3, "12.500", "12.5"), (0, 3, "0.000", "0"), (7, 4, "0.0007", "0.0007"), (10, 1, "1.0", "1"),
            (-5, 2, "-0.05", "-0.05"), (-12_000, 3, "-12.000", "-12"), (100, 0, "100", "100"),
            (Int.min, 2, "-92233720368547758.08", "-92233720368547758.08"),
        ])
    func decimals(units: Int, decimals: Int, fixed: String, shortest: String) {
        #expect(DecimalText.fixed(units, decimals: decimals) == fixed)
        #expect(DecimalText.shortest(units, decimals: decimals) == shortest)
    }

    @Test("Ratios are rounded half up")
    func ratios() {
        #expect(DecimalText.ratio(1, 3, scale: 1, decimals: 2) == "0.33")
        #expect(DecimalText.ratio(2, 3, scale: 1, decimals: 2) == "0.67")
        #expect(DecimalText.ratio(1, 8, scale: 1, decimals: 2) == "0.13")
        #expect(DecimalText.ratio(5, 0, scale: 1, decimals: 1) == "0.0")
        #expect(DecimalText.ratio(.max, 1, scale: 1, decimals: 0) == "\(Int.max)")
    }

    @Test(
        "Groups of three digits",
        arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000")])
    func groups(value: Int, text: String) {
        #expect(DecimalText.grouped(value) == text)
    }
}
