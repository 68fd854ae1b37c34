import Truth
import Testing

@Suite("Variants of incidents")
struct IncidentVariantTests {
    @Test(
        "Attacks and what is one step over a threshold are to be detected, the benign is not",
        arguments: [(.attack, true), (.over, true), (.under, false), (.lookalike, false)] as [(IncidentVariant, Bool)])
    func toBeDetected(variant: IncidentVariant, expected: Bool) {
        #expect(variant.isToBeDetected == expected)
    }

    @Test("Variants have the names that truth files use")
    func names() {
        #expect(IncidentVariant.allCases.map(\.rawValue) == ["attack", "over", "under", "lookalike"])
    }
}
