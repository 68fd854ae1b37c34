import TailnetModel
import Testing

@Suite("Stable IDs")
struct StableIDTests {
    /// The first three pairs are observed ones of the real service.
    @Test(
        "A numeric ID has one stable ID, and comes back from it",
        arguments: [
            (.node, 9_458_830_226_081, "n2XLS7UH5111CNTRL"),
            (.node, 4_331_101_681_576_727, "ng9XSRhZpa11CNTRL"),
            (.node, 9_001_371_591_743_042, "nBMBpYmjHD21CNTRL"),
            (.user, 0, "u11111111111CNTRL"),
            (.user, 1, "u21111111111CNTRL"),
            (.key, 57, "kz1111111111CNTRL"),
            (.key, 58, "k12111111111CNTRL"),
            (.tailnet, 9_007_199_254_740_991, "TguKSMrNLD21CNTRL"),
            (.webhook, 9_007_199_254_740_992, "whuKSMrNLD21CNTRL"),
            (.oauthApp, .max, "aQVfGdeZCXpjCNTRL"),
        ] as [(StableID.Kind, UInt64, String)])
    func vectors(kind: StableID.Kind, number: UInt64, text: String) throws {
        #expect(StableID.text(kind, number) == text)
        let parsed = try #require(StableID.parse(text))
        #expect(parsed.kind == kind)
        #expect(parsed.number == number)
    }

    @Test("Every kind has its letter")
    func kinds() {
        #expect(StableID.Kind.allCases.map(\.rawValue) == ["n", "u", "k", "w", "p", "a", "T"])
        for kind in StableID.Kind.allCases {
            #expect(StableID.parse(StableID.text(kind, 123_456_789))?.kind == kind)
        }
    }

    @Test("The largest numeric ID is the largest whole number that JSON readers keep")
    func largestNumber() {
        #expect(StableID.largestNumber == 9_007_199_254_740_991)
    }

    @Test(
        "IDs that the codec did not make stay opaque",
        arguments: [
            "", "n", "CNTRL", "nCNTRL", "n292kg92CNTRL", "nBbSAc1iN2CNTRL", "uscwcTtzzo11DEVEL", "n2XLS7UH5111",
            "n2XLS7UH5111cntrl", "n2XLS7UH5111CNTRL ", " n2XLS7UH5111CNTRL", "x2XLS7UH5111CNTRL",
            "N2XLS7UH5111CNTRL", "t2XLS7UH5111CNTRL", "2XLS7UH5111CNTRL", "n2XLS7UH51111CNTRL",
            "n2XLS7UH511CNTRL", "n0XLS7UH5111CNTRL", "nOXLS7UH5111CNTRL", "nIXLS7UH5111CNTRL", "nlXLS7UH5111CNTRL",
            "n2XLS7UH511-CNTRL", "n2XLS7UH51\u{E9}CNTRL", "n\u{301}XLS7UH5111CNTRL", "9458830226081",
        ])
    func foreign(text: String) {
        #expect(StableID.parse(text) == nil)
    }

    @Test(
        "Bodies above 64 bits are refused", arguments: ["nRVfGdeZCXpjCNTRL", "nzzzzzzzzzzzCNTRL", "n1111111111zCNTRL"])
    func overflow(text: String) {
        #expect(StableID.parse(text) == nil)
    }
}
